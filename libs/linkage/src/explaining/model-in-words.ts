import type { TrainedModel } from '../linking/trained-model.js';
import { chartFields } from './chart-rows.js';
import { classInWords } from './classes-in-words.js';
import { fieldNames } from './field-names.js';
import { capitalised, inBits, inPercent, inRound } from './figures.js';
import { groupsOf, levelInWords } from './trained-levels.js';

/** The model as text, a sentence a line: what it was learned from, its fields, kinds of pairs and thresholds. */
export function modelInWords(model: TrainedModel): string[] {
  const { trainedOn, correction } = model;
  return [
    `A model learned from ${trainedOn.rows.toLocaleString('en-GB')} records${trainedOn.fingerprint === null ? '' : ` (fingerprint ${trainedOn.fingerprint})`}.`,
    'Weights are in bits: one bit doubles the odds that two records are of one person, or halves them.',
    ...fieldLines(model),
    ...classLines(model),
    ...(correction === null ? [] : [`What was learned since adds ${inBits(correction.prior)} bits to every pair.`]),
    ...effectLines(model),
    ...thresholdLines(model),
  ];
}

/** Of each field what matches mostly show, and what strangers mostly show. */
function fieldLines(model: TrainedModel): string[] {
  return chartFields(model, true).map(({ label, parts: [{ rows }] }) => {
    const most = (of: 'm' | 'u', sign: 1 | -1): string => {
      const row = rows.filter(({ usual }) => usual * sign > 0).sort((x, y) => y[of] - x[of])[0];
      if (!row) return sign > 0 ? 'nothing speaks for one person' : 'nothing speaks against';
      const bits = row.high - row.low < 0.2 ? inBits(row.usual) : `${inBits(row.low)} to ${inBits(row.high)}`;
      return `${row.text.charAt(0).toLowerCase()}${row.text.slice(1)} ${bits}`;
    };
    return `${label}: ${most('m', 1)}; ${most('u', -1)}.`;
  });
}

/** How many pairs of each kind are expected among all pairs of the training data. */
export function classLines({ classes }: TrainedModel): string[] {
  return classes.map(
    ({ name, pairs }) => `${capitalised(classInWords(name))}: about ${inRound(pairs)} pairs expected.`,
  );
}

const MOST_EFFECTS = 6;
const TELLING = 0.2;

/** What two fields' findings say together, the strongest effects. */
export function effectLines(model: TrainedModel): string[] {
  const effects = (model.correction?.interactions ?? []).flatMap(({ a, b, weights }) => {
    const [first, second] = [a, b].map((f) => coarseTexts(model, f));
    return Array.from(weights, (bits, at) => ({
      bits,
      text: `${first![Math.floor(at / second!.length)]!}, and ${second![at % second!.length]!}`,
    }));
  });
  const telling = effects.filter(({ bits }) => Math.abs(bits) >= TELLING);
  const shown = telling.sort((x, y) => Math.abs(y.bits) - Math.abs(x.bits)).slice(0, MOST_EFFECTS);
  const more = telling.length - shown.length;
  return [
    ...shown.map(({ bits, text }) => `${inBits(bits)} bits: ${text}.`),
    ...(more > 0 ? [`And ${more} weaker ones.`] : []),
  ];
}

/** What each coarse level of a field says; the first is "missing". */
function coarseTexts(model: TrainedModel, f: number): string[] {
  const names = fieldNames(model);
  const groups = groupsOf(model.fields[f]!);
  return [`${names[f]!} is missing`, ...groups.map(({ levels }) => levelInWords(model, f, levels[0]!, false))];
}

export function thresholdLines({ thresholds, expected }: TrainedModel): string[] {
  const { link, show, join } = thresholds;
  return [
    `Linked from ${inBits(link)} bits on, shown to a person from ${inBits(show)}; groups are joined while their records’ mean weight is above ${inBits(join)}.`,
    `Expected on the training data: of the links ${inPercent(expected.precision)} right, of the true pairs ${inPercent(expected.recall)} found; ${inPercent(expected.missedByBlocking)} of them never compared.`,
  ];
}
