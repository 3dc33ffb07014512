import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { patternsOf } from './patterns.js';

describe('patterns', () => {
  it('count pairs of one and the same levels together, and know each pair’s pattern', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(9), { maxLength: 6000, size: 'max' }),
        (fields, numbers) => {
          const pairs = Math.floor(numbers.length / fields);
          const levels = Uint8Array.from(numbers.slice(0, pairs * fields));
          const patterns = patternsOf(levels, pairs, fields);
          const told = new Map<string, number>();
          for (let k = 0; k < pairs; k++) {
            const mine = levels.subarray(k * fields, (k + 1) * fields).join();
            told.set(mine, (told.get(mine) ?? 0) + 1);
            expect(patterns.levels.subarray(patterns.of[k]! * fields, (patterns.of[k]! + 1) * fields).join()).toBe(
              mine,
            );
          }
          expect(patterns.count).toBe(told.size);
          for (let p = 0; p < patterns.count; p++)
            expect(patterns.counts[p]).toBe(told.get(patterns.levels.subarray(p * fields, (p + 1) * fields).join()));
        },
      ),
      { seed: 91, numRuns: 40 },
    );
  });

  it('ten thousand different ones are all told apart', () => {
    const levels = Uint8Array.from({ length: 4 * 10_000 }, (_, at) => Math.floor((at >> 2) / 10 ** (at & 3)) % 10);
    expect(patternsOf(levels, 10_000, 4).count).toBe(10_000);
  });
});
