import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { autoThresholds, expectedOf } from './thresholds.js';
import { seededRandom } from './random-pairs.js';

const weights = fc.array(fc.double({ min: -60, max: 60, noNaN: true }), { maxLength: 300 });

describe('thresholds chosen from the scores', () => {
  it('show no later than they link, and are bits a person can read, whatever the scores', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (weight, missed) => {
        const { link, show } = autoThresholds(weight, missed);
        expect(show).toBeLessThan(link);
        expect(Math.abs(link)).toBeLessThanOrEqual(3);
        expect(show).toBeGreaterThanOrEqual(-5);
      }),
      { seed: 111, numRuns: 300 },
    );
  });

  it('link where the expected F1 is best', () => {
    const random = seededRandom(112);
    // Scores that tell the truth about themselves, all between -8 and 8.
    const weight = Array.from({ length: 40_000 }, () => random() * 16 - 8);
    const chance = (bits: number): number => 1 / (1 + 2 ** -bits);
    const all = weight.reduce((sum, bits) => sum + chance(bits), 0);
    const f1 = (at: number): number => {
      const above = weight.filter((bits) => bits >= at);
      return (2 * above.reduce((sum, bits) => sum + chance(bits), 0)) / (above.length + all);
    };
    const { link } = autoThresholds(weight, 0);
    const best = Math.max(...Array.from({ length: 25 }, (_, at) => f1(-2 + at / 4)));
    expect(f1(link)).toBeGreaterThan(best - 1e-3);
  });

  it('where there is nothing to link there is a threshold all the same', () => {
    expect(autoThresholds([], 0)).toEqual({ link: 0, show: -3 });
    expect(autoThresholds([-20, -30], 0)).toEqual({ link: 0, show: -3 });
  });
});

describe('what is expected of clusters', () => {
  it('is a share between none and all', () => {
    fc.assert(
      fc.property(
        weights,
        fc.array(fc.nat(9), { minLength: 10, maxLength: 10 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (weight, marks, missed) => {
          const clusters = Uint32Array.from(marks, (mark) => marks.indexOf(mark));
          const pairs = { left: weight.map((_, k) => k % 9), right: weight.map((_, k) => (k % 9) + 1), weight };
          for (const share of Object.values(expectedOf(pairs, clusters, missed)))
            expect(share >= 0 && share <= 1).toBe(true);
        },
      ),
      { seed: 113 },
    );
  });

  it('is all where every sure pair is joined and none else', () => {
    const pairs = { left: [0, 2, 0], right: [1, 3, 2], weight: [40, 40, -40] };
    const { precision, recall } = expectedOf(pairs, Uint32Array.of(0, 0, 2, 2), 0);
    expect([precision, recall]).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)]);
    expect(expectedOf(pairs, Uint32Array.of(0, 1, 2, 3), 0).recall).toBeCloseTo(0, 6);
    expect(expectedOf(pairs, Uint32Array.of(0, 0, 0, 0), 0).precision).toBeCloseTo(2 / 6, 6);
  });
});
