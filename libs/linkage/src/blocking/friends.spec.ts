import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { friendsOfFriends, joined } from './friends.js';

const ROWS = 14;
const always = (): boolean => true;
const listOf = (pairs: [number, number][]) => ({
  left: Uint32Array.from(pairs, ([left]) => left),
  right: Uint32Array.from(pairs, ([, right]) => right),
  count: pairs.length,
});
const somePairs = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: ROWS - 1 }), fc.integer({ min: 0, max: ROWS - 1 })), {
    selector: ([a, b]) => Math.min(a, b) * ROWS + Math.max(a, b),
    maxLength: 30,
  })
  .map((pairs) =>
    pairs
      .filter(([a, b]) => a !== b)
      .map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]))
      .sort(([a, b], [c, d]) => a - c || b - d),
  );
const someClusters = fc
  .array(fc.integer({ min: 0, max: ROWS - 1 }), { minLength: ROWS, maxLength: ROWS })
  .map((marks) => Uint32Array.from(marks, (mark) => marks.indexOf(mark)));

describe('friends of friends', () => {
  it('are new pairs, each once, and with the old ones every pair of a cluster', () => {
    fc.assert(
      fc.property(somePairs, someClusters, fc.integer({ min: -8, max: 8 }), (pairs, clusters, weight) => {
        const old = listOf(pairs);
        const made = friendsOfFriends(
          old,
          pairs.map(() => weight),
          clusters,
          -4,
          always,
        );
        const both = joined(old, made);
        const keys = Array.from({ length: both.count }, (_, k) => `${both.left[k]},${both.right[k]}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (let i = 0; i < ROWS; i++)
          for (let j = i + 1; j < ROWS; j++) if (clusters[i] === clusters[j]) expect(keys).toContain(`${i},${j}`);
      }),
      { seed: 68, numRuns: 200 },
    );
  });

  it('two clusters that a good pair connects are compared throughout, two that a bad one does are not', () => {
    const clusters = Uint32Array.of(0, 0, 2, 2);
    const pairs = listOf([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    const crossing = (weight: number): number => friendsOfFriends(pairs, [5, weight, 5], clusters, -4, always).count;
    expect(crossing(-3)).toBe(3);
    expect(crossing(-5)).toBe(0);
  });

  it('of two files stay across them', () => {
    const made = friendsOfFriends(
      listOf([
        [0, 2],
        [1, 2],
      ]),
      [5, 5],
      Uint32Array.of(0, 0, 0, 0),
      -4,
      (i, j) => i < 2 !== j < 2,
    );
    expect(Array.from({ length: made.count }, (_, k) => [made.left[k], made.right[k]])).toEqual([
      [0, 3],
      [1, 3],
    ]);
  });
});
