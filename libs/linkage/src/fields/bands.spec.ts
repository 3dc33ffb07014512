import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bandLevels, bandsOf } from './bands.js';

/** Rows with each value: none, or several, for one row alone agrees with nobody and is given a chance all the same. */
const counts = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 2, max: 500 })), { minLength: 1, maxLength: 60 })
  .map((list) => [7, ...list]);

describe('bands of rarity', () => {
  it('hold every value once: shares add up, and agreement is the chance that two rows agree', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(1.25, 1.5, 3), (list, width) => {
        const bands = bandsOf(list, width);
        const present = list.slice(1).reduce((sum, count) => sum + count, 0);
        if (present < 2) return;
        const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);
        expect(sum(bands.shares)).toBeCloseTo(1, 9);
        const agree = list
          .slice(1)
          .reduce((total, count) => total + (count * (count - 1)) / (present * (present - 1)), 0);
        expect(sum(bands.agreement)).toBeCloseTo(agree, 9);
        for (const band of bands.of) expect(band).toBeLessThan(bands.count);
      }),
      { seed: 48 },
    );
  });

  it('agreement on a value seen once is rare, not impossible', () => {
    const levels = bandLevels('exact', bandsOf([0, 1, 1, 1, 1], 1.5), true);
    const chance = levels.reduce((sum, { u }) => sum + u, 0);
    expect(chance > 0 && chance < 1 / 3).toBe(true);
  });

  it('a rarer value is never in a commoner band', () => {
    fc.assert(
      fc.property(counts, (list) => {
        const { of } = bandsOf(list, 1.5);
        list.forEach((count, a) =>
          list.forEach((other, b) =>
            a > 0 && b > 0 && count < other ? expect(of[a]!).toBeGreaterThanOrEqual(of[b]!) : undefined,
          ),
        );
      }),
      { seed: 49 },
    );
  });

  it('a column of nothing, and of one row, has bands all the same', () => {
    for (const list of [[0], [5], [0, 1]]) {
      const bands = bandsOf(list, 1.5);
      for (const { share, u } of bandLevels('exact', bands, true))
        expect(Number.isFinite(share) && u >= 0 && u <= 1).toBe(true);
    }
  });
});
