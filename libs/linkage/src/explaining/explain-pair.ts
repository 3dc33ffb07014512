import type { TrainedModel } from '../linking/trained-model.js';
import type { FieldEvidence } from '../people/score-pair.js';
import { classInWords, classLabel } from './classes-in-words.js';
import { fieldLabels, fieldNames } from './field-names.js';
import { capitalised, inRound, inSeries, probabilityOf } from './figures.js';
import { pairBits, type PairBits } from './pair-bits.js';
import { levelInWords, plainName } from './trained-levels.js';

/** One line of an explanation. */
export interface Evidence extends FieldEvidence {
  /** What stands beside its bar. */
  label: string;
  kind: 'prior' | 'learned' | 'field' | 'together' | 'lookalike';
  /** Of a field: what its level counts by itself, and what was learned since; `weight` is their sum. */
  parts?: { counted: number; learned: number };
}

export interface ExplainedPair {
  /** Bits: the sum of all evidence, in this order. */
  weight: number;
  /** Of being one person, 0 to 1. */
  probability: number;
  /** The prior first, then the fields that could be compared, what they say together, lookalikes last. */
  fields: Evidence[];
  /** What weighs nothing because a record lacks it: names as in a sentence. */
  missing: string[];
  /** Should they be two people: which, and how likely; they add up to 1. The likeliest first. */
  otherwise: { class: string; text: string; share: number }[];
  /** By the weight alone; clusters and people's decisions come after it. */
  answer: PairAnswer;
}

export type PairAnswer = 'linked' | 'shown' | 'apart';

/** Less than this is not worth a line: it is counted with the prior's, as guards' are. */
const TELLING = 0.05;
/** Two fields together have a line of their own from so many bits on, the strongest few; the others share one. */
const TELLING_TOGETHER = 0.5;
const MOST_TOGETHER = 5;
/** A kind of lookalike is named beside the likeliest from this share of it on. */
const ALSO_LIKELY = 0.33;

/**
 * Why a pair weighs what it weighs: every part of it in bits and in plain words, without person data. In: a level per
 * field, as `PairComparer` writes them. @throws ModelError when they are not of this model
 */
export function explainPair(model: TrainedModel, levels: ArrayLike<number>): ExplainedPair {
  const bits = pairBits(model, levels);
  const showLookalike = bits.lookalike <= -TELLING;
  const fields = [
    priorOf(model, bits.prior + (showLookalike ? 0 : bits.lookalike)),
    ...learnedInGeneral(bits),
    ...fieldEvidence(model, levels, bits),
    ...togetherEvidence(model, levels, bits),
    ...(showLookalike ? [lookalikeOf(model, bits)] : []),
  ];
  const weight = fields.reduce((sum, one) => sum + one.weight, 0);
  return {
    weight,
    probability: probabilityOf(weight),
    fields,
    missing: missingOf(model, levels),
    otherwise: otherwiseOf(model, bits),
    answer: answerOf(model, weight),
  };
}

export function answerOf({ thresholds }: Pick<TrainedModel, 'thresholds'>, weight: number): PairAnswer {
  return weight >= thresholds.link ? 'linked' : weight >= thresholds.show ? 'shown' : 'apart';
}

function priorOf({ classes }: TrainedModel, weight: number): Evidence {
  const text = `before anything is compared: one pair in ${inRound(classes[1]!.pairs / classes[0]!.pairs)} is of one person`;
  return { field: 'prior', level: 'prior', kind: 'prior', label: 'Before comparing', weight, text };
}

function learnedInGeneral({ learnedPrior }: PairBits): Evidence[] {
  if (learnedPrior === 0) return [];
  const text = 'what people’s decisions or the records’ own groups have taught of pairs in general';
  return [{ field: 'learned', level: 'prior', kind: 'learned', label: 'Learned since', weight: learnedPrior, text }];
}

function fieldEvidence(model: TrainedModel, levels: ArrayLike<number>, { counted, learned }: PairBits): Evidence[] {
  const labels = fieldLabels(model);
  return model.fields.flatMap(({ name, levels: known }, f): Evidence[] => {
    const level = levels[f]!;
    if (level === 0 && learned[f] === 0) return [];
    const parts = { counted: counted[f]!, learned: learned[f]! };
    const text = level === 0 ? `${fieldNames(model)[f]!} is missing` : levelInWords(model, f, level);
    const weight = parts.counted + parts.learned;
    return [{ field: name, level: known[level]!.name, kind: 'field', label: labels[f]!, weight, parts, text }];
  });
}

/** What two fields say together beyond what each says alone. */
function togetherEvidence(model: TrainedModel, levels: ArrayLike<number>, { together }: PairBits): Evidence[] {
  const names = fieldNames(model);
  const sorted = together.filter(({ bits }) => bits !== 0).sort((x, y) => Math.abs(y.bits) - Math.abs(x.bits));
  const telling = sorted.filter(({ bits }, at) => Math.abs(bits) >= TELLING_TOGETHER && at < MOST_TOGETHER);
  const rest = sorted.slice(telling.length);
  const lines = telling.map(({ a, b, bits }): Evidence => {
    return {
      field: `${model.fields[a]!.name} with ${model.fields[b]!.name}`,
      level: [a, b].map((f) => model.fields[f]!.levels[levels[f]!]!.name).join(' with '),
      kind: 'together',
      label: `${capitalised(names[a]!)} with ${names[b]!}`,
      weight: bits,
      text: `what both say together speaks ${bits > 0 ? 'more for' : 'more against'} one person than each by itself`,
    };
  });
  if (rest.length === 0) return lines;
  const weight = rest.reduce((sum, { bits }) => sum + bits, 0);
  const text = `${rest.length === 1 ? 'a small effect' : `${rest.length} small effects`} of fields together`;
  return [...lines, { field: 'together', level: 'rest', kind: 'together', label: 'Fields together', weight, text }];
}

function lookalikeOf({ classes }: TrainedModel, { lookalike, lookalikes }: PairBits): Evidence {
  const sum = lookalikes.reduce((total, one) => total + one, 0);
  const likely = classes
    .slice(2)
    .map(({ name }, at) => ({ name, share: lookalikes[at]! / sum }))
    .sort((x, y) => y.share - x.share)
    .filter(({ share }, at) => at === 0 || share >= ALSO_LIKELY)
    .map(({ name }) => name);
  return {
    field: 'lookalike',
    level: likely[0]!,
    kind: 'lookalike',
    label: classLabel(inSeries(likely, 'or')),
    weight: lookalike,
    text: `could be ${inSeries(likely.map(classInWords), 'or')}`,
  };
}

function otherwiseOf({ classes }: TrainedModel, { lookalikes }: PairBits): ExplainedPair['otherwise'] {
  const sum = 1 + lookalikes.reduce((total, one) => total + one, 0);
  return classes
    .slice(1)
    .map(({ name }, at) => ({
      class: name,
      text: classInWords(name),
      share: (at === 0 ? 1 : lookalikes[at - 1]!) / sum,
    }))
    .sort((x, y) => y.share - x.share);
}

function missingOf(model: TrainedModel, levels: ArrayLike<number>): string[] {
  const names = fieldNames(model);
  return names.filter((_, f) => levels[f] === 0 && !isToldElsewhere(model, levels, f));
}

/** Names in each other's place are one finding, told with one of the two; so is a middle name met as another part. */
export function isToldElsewhere({ fields }: TrainedModel, levels: ArrayLike<number>, f: number): boolean {
  const { kind, columns, role } = fields[f]!;
  const finding = role === 'middle' ? 'other part' : 'swapped';
  return (
    kind === 'name' &&
    fields.some(
      (other, g) =>
        g !== f && other.columns.join() === columns.join() && plainName(other.levels[levels[g]!]!) === finding,
    )
  );
}
