import type { PairList } from '../blocking/candidates.js';
import type { Clustering } from '../clustering/average-linkage.js';
import type { Decided } from '../training/decisions.js';
import type { Ordered } from './canonical-order.js';
import type { LinkRequest, LinkResult, PairDecisions, ScoredPairs } from './link-request.js';

/** What a request says of rows, in the engine's own order of them. */
export function inOrder(
  request: Pick<LinkRequest, 'decisions' | 'previous'>,
  { from, to }: Ordered,
): { decisions: PairDecisions; previous?: Uint32Array } {
  const moved = (pairs: readonly (readonly [number, number])[]): [number, number][] =>
    pairs
      .map(([a, b]): [number, number] => [Math.min(to[a]!, to[b]!), Math.max(to[a]!, to[b]!)])
      .sort(([a, b], [c, d]) => a - c || b - d);
  const { decisions, previous } = request;
  const ordered = {
    decisions: { mustLink: moved(decisions?.mustLink ?? []), cannotLink: moved(decisions?.cannotLink ?? []) },
  };
  if (previous === undefined) return ordered;
  const clusters = Uint32Array.from(from, (row) => previous[row]!);
  return { ...ordered, previous: clusters };
}

/** Decisions as labelled pairs. */
export function decidedPairs({ mustLink, cannotLink }: PairDecisions): Decided {
  const all = [...mustLink.map((pair) => ({ pair, is: 1 })), ...cannotLink.map((pair) => ({ pair, is: 0 }))];
  // Folds take every fifth: an order by rows mixes the two kinds.
  all.sort((x, y) => x.pair[0] - y.pair[0] || x.pair[1] - y.pair[1]);
  const pairs: PairList = {
    left: Uint32Array.from(all, ({ pair }) => pair[0]),
    right: Uint32Array.from(all, ({ pair }) => pair[1]),
    count: all.length,
  };
  return { pairs, isMatch: Uint8Array.from(all, ({ is }) => is) };
}

/** The answer in the order of the rows as they were given. */
export function outOfOrder(
  pairs: ScoredPairs,
  { clusters, ambiguous }: Clustering,
  { from, to }: Ordered,
): Pick<LinkResult, 'pairs' | 'clusters' | 'ambiguous'> {
  const count = pairs.left.length;
  const left = new Uint32Array(count);
  const right = new Uint32Array(count);
  for (let k = 0; k < count; k++) {
    const [a, b] = [from[pairs.left[k]!]!, from[pairs.right[k]!]!];
    left[k] = Math.min(a, b);
    right[k] = Math.max(a, b);
  }
  // A crowd's rows that were left out are where the first of it is.
  const lowest = new Int32Array(from.length).fill(-1);
  const numbered = new Uint32Array(to.length);
  for (let row = 0; row < to.length; row++) {
    const cluster = clusters[to[row]!]!;
    if (lowest[cluster] === -1) lowest[cluster] = row;
    numbered[row] = lowest[cluster]!;
  }
  return {
    pairs: byRows({ left, right, weight: pairs.weight }, to.length),
    clusters: numbered,
    ambiguous: ambiguous
      .map(([row, one, other]): [number, number, number] => [from[row]!, from[one]!, from[other]!])
      .sort((x, y) => x[0] - y[0]),
  };
}

function byRows({ left, right, weight }: ScoredPairs, rows: number): ScoredPairs {
  let order = new Uint32Array(left.length);
  for (let k = 0; k < order.length; k++) order[k] = k;
  for (const keys of [right, left]) {
    const start = new Uint32Array(rows + 1);
    for (let at = 0; at < keys.length; at++) start[keys[at]! + 1]!++;
    for (let row = 0; row < rows; row++) start[row + 1]! += start[row]!;
    const next = new Uint32Array(order.length);
    for (let at = 0; at < order.length; at++) next[start[keys[order[at]!]!]!++] = order[at]!;
    order = next;
  }
  const sorted = {
    left: new Uint32Array(order.length),
    right: new Uint32Array(order.length),
    weight: new Float64Array(order.length),
  };
  for (let at = 0; at < order.length; at++) {
    const k = order[at]!;
    sorted.left[at] = left[k]!;
    sorted.right[at] = right[k]!;
    sorted.weight[at] = weight[k]!;
  }
  return sorted;
}
