import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainField, sharesOf } from '../training/made-patterns.fixture.js';
import type { Correction } from '../training/correction.js';
import { coarseOf } from '../training/correction.js';
import type { Mixture } from '../training/mixture.js';
import { PairModel } from './pair-model.js';

const FIELDS = [plainField('a', 'given'), plainField('b', 'date')];
const classes = (names: [string, number, Float64Array, Float64Array][]): Mixture => ({
  classes: names.map(([name, pairs, a, b]) => ({ name, pairs, shares: [a, b], sources: ['own', 'own'] })),
});
const MIXTURE = classes([
  ['match', 100, sharesOf(0.8, 0.15, 0.05), sharesOf(0.9, 0.05, 0.05)],
  ['random', 1e6, sharesOf(0.01, 0.09, 0.9), sharesOf(0.001, 0.009, 0.99)],
  ['household', 300, sharesOf(0.01, 0.09, 0.9), sharesOf(0.0005, 0.0095, 0.99)],
]);
const bits = (model: PairModel, ...levels: number[]): number => {
  const out = new Float64Array(1);
  model.weigh(Uint8Array.from(levels), 1, out);
  return out[0]!;
};
const level = fc.integer({ min: 0, max: 3 });

describe('a pair’s weight', () => {
  it('is log2 of a match’s odds against every other kind of pair', () => {
    const model = new PairModel(FIELDS, MIXTURE);
    fc.assert(
      fc.property(level, level, (a, b) => {
        const [match, ...others] = MIXTURE.classes.map(({ pairs, shares }) => pairs * shares[0]![a]! * shares[1]![b]!);
        expect(bits(model, a, b)).toBeCloseTo(Math.log2(match! / others.reduce((sum, one) => sum + one, 0)), 9);
      }),
      { seed: 131 },
    );
  });

  it('of a pair with nothing to go by is the odds of any pair at all', () => {
    expect(bits(new PairModel(FIELDS, MIXTURE), 0, 0)).toBeCloseTo(Math.log2(100 / (1e6 + 300)), 9);
  });

  it('rises with agreement', () => {
    const model = new PairModel(FIELDS, MIXTURE);
    expect(bits(model, 1, 1)).toBeGreaterThan(bits(model, 2, 1));
    expect(bits(model, 2, 1)).toBeGreaterThan(bits(model, 3, 1));
    expect(bits(model, 0, 1)).toBeGreaterThan(bits(model, 3, 1));
  });

  it('has what labels taught added to it, level by level and pair of levels by pair', () => {
    const width = coarseOf(FIELDS[1]!).count;
    const together = new Float64Array(width * width);
    together[1 * width + 1] = 0.25;
    const correction: Correction = {
      prior: 1,
      weights: [
        [0, 0.5, 0, 0],
        [0, 2, 0, 0],
      ],
      interactions: [{ a: 0, b: 1, weights: together }],
    };
    const [plain, taught] = [new PairModel(FIELDS, MIXTURE), new PairModel(FIELDS, MIXTURE, correction)];
    expect(bits(taught, 1, 1) - bits(plain, 1, 1)).toBeCloseTo(3.75, 9);
    expect(bits(taught, 3, 3) - bits(plain, 3, 3)).toBeCloseTo(1, 9);
    expect(bits(taught, 0, 1) - bits(plain, 0, 1)).toBeCloseTo(3, 9);
  });

  it('of many pairs is each one’s, at the places asked for', () => {
    const model = new PairModel(FIELDS, MIXTURE);
    const out = new Float64Array(5);
    model.weigh(Uint8Array.of(1, 1, 3, 2, 0, 1), 3, out, 1);
    expect([...out]).toEqual([0, bits(model, 1, 1), bits(model, 3, 2), bits(model, 0, 1), 0]);
  });

  it('stays a number over thirty fields that all agree, or all do not', () => {
    const fields = Array.from({ length: 30 }, (_, at) => plainField(`f${at}`, 'other'));
    const of = (share: Float64Array): Float64Array[] => fields.map(() => share);
    const many = new PairModel(fields, {
      classes: [
        { name: 'match', pairs: 100, shares: of(sharesOf(0.9999998, 1e-7, 1e-7)), sources: [] },
        { name: 'random', pairs: 1e6, shares: of(sharesOf(1e-9, 1e-9, 0.999999998)), sources: [] },
      ],
    });
    for (const one of [1, 2, 3]) expect(Number.isFinite(bits(many, ...fields.map(() => one)))).toBe(true);
  });

  it('stays a number where a model file has shares of nothing at all', () => {
    const fields = Array.from({ length: 45 }, (_, at) => plainField(`f${at}`, 'other'));
    for (const some of [fields.slice(0, 3), fields]) {
      const of = (share: Float64Array): Float64Array[] => some.map(() => share);
      const model = new PairModel(some, {
        classes: [
          { name: 'match', pairs: 100, shares: of(sharesOf(0, 0, 1)), sources: [] },
          { name: 'random', pairs: 0, shares: of(sharesOf(1, 0, 0)), sources: [] },
        ],
      });
      for (const one of [0, 1, 2, 3]) expect(Number.isFinite(bits(model, ...some.map(() => one)))).toBe(true);
    }
  });
});
