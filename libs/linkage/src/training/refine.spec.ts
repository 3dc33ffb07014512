import { describe, expect, it } from '@jest/globals';
import { plainField, sharesOf, drawnPatterns } from './made-patterns.fixture.js';
import { coarseOf, corrected } from './correction.js';
import type { Patterns } from './patterns.js';
import { refine } from './refine.js';

const FIELDS = [plainField('a', 'given'), plainField('b', 'surname'), plainField('c', 'date')];
const EVEN = sharesOf(0.4, 0.2, 0.4);
const { patterns } = drawnPatterns([{ pairs: 20_000, shares: [EVEN, EVEN, EVEN] }], 101, 0);
const OPTIONS = { epochs: 30, hold: 10, seed: 1 };
const levelsOf = ({ levels, fields }: Patterns, p: number): number[] => [
  ...levels.subarray(p * fields, (p + 1) * fields),
];
const chance = (bits: number): number => 1 / (1 + 2 ** -bits);
const flat = ({ prior, weights, interactions }: ReturnType<typeof refine>): number[] => [
  prior,
  ...weights.flatMap((one) => Array.from(one)),
  ...interactions.flatMap((one) => Array.from(one.weights)),
];

/** What a correction makes of an offset. */
const bitsOf = (correction: ReturnType<typeof refine>, offset: Float64Array): number[] => {
  const coarse = FIELDS.map(coarseOf);
  return Array.from(
    { length: patterns.count },
    (_, p) => offset[p]! + corrected(correction, coarse, patterns.levels, p * 3),
  );
};

describe('what labels teach', () => {
  it('no labels: nothing changes', () => {
    const none: Patterns = {
      levels: new Uint8Array(0),
      counts: new Float64Array(0),
      count: 0,
      fields: 3,
      of: new Uint32Array(0),
    };
    const correction = refine(new Float64Array(0), none, new Float64Array(0), FIELDS, OPTIONS);
    expect(flat(correction).every((bits) => bits === 0)).toBe(true);
  });

  it('labels that say what was expected change nothing that is worth a word', () => {
    const offset = Float64Array.from({ length: patterns.count }, (_, p) =>
      levelsOf(patterns, p).reduce((sum, level) => sum + (level === 1 ? 3 : -3), 0),
    );
    const positives = Float64Array.from(patterns.counts, (count, p) => count * chance(offset[p]!));
    const bits = bitsOf(refine(offset, patterns, positives, FIELDS, OPTIONS), offset);
    expect(Math.max(...bits.map((one, p) => Math.abs(one - offset[p]!)))).toBeLessThan(0.25);
  });

  it('a wrong level is mended', () => {
    const wrong = new Float64Array(patterns.count);
    const truth = Float64Array.from(wrong, (_, p) => (levelsOf(patterns, p)[0] === 1 ? 3 : -3));
    const positives = Float64Array.from(patterns.counts, (count, p) => count * chance(truth[p]!));
    const bits = bitsOf(refine(wrong, patterns, positives, FIELDS, OPTIONS), wrong);
    bits.forEach((one, p) => expect(Math.abs(one - truth[p]!)).toBeLessThan(0.7));
  });

  it('learns what two fields say together that neither says alone', () => {
    // A match where both agree or both differ: alone, a and b say nothing.
    const offset = new Float64Array(patterns.count);
    const truth = Float64Array.from(offset, (_, p) => {
      const [a, b] = levelsOf(patterns, p);
      return a === 2 || b === 2 ? 0 : a === b ? 3 : -3;
    });
    const positives = Float64Array.from(patterns.counts, (count, p) => count * chance(truth[p]!));
    const correction = refine(offset, patterns, positives, FIELDS, OPTIONS);
    bitsOf(correction, offset).forEach((one, p) => expect(Math.sign(Math.round(one)) + 0).toBe(Math.sign(truth[p]!)));
    const of = correction.interactions.find(({ a, b }) => a === 0 && b === 1)!.weights;
    const width = coarseOf(FIELDS[1]!).count;
    expect(of[width + 1]).toBeGreaterThan(0.5);
    expect(of[width + 3]).toBeLessThan(-0.5);
  });

  it('levels that no label speaks of stay as they were, and missing never weighs', () => {
    const seen = { ...patterns, levels: patterns.levels.map((level) => (level === 2 ? 1 : level)) };
    const correction = refine(new Float64Array(patterns.count), seen, patterns.counts.slice(), FIELDS, OPTIONS);
    for (const weights of correction.weights) expect([weights[0], weights[2]]).toEqual([0, 0]);
    for (const { a, b, weights } of correction.interactions) {
      const width = coarseOf(FIELDS[b]!).count;
      for (let x = 0; x < coarseOf(FIELDS[a]!).count; x++)
        for (let y = 0; y < width; y++)
          if (x === 0 || y === 0 || x === 2 || y === 2) expect(weights[x * width + y]).toBe(0);
    }
  });

  it('a few labels weigh little beside what is believed', () => {
    const few = { ...patterns, counts: patterns.counts.map(() => 0.05) };
    const correction = refine(new Float64Array(patterns.count), few, few.counts.slice(), FIELDS, OPTIONS);
    for (const bits of bitsOf(correction, new Float64Array(patterns.count))) expect(Math.abs(bits)).toBeLessThan(3);
  });

  it('the same labels and seed teach the same', () => {
    const positives = patterns.counts.map((count, p) => (p % 3 === 0 ? count : 0));
    const offset = new Float64Array(patterns.count);
    expect(flat(refine(offset, patterns, positives, FIELDS, OPTIONS))).toEqual(
      flat(refine(offset, patterns, positives, FIELDS, OPTIONS)),
    );
  });
});
