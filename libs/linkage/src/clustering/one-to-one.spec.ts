import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DecisionsConflict } from './decisions-conflict.js';
import { oneToOne, oneToOneClusters } from './one-to-one.js';

const [LEFT, RIGHT] = [5, 5];
const someEdges = fc
  .uniqueArray(
    fc.tuple(
      fc.nat(LEFT - 1),
      fc.nat(RIGHT - 1),
      fc.integer({ min: -20, max: 60 }).map((quarters) => quarters / 4),
    ),
    { selector: ([a, b]) => a * RIGHT + b, maxLength: 14 },
  )
  .map((list) => ({
    left: list.map(([a]) => a),
    right: list.map(([, b]) => LEFT + b),
    weight: list.map(([, , weight]) => weight),
    count: list.length,
  }));
type Edges = { left: number[]; right: number[]; weight: number[]; count: number };

/** The best by trying all. */
const best = (
  { left, right, weight, count }: Edges,
  least: number,
  from = 0,
  used: ReadonlySet<number> = new Set(),
): number => {
  if (from === count) return 0;
  const without = best({ left, right, weight, count }, least, from + 1, used);
  if (weight[from]! <= least || used.has(left[from]!) || used.has(right[from]!)) return without;
  return Math.max(
    without,
    weight[from]! -
      least +
      best({ left, right, weight, count }, least, from + 1, new Set([...used, left[from]!, right[from]!])),
  );
};

describe('one to one', () => {
  it('is the best there is, and nobody has two partners', () => {
    fc.assert(
      fc.property(someEdges, fc.constantFrom(-2, 0, 3), (edges, least) => {
        const kept = oneToOne(edges, least);
        const ends = kept.flatMap((at) => [edges.left[at], edges.right[at]]);
        expect(new Set(ends).size).toBe(ends.length);
        for (const at of kept) expect(edges.weight[at]).toBeGreaterThan(least);
        expect(kept.reduce((sum, at) => sum + edges.weight[at]! - least, 0)).toBeCloseTo(best(edges, least), 9);
      }),
      { seed: 81, numRuns: 500 },
    );
  });

  it('the order of the pairs does not change how good it is', () => {
    fc.assert(
      fc.property(someEdges, (edges) => {
        const turned = {
          left: [...edges.left].reverse(),
          right: [...edges.right].reverse(),
          weight: [...edges.weight].reverse(),
          count: edges.count,
        };
        const sum = (some: Edges): number => oneToOne(some, 0).reduce((total, at) => total + some.weight[at]!, 0);
        expect(sum(turned)).toBeCloseTo(sum(edges), 9);
      }),
      { seed: 82 },
    );
  });

  it('gives up the best pair where two others are better together', () => {
    expect(oneToOne({ left: [0, 0, 1], right: [2, 3, 2], weight: [10, 9, 9], count: 3 }, 0)).toEqual([1, 2]);
  });

  it('in a crowd nobody has two partners either', () => {
    const left = Array.from({ length: 1000 }, (_, at) => at % 300);
    const right = left.map((_, at) => 300 + ((at * 11) % 280));
    const edges = { left, right, weight: left.map((_, at) => 1 + (at % 13)), count: left.length };
    const ends = oneToOne(edges, 0).flatMap((at) => [left[at], right[at]]);
    expect(new Set(ends).size).toBe(ends.length);
    expect(ends.length).toBeGreaterThan(300);
  });

  it('nothing to choose from: nothing', () => {
    expect(oneToOne({ left: [], right: [], weight: [], count: 0 }, 0)).toEqual([]);
    expect(oneToOne({ left: [0], right: [1], weight: [-3], count: 1 }, 0)).toEqual([]);
  });
});

describe('one to one, with people’s decisions', () => {
  const edges = { left: [0, 1], right: [2, 3], weight: [9, 9], count: 2 };
  const clusters = (decisions: Parameters<typeof oneToOneClusters>[3]): number[] => [
    ...oneToOneClusters(edges, 4, 0, decisions),
  ];

  it('are obeyed', () => {
    expect(clusters({ cannotLink: [[0, 2]] })).toEqual([0, 1, 2, 1]);
    expect(clusters({ mustLink: [[0, 3]] })).toEqual([0, 1, 2, 0]);
    expect(clusters({ heldApart: [[0, 2]] })).toEqual([0, 1, 2, 1]);
  });

  it('said twice are said once; that contradict each other are an error', () => {
    expect(
      clusters({
        mustLink: [
          [0, 2],
          [0, 2],
        ],
      }),
    ).toEqual([0, 1, 0, 1]);
    expect(() =>
      clusters({
        mustLink: [
          [0, 2],
          [0, 3],
        ],
      }),
    ).toThrow(DecisionsConflict);
    expect(() => clusters({ mustLink: [[0, 2]], cannotLink: [[0, 2]] })).toThrow(DecisionsConflict);
  });
});
