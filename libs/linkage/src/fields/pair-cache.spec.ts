import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PairCache } from './pair-cache.js';

describe('what pairs of values gave', () => {
  it('is remembered for each pair alone, however many there are', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 255 })),
          { maxLength: 400 },
        ),
        (entries) => {
          const cache = new PairCache(4);
          const plain = new Map<string, number>();
          for (const [a, b, value] of entries) {
            const place = cache.place(a, b);
            expect(cache.get(place)).toBe(plain.get(`${a},${b}`) ?? 0);
            if (plain.has(`${a},${b}`)) continue;
            cache.set(place, a, b, value);
            plain.set(`${a},${b}`, value);
          }
          for (const [key, value] of plain) {
            const [a, b] = key.split(',').map(Number);
            expect(cache.get(cache.place(a!, b!))).toBe(value);
          }
        },
      ),
      { seed: 50 },
    );
  });

  it('is forgotten rather than outgrow its room; what it then says is still right', () => {
    const cache = new PairCache(4, 64);
    let known = 0;
    for (let a = 1; a <= 2000; a++) {
      cache.set(cache.place(a, a + 1), a, a + 1, (a % 255) + 1);
      for (let b = Math.max(1, a - 40); b <= a; b++) {
        const found = cache.get(cache.place(b, b + 1));
        if (found !== 0) expect(found).toBe((b % 255) + 1);
        known += found === 0 ? 0 : 1;
      }
    }
    expect(known).toBeGreaterThan(2000);
  });
});
