import { describe, expect, it } from '@jest/globals';
import { Random } from './random.js';

describe('Random', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    const draw = (seed: string) => {
      const random = new Random(seed);
      return Array.from({ length: 5 }, () => random.bits());
    };
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('is spread evenly', () => {
    const random = new Random('even');
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[random.int(0, 9)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('forks streams that do not move one another', () => {
    const one = new Random('x');
    const other = new Random('x');
    one.fork('side').bits();
    expect(one.bits()).toBe(other.bits());
  });

  it('picks by weight, and never what weighs nothing', () => {
    const random = new Random('weights');
    const picked = Array.from({ length: 4000 }, () => random.weighted({ often: 3, seldom: 1, never: 0 }));
    expect(picked).not.toContain('never');
    expect(picked.filter((key) => key === 'often').length / 4000).toBeCloseTo(0.75, 1);
  });
});
