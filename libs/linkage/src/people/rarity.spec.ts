import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CLOSE_EDGES, closeBand, EXACT_EDGES, exactBand } from './rarity.js';

const bits = fc.double({ min: 0, max: 40, noNaN: true });

describe('the rarity of a name', () => {
  it('falls into the band whose edges it lies between', () => {
    fc.assert(
      fc.property(bits, (rarity) => {
        for (const [band, edges] of [
          [exactBand(2 ** -rarity), EXACT_EDGES],
          [closeBand(rarity), CLOSE_EDGES],
        ] as const) {
          expect(rarity).toBeGreaterThanOrEqual(edges[band]! - 1e-9);
          expect(rarity).toBeLessThanOrEqual((edges[band + 1] ?? Infinity) + 1e-9);
        }
      }),
      { seed: 1 },
    );
  });

  it('is a band of its own for the commonest and for the rarest', () => {
    expect([exactBand(1), exactBand(1e-9)]).toEqual([0, EXACT_EDGES.length - 1]);
    expect([closeBand(0), closeBand(60)]).toEqual([0, CLOSE_EDGES.length - 1]);
  });
});
