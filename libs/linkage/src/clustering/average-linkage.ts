import { components } from './components.js';
import type { Edges } from './edges.js';
import type { JoinRule } from './join-rule.js';
import { EQUALLY_GOOD, Joining } from './joining.js';

export type { Edges };

export interface Constraints {
  /** Pairs of rows that people have said are one, or are not. */
  mustLink?: readonly (readonly [number, number])[];
  cannotLink?: readonly (readonly [number, number])[];
  /** Pairs the machine itself holds apart (twins); people's word goes before it. */
  heldApart?: readonly (readonly [number, number])[];
  /** Rows before this are one file's, the rest another's, and only pairs across were compared; 0 for one file. */
  boundary?: number;
  /** An earlier answer: a cluster of it stays while it would not fall apart at `fallBelow`, lower than it would form at. */
  previous?: { clusters: Uint32Array; fallBelow: number };
}

export interface Clustering {
  /** Per row the lowest row of its cluster. */
  clusters: Uint32Array;
  /** Rows held apart: two clusters that are not one explain them about equally well. [row, a row of each]. */
  ambiguous: [number, number, number][];
}

/**
 * Agglomerative clustering by average linkage on match weights (R. Sokal, C. Michener, 1958): the two clusters whose
 * records agree best on average are joined first. Chains do not form, since every record is weighed against every other
 * of the cluster it would join. People's decisions are obeyed whatever the weights.
 * @throws DecisionsConflict when decisions contradict each other
 */
export function averageLinkage(edges: Edges, rows: number, rule: JoinRule, constraints: Constraints = {}): Clustering {
  const { mustLink = [], cannotLink = [], heldApart = [], previous, boundary = 0 } = constraints;
  const before = previous === undefined ? [] : [...together(previous.clusters)];
  const { lone, within } = components(
    edges,
    rows,
    rule.joinAbove - EQUALLY_GOOD,
    [...mustLink, ...before],
    [...mustLink, ...cannotLink, ...heldApart, ...before].flat(),
  );
  const join = new Joining(within, rows, rule, boundary);
  for (const [a, b] of mustLink) join.force(a, b);
  for (const [a, b] of cannotLink) join.forbid(a, b);
  for (const [a, b] of heldApart) join.forbid(a, b, true);
  if (previous) keepTogether(join, within, rows, rule, previous, boundary);
  join.run();
  const clusters = join.numbered();
  joinLone(clusters, lone, rule);
  return { clusters, ambiguous: join.ambiguous };
}

/** Two records that nothing else is like: the pair itself decides. */
function joinLone(
  clusters: Uint32Array,
  { left, right, weight, count }: Edges,
  { joinAbove, lonePair }: JoinRule,
): void {
  for (let k = 0; k < count; k++) {
    if (!(weight[k]! > joinAbove && weight[k]! > lonePair)) continue;
    clusters[Math.max(left[k]!, right[k]!)] = Math.min(left[k]!, right[k]!);
  }
}

/** Each row of a cluster with the first of it. */
function* together(clusters: Uint32Array): Generator<[number, number]> {
  for (let row = 0; row < clusters.length; row++) if (clusters[row] !== row) yield [clusters[row]!, row];
}

/** Joins first what was together before and does not fall apart. */
function keepTogether(
  join: Joining,
  edges: Edges,
  rows: number,
  rule: JoinRule,
  previous: NonNullable<Constraints['previous']>,
  boundary: number,
): void {
  const within: { left: number[]; right: number[]; weight: number[] } = { left: [], right: [], weight: [] };
  for (let k = 0; k < edges.count; k++) {
    const [a, b] = [edges.left[k]!, edges.right[k]!];
    if (previous.clusters[a] !== previous.clusters[b]) continue;
    within.left.push(a);
    within.right.push(b);
    within.weight.push(edges.weight[k]!);
  }
  const lower = { ...rule, joinAbove: previous.fallBelow, lonePair: previous.fallBelow };
  const { clusters } = averageLinkage({ ...within, count: within.left.length }, rows, lower, { boundary });
  clusters.forEach((first, row) => {
    if (first !== row) join.force(first, row, true);
  });
}
