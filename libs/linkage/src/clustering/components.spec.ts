import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../training/random-pairs.js';
import { averageLinkage } from './average-linkage.js';
import type { JoinRule } from './join-rule.js';
import { components } from './components.js';
import type { Edges } from './edges.js';
import { Joining } from './joining.js';

const ROWS = 60;

/** With a boundary only pairs across it. */
function drawnEdges(seed: number, boundary: number): Edges {
  const random = seededRandom(seed);
  const edges: [number, number, number][] = [];
  for (let a = 0; a < ROWS; a++)
    for (let b = a + 1; b < ROWS; b++)
      if (random() < 0.08 && (boundary === 0 || a < boundary !== b < boundary)) edges.push([a, b, random() * 24 - 14]);
  return {
    left: edges.map(([a]) => a),
    right: edges.map(([, b]) => b),
    weight: edges.map(([, , bits]) => bits),
    count: edges.length,
  };
}

describe('leaving out what cannot join', () => {
  it.each([-3, -1, 0, 2.5])('changes no cluster and nothing ambiguous where clusters join above %d', (joinAbove) => {
    const rule: JoinRule = { joinAbove, lonePair: -1, unknown: -8, most: 10 };
    for (let seed = 1; seed <= 200; seed++) {
      for (const boundary of [0, 25]) {
        const edges = drawnEdges(seed, boundary);
        const all = new Joining(edges, ROWS, rule, boundary);
        all.run();
        const { clusters, ambiguous } = averageLinkage(edges, ROWS, rule, { boundary });
        expect([...clusters]).toEqual([...all.numbered()]);
        // Which row of a cluster stands for it is no matter.
        const told = (found: typeof ambiguous): number[][] =>
          found.map(([row, ...rivals]) => [row, ...rivals.map((rival) => clusters[rival]!).sort((a, b) => a - b)]);
        expect(told(ambiguous)).toEqual(told(all.ambiguous));
      }
    }
  });

  it('keeps weak edges between rows that strong ones, or ties, connect, and says which edges stand alone', () => {
    const edges: Edges = { left: [0, 1, 0, 3, 4], right: [1, 2, 2, 4, 5], weight: [5, 5, -6, 5, -6], count: 5 };
    const weights = ({ weight }: Edges): number[] => Array.from(weight);
    const plain = components(edges, 6, 0, [], []);
    expect([weights(plain.within), weights(plain.lone)]).toEqual([[5, 5, -6], [5]]);
    expect(weights(components(edges, 6, 0, [[3, 5]], []).within)).toEqual([5, 5, -6, 5, -6]);
    expect(weights(components(edges, 6, 0, [], [4]).within)).toEqual([5, 5, -6, 5]);
  });

  it('obeys decisions about two records that nothing else is like', () => {
    const edges: Edges = { left: [0, 2], right: [1, 3], weight: [5, 5], count: 2 };
    const rule: JoinRule = { joinAbove: 0, lonePair: -1, unknown: -8, most: 10 };
    expect([...averageLinkage(edges, 4, rule, { cannotLink: [[0, 1]] }).clusters]).toEqual([0, 1, 2, 2]);
    expect([...averageLinkage(edges, 4, rule, { heldApart: [[2, 3]] }).clusters]).toEqual([0, 0, 2, 3]);
    expect([...averageLinkage(edges, 4, rule, { mustLink: [[1, 2]] }).clusters]).toEqual([0, 1, 1, 3]);
  });
});
