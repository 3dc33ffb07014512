import { NameFrequencies } from '../names/name-frequencies.js';
import type { PreparedPerson } from '../preparing/prepared-person.js';
import { comparePeople } from './compare-people.js';
import { FIELDS, PERSON_FIELDS } from './fields.js';
import type { LinkageModel } from './person-model.js';
import { type Weighing, weighingOf } from './weighing.js';

export interface FieldEvidence {
  /** A field's name, 'prior', or a lookalike's: 'household guard', 'twin guard', … */
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
  /** The prior first, then what could be compared, the lookalike last; missing fields are left out. */
  fields: FieldEvidence[];
}

const DEFAULT_FREQUENCIES = new NameFrequencies();
/** A lookalike that moves less than this is not worth a line (and is counted with the prior's). */
const TELLING = 0.05;

const LEVELS = new Uint8Array(FIELDS.length);
const WEIGHT = new Float64Array(1);

/**
 * How surely two people are one: log2 of a match's odds against strangers and every kind of lookalike (I. Fellegi,
 * A. Sunter, JASA 64, 1969, section 2, with more than one kind of non-match); symmetric.
 */
export function scorePair(
  model: LinkageModel,
  a: PreparedPerson,
  b: PreparedPerson,
  frequencies: NameFrequencies = DEFAULT_FREQUENCIES,
): PairScore {
  comparePeople(a, b, frequencies, LEVELS);
  weighingOf(model).weigh(LEVELS, 1, WEIGHT);
  return explain(model, LEVELS, 0, WEIGHT[0]!);
}

/** A row of levels told field by field. The weights shown (bits) add up to `weight`. */
export function explain(model: LinkageModel, levels: Uint8Array, from: number, weight: number): PairScore {
  const weighing = weighingOf(model);
  const fields: FieldEvidence[] = [{ field: 'prior', level: 'prior', weight: weighing.prior, text: model.words.prior }];
  let counted = weighing.prior;
  for (let f = 0; f < FIELDS.length; f++) {
    const level = levels[from + f]!;
    if (level === 0) continue;
    const bits = weighing.bitsOf(f, level);
    counted += bits;
    fields.push(evidenceOf(model, f, level, bits));
  }
  addLookalike(model, weighing, levels, from, weight - counted, fields);
  return { weight, probability: 1 / (1 + 2 ** -weight), fields };
}

function evidenceOf(model: LinkageModel, f: number, level: number, bits: number): FieldEvidence {
  const { name, band } = PERSON_FIELDS[f]!.levels[level]!;
  const text = model.words.fields[FIELDS[f]!].levels[name]!;
  return { field: FIELDS[f]!, level: name, weight: bits, text: band < 0 ? text : text + rarityInWords(band) };
}

/** What the fields leave of the weight is what lookalikes take off. */
function addLookalike(
  model: LinkageModel,
  weighing: Weighing,
  levels: Uint8Array,
  from: number,
  bits: number,
  fields: FieldEvidence[],
): void {
  const name = bits <= -TELLING ? weighing.likeliestOther(levels, from) : null;
  if (name === null) fields[0]!.weight += bits;
  else fields.push({ field: `${name} guard`, level: name, weight: bits, text: model.words.lookalikes[name]! });
}

/** From the band the weight comes from, so that the words tell no more about the name than the number beside them. */
function rarityInWords(band: number): string {
  if (band >= 12) return '; rare name';
  return band >= 8 ? '; uncommon name' : '; common name';
}
