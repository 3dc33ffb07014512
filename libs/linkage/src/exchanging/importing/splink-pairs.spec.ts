import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { either } from './splink-pairs.js';

const ROWS = 12;
const listOf = (pairs: readonly (readonly [number, number])[]) => ({
  left: Uint32Array.from(pairs, ([i]) => i),
  right: Uint32Array.from(pairs, ([, j]) => j),
  count: pairs.length,
});
const pairs = fc
  .uniqueArray(fc.tuple(fc.nat(ROWS - 2), fc.integer({ min: 1, max: ROWS - 1 })), { selector: String })
  .map((all) => all.filter(([i, j]) => i < j).sort(([a], [b]) => a - b));

describe('two lists of pairs', () => {
  it('together have each pair once', () => {
    fc.assert(
      fc.property(pairs, pairs, (a, b) => {
        const { left, right, count } = either(listOf(a), listOf(b), ROWS);
        const found = Array.from({ length: count }, (_, k) => `${left[k]!},${right[k]!}`);
        expect([...found].sort()).toEqual([...new Set([...a, ...b].map(String))].sort());
      }),
      { seed: 77, numRuns: 300 },
    );
  });

  it('may be longer than a set can hold', () => {
    const count = (1 << 24) + 2;
    const left = new Uint32Array(count);
    const right = Uint32Array.from({ length: count }, (_, k) => k + 1);
    expect(either({ left, right, count }, listOf([[0, 5]]), count + 1).count).toBe(count);
  });
});
