import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { averageLinkage, type Constraints, type Edges } from './average-linkage.js';
import type { JoinRule } from './join-rule.js';
import { DecisionsConflict } from './decisions-conflict.js';

type Edge = [left: number, right: number, weight: number];
const RULE: JoinRule = { joinAbove: 0, lonePair: -1, unknown: -8, most: 10 };
const edgesOf = (list: readonly Edge[]): Edges => ({
  left: list.map(([left]) => left),
  right: list.map(([, right]) => right),
  weight: list.map(([, , weight]) => weight),
  count: list.length,
});
const clustered = (list: readonly Edge[], rows: number, constraints: Constraints = {}, rule = RULE): number[] => [
  ...averageLinkage(edgesOf(list), rows, rule, constraints).clusters,
];

const ROWS = 12;
/** Quarters of bits: their sums are exact, whatever the order. */
const someEdges = fc
  .uniqueArray(
    fc.tuple(
      fc.nat(ROWS - 1),
      fc.nat(ROWS - 1),
      fc.integer({ min: -48, max: 60 }).map((quarters) => quarters / 4),
    ),
    {
      selector: ([a, b]) => Math.min(a, b) * ROWS + Math.max(a, b),
      maxLength: 50,
    },
  )
  .map((list) =>
    list.filter(([a, b]) => a !== b).map(([a, b, weight]): Edge => [Math.min(a, b), Math.max(a, b), weight]),
  );
const somePairs = fc
  .array(fc.tuple(fc.nat(ROWS - 1), fc.nat(ROWS - 1)), { maxLength: 4 })
  .map((list) => list.filter(([a, b]) => a !== b));

/** Whether must-link pairs lead from a to b. */
const linkedBy = (mustLink: [number, number][], a: number, b: number): boolean => {
  const seen = new Set([a]);
  for (let before = -1; before !== seen.size;) {
    before = seen.size;
    for (const [x, y] of mustLink) if (seen.has(x) || seen.has(y)) seen.add(x).add(y);
  }
  return seen.has(b);
};

describe('average linkage', () => {
  it('numbers each row’s cluster by its lowest row', () => {
    fc.assert(
      fc.property(someEdges, (edges) => {
        const clusters = clustered(edges, ROWS);
        clusters.forEach((cluster, row) => {
          expect(cluster).toBeLessThanOrEqual(row);
          expect(clusters[cluster]).toBe(cluster);
        });
      }),
      { seed: 71 },
    );
  });

  it('the order of the pairs, and of the rows in a pair, does not matter', () => {
    fc.assert(
      fc.property(someEdges, fc.infiniteStream(fc.boolean()), fc.integer(), (edges, turned, salt) => {
        const shuffled = edges
          .map((edge, at) => ({ edge, at: Math.imul(at + 1, salt | 1) }))
          .sort((x, y) => x.at - y.at)
          .map(({ edge: [a, b, weight] }): Edge => (turned.next().value ? [b, a, weight] : [a, b, weight]));
        const [here, there] = [
          averageLinkage(edgesOf(edges), ROWS, RULE),
          averageLinkage(edgesOf(shuffled), ROWS, RULE),
        ];
        expect(there.clusters).toEqual(here.clusters);
        expect(there.ambiguous.map(([row]) => row)).toEqual(here.ambiguous.map(([row]) => row));
      }),
      { seed: 72, numRuns: 500 },
    );
  });

  it('people’s decisions are obeyed whatever the weights, and only decisions that contradict each other are refused', () => {
    fc.assert(
      fc.property(someEdges, somePairs, somePairs, (edges, mustLink, cannotLink) => {
        const contradict = cannotLink.some(([a, b]) => linkedBy(mustLink, a, b));
        if (contradict) expect(() => clustered(edges, ROWS, { mustLink, cannotLink })).toThrow(DecisionsConflict);
        else {
          const clusters = clustered(edges, ROWS, { mustLink, cannotLink });
          for (const [a, b] of mustLink) expect(clusters[a]).toBe(clusters[b]);
          for (const [a, b] of cannotLink) expect(clusters[a]).not.toBe(clusters[b]);
        }
      }),
      { seed: 73, numRuns: 500 },
    );
  });

  it('decisions are obeyed with an earlier answer too', () => {
    fc.assert(
      fc.property(
        someEdges,
        somePairs,
        somePairs,
        fc.array(fc.nat(3), { minLength: ROWS, maxLength: ROWS }),
        (edges, mustLink, cannotLink, before) => {
          if (cannotLink.some(([a, b]) => linkedBy(mustLink, a, b))) return;
          const clusters = clustered(edges, ROWS, {
            mustLink,
            cannotLink,
            previous: { clusters: Uint32Array.from(before), fallBelow: -2 },
          });
          for (const [a, b] of mustLink) expect(clusters[a]).toBe(clusters[b]);
          for (const [a, b] of cannotLink) expect(clusters[a]).not.toBe(clusters[b]);
        },
      ),
      { seed: 74, numRuns: 300 },
    );
  });

  it('twins are held apart whatever the weights, but not against people’s word', () => {
    expect(clustered([[0, 1, 9]], 2, { heldApart: [[0, 1]] })).toEqual([0, 1]);
    expect(clustered([[0, 1, 9]], 2, { heldApart: [[0, 1]], mustLink: [[0, 1]] })).toEqual([0, 0]);
    expect(
      clustered(
        [
          [0, 1, 9],
          [0, 2, 9],
          [1, 2, 9],
        ],
        3,
        {
          heldApart: [[0, 1]],
          mustLink: [
            [0, 2],
            [1, 2],
          ],
        },
      ),
    ).toEqual([0, 0, 0]);
  });

  it('a conflict names the two rows and has a code', () => {
    try {
      clustered([], 3, {
        mustLink: [
          [0, 1],
          [1, 2],
        ],
        cannotLink: [[0, 2]],
      });
      throw new Error('no conflict');
    } catch (error) {
      expect(error).toMatchObject({ code: 'decisions_conflict', left: 0, right: 2 });
    }
  });

  it('does not chain: a row of pairs that each agree with the next is not one person', () => {
    const chain = Array.from({ length: 19 }, (_, at): Edge => [at, at + 1, 5]);
    const sizes = new Map<number, number>();
    for (const cluster of clustered(chain, 20)) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
    expect(Math.max(...sizes.values())).toBeLessThanOrEqual(3);
  });

  it('one sure pair does not pull in a crowd, however sure', () => {
    const group = (rows: number[]): Edge[] => rows.flatMap((a, at) => rows.slice(at + 1).map((b): Edge => [a, b, 12]));
    const clusters = clustered([...group([0, 1, 2]), ...group([3, 4, 5]), [2, 3, 1000]], 6);
    expect(clusters).toEqual([0, 0, 0, 3, 3, 3]);
  });

  it('joins the best first: a record goes to those it agrees with most', () => {
    expect(
      clustered(
        [
          [0, 1, 9],
          [2, 3, 9],
          [1, 4, 3],
          [0, 4, 3],
          [2, 4, 8],
          [3, 4, 8],
        ],
        5,
      ),
    ).toEqual([0, 0, 2, 2, 2]);
  });

  it('no join at or below the threshold', () => {
    expect(clustered([[0, 1, 0]], 2)).toEqual([0, 1]);
    expect(clustered([[0, 1, 0.25]], 2)).toEqual([0, 0]);
    expect(clustered([[0, 1, 5]], 2, {}, { ...RULE, joinAbove: 6 })).toEqual([0, 1]);
  });

  it('of two files only pairs across count, and records of one file meet through the other', () => {
    expect(
      clustered(
        [
          [0, 2, 6],
          [1, 2, 6],
        ],
        3,
        { boundary: 2 },
      ),
    ).toEqual([0, 0, 0]);
    expect(
      clustered(
        [
          [0, 2, 6],
          [1, 2, 6],
        ],
        3,
      ),
    ).not.toEqual([0, 0, 0]);
  });

  it('no rows, and no pairs: everybody alone', () => {
    expect(clustered([], 0)).toEqual([]);
    expect(clustered([], 3)).toEqual([0, 1, 2]);
  });
});

describe('a record that two people explain equally well', () => {
  const two: Edge[] = [
    [0, 1, 9],
    [2, 3, 9],
  ];
  const to = (first: number, second: number): Edge[] => [
    [0, 4, first],
    [1, 4, first],
    [2, 4, second],
    [3, 4, second],
  ];

  it('is held apart, and both are named', () => {
    const { clusters, ambiguous } = averageLinkage(edgesOf([...two, ...to(5, 5)]), 5, RULE);
    expect([...clusters]).toEqual([0, 0, 2, 2, 4]);
    expect(ambiguous).toHaveLength(1);
    const [row, ...people] = ambiguous[0]!;
    expect(row).toBe(4);
    expect(people.map((one) => clusters[one]).sort()).toEqual([0, 2]);
  });

  it('is not held where one of them is better, or where the two are one', () => {
    expect(clustered([...two, ...to(5, 3)], 5)).toEqual([0, 0, 2, 2, 0]);
    const one: Edge[] = [
      [0, 2, -1],
      [0, 3, -1],
      [1, 2, -1],
      [1, 3, -1],
    ];
    expect(averageLinkage(edgesOf([...two, ...to(5, 5), ...one]), 5, RULE).ambiguous).toEqual([]);
  });

  it('is held too where people have said that the two are not one', () => {
    const { clusters, ambiguous } = averageLinkage(edgesOf([...two, ...to(5, 5)]), 5, RULE, { cannotLink: [[0, 2]] });
    expect(clusters[4]).toBe(4);
    expect(ambiguous).toHaveLength(1);
  });

  it('goes where people have decided all the same', () => {
    expect(clustered([...two, ...to(5, 5)], 5, { mustLink: [[2, 4]] })).toEqual([0, 0, 2, 2, 2]);
  });

  it('is held where each of the two is a single record', () => {
    const { clusters, ambiguous } = averageLinkage(
      edgesOf([
        [0, 2, 5],
        [1, 2, 5],
        [0, 1, -12],
      ]),
      3,
      RULE,
    );
    expect([...clusters]).toEqual([0, 1, 2]);
    expect(ambiguous).toHaveLength(1);
  });
});

describe('an earlier answer', () => {
  const previous = { clusters: Uint32Array.of(0, 0, 0), fallBelow: -2 };
  const triangle = (weight: number): Edge[] => [
    [0, 1, weight],
    [0, 2, weight],
    [1, 2, weight],
  ];

  it('a cluster falls apart lower than it forms', () => {
    expect(clustered(triangle(-0.5), 3)).toEqual([0, 1, 2]);
    expect(clustered(triangle(-0.5), 3, { previous })).toEqual([0, 0, 0]);
    expect(clustered(triangle(-2.5), 3, { previous })).toEqual([0, 1, 2]);
  });

  it('a pair of two stays together down to that too', () => {
    const pair = { clusters: Uint32Array.of(0, 0), fallBelow: -2 };
    expect(clustered([[0, 1, -1.5]], 2, { previous: pair })).toEqual([0, 0]);
    expect(clustered([[0, 1, -2.5]], 2, { previous: pair })).toEqual([0, 1]);
  });

  it('does not keep together what people have parted, nor part what was never together', () => {
    expect(
      clustered(triangle(5), 3, {
        previous,
        cannotLink: [
          [0, 1],
          [0, 2],
        ],
      }),
    ).toEqual([0, 1, 1]);
    expect(clustered(triangle(5), 3, { previous: { clusters: Uint32Array.of(0, 1, 2), fallBelow: -2 } })).toEqual([
      0, 0, 0,
    ]);
  });
});
