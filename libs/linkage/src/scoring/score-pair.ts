import { NameFrequencies } from '../names/name-frequencies.js';
import type { PreparedPerson } from '../preparing/prepared-person.js';
import { comparePeople } from './compare-people.js';
import { Comparison } from './comparison.js';
import { compile } from './compiled-model.js';
import { FIELDS, type LinkageModel } from './model.js';

export interface FieldEvidence {
  /** A field's name, 'prior', or a guard's: 'household guard', 'twin guard', … */
  field: string;
  level: string;
  /** Bits: above 0 speaks for one person, below 0 for two. */
  weight: number;
  /** Plain words without any person data. */
  text: string;
}

export interface PairScore {
  /** Bits: the sum of all evidence, the prior included; 0 is even odds. */
  weight: number;
  /** Of being one person, 0 to 1. */
  probability: number;
  /** The prior first, then what could be compared, guards last; missing fields are left out. */
  fields: FieldEvidence[];
}

const DEFAULT_FREQUENCIES = new NameFrequencies();
/** A guard that moves less than this is not worth a line (and is counted with the prior's). */
const TELLING_GUARD = 0.05;

const scratch = new WeakMap<LinkageModel, Comparison>();

/** The one comparison per model that scoring reuses: not to be kept over another call. */
export function comparisonFor(model: LinkageModel): Comparison {
  let found = scratch.get(model);
  if (!found) scratch.set(model, (found = new Comparison(compile(model))));
  return found;
}

/** Fellegi–Sunter weight of two people being one (I. Fellegi, A. Sunter, JASA 64, 1969, section 2); symmetric. */
export function scorePair(
  model: LinkageModel,
  a: PreparedPerson,
  b: PreparedPerson,
  frequencies: NameFrequencies = DEFAULT_FREQUENCIES,
): PairScore {
  const comparison = comparisonFor(model);
  comparePeople(a, b, frequencies, comparison);
  return explain(model, comparison, comparison.total());
}

/** The weight alone; `explain` may follow for the same comparison. */
export function weigh(
  comparison: Comparison,
  a: PreparedPerson,
  b: PreparedPerson,
  frequencies: NameFrequencies,
): number {
  comparePeople(a, b, frequencies, comparison);
  return comparison.total();
}

/** A comparison told field by field. The weights shown (bits) add up to `weight`. */
export function explain(model: LinkageModel, comparison: Comparison, weight: number): PairScore {
  const guard = comparison.model.guards[comparison.guard];
  const showGuard = guard !== undefined && comparison.guardWeight <= -TELLING_GUARD;
  const prior = comparison.model.priorWeight + (showGuard ? 0 : comparison.guardWeight);
  const fields: FieldEvidence[] = [{ field: 'prior', level: 'prior', weight: prior, text: model.prior.text }];
  FIELDS.forEach((field, at) => {
    const level = comparison.levels[at]!;
    if (level === null) return;
    const bits = comparison.weights[at]!;
    const known = comparison.model.levels[at]!.get(level)!;
    fields.push({ field, level, weight: bits, text: known.text + (known.rarity > 0 ? rarityInWords(bits) : '') });
  });
  if (showGuard) {
    fields.push({ field: `${guard.name} guard`, level: guard.name, weight: comparison.guardWeight, text: guard.text });
  }
  return { weight, probability: 1 / (1 + 2 ** -weight), fields };
}

/** Said from the weight, so that the words tell no more about the name than the number beside them. */
function rarityInWords(bits: number): string {
  if (bits >= 12) return '; rare name';
  return bits >= 8 ? '; uncommon name' : '; common name';
}
