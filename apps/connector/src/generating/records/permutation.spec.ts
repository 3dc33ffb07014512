import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Random } from '../random.js';
import { permutation } from './permutation.js';

describe('permutation', () => {
  it('gives every number below the size once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.string(), (size, seed) => {
        const place = permutation(new Random(seed), size);
        const given = new Set(Array.from({ length: size }, (_, index) => place(index)));
        expect(given.size).toBe(size);
        expect(Math.max(...given)).toBe(size - 1);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('puts neighbours far apart: a third of the size on average, as chance would', () => {
    const size = 50_000;
    const place = permutation(new Random('far'), size);
    let sum = 0;
    for (let i = 1; i < size; i++) sum += Math.abs(place(i) - place(i - 1));
    expect(sum / size / size).toBeGreaterThan(0.32);
    expect(sum / size / size).toBeLessThan(0.35);
  });

  it('is another one for another seed', () => {
    const [one, other] = ['a', 'b'].map((seed) => permutation(new Random(seed), 1000));
    const same = Array.from({ length: 1000 }, (_, i) => one?.(i) === other?.(i)).filter(Boolean);
    expect(same.length).toBeLessThan(20);
  });
});
