import type { ExplainedPair } from './explain-pair.js';
import { capitalised, inBits, inPercent, inSeries, markOf } from './figures.js';
import { likelihoodInWords } from './likelihood-in-words.js';

/** The explanation as lines of text: likelihood in words first, then a line for each part of the weight. */
export function explanationInWords(explained: ExplainedPair): string[] {
  const { weight, probability, fields, missing, otherwise } = explained;
  const wide = Math.max(...fields.map(({ label }) => label.length), 'Total'.length);
  const line = (label: string, bits: number, text: string): string =>
    `  ${label.padEnd(wide)}  ${markOf(bits)} ${inBits(bits).padStart(6)}  ${text}`;
  const likely = otherwise.filter(({ share }) => share >= 0.01);
  return [
    `${capitalised(likelihoodInWords(explained))}: ${inBits(weight)} bits, a probability of ${inPercent(probability)}.`,
    ...fields.map(({ label, weight: bits, text, parts }) =>
      line(
        label,
        bits,
        parts && Math.abs(parts.learned) >= 0.05
          ? `${text} [counted ${inBits(parts.counted)}, learned ${inBits(parts.learned)}]`
          : text,
      ),
    ),
    line('Total', weight, 'bits: each doubles the odds of one person, or halves them; even odds at 0'),
    ...(missing.length > 0 ? [`Not compared, since a record does not say it: ${inSeries(missing)}.`] : []),
    ...(otherwise.length > 1
      ? [
          `If they are two people: ${inSeries(
            likely.map(({ text, share }) => `${text} (${inPercent(share)})`),
            'or',
          )}.`,
        ]
      : []),
  ];
}
