import type { LinkResult } from '#linkage';
import type { IdPairs, IdSpace } from './id-pairs.js';
import { Groups } from './groups.js';

/** Shares from 0 to 1, to five places. */
export interface Shares {
  precision: number;
  recall: number;
  f1: number;
}

/**
 * Holds a result against the truth. A pair is good when the truth joins its rows, directly or over others; how many true
 * pairs there are is the number of lines of the truth file, which is to hold them all. Of two linked files only pairs across count.
 */
export function accuracyOf(
  { pairs, clusters, threshold }: Pick<LinkResult, 'pairs' | 'clusters' | 'threshold'>,
  truth: Pick<IdPairs, 'left' | 'right'>,
  { rows, leftRows, type }: Omit<IdSpace, 'ids'>,
): { pairs: Shares; clusters: Shares } {
  const groups = new Groups(rows);
  for (let i = 0; i < truth.left.length; i++) groups.join(truth.left[i]!, truth.right[i]!);
  const across = type === 'link' ? leftRows : rows;
  const wanted = truth.left.length;
  let said = 0;
  let good = 0;
  for (let i = 0; i < pairs.left.length; i++) {
    if (pairs.weight[i]! < threshold) continue;
    said++;
    if (groups.of(pairs.left[i]!) === groups.of(pairs.right[i]!)) good++;
  }
  const inClusters = pairsWithin(rows, across, (row) => clusters[row]!);
  const goodInClusters = pairsWithin(rows, across, (row) => clusters[row]! * rows + groups.of(row));
  return { pairs: shares(good, said, wanted), clusters: shares(goodInClusters, inClusters, wanted) };
}

function shares(good: number, said: number, wanted: number): Shares {
  const rounded = (value: number) => Math.round(value * 1e5) / 1e5;
  return {
    precision: rounded(good / Math.max(said, 1)),
    recall: rounded(good / Math.max(wanted, 1)),
    f1: rounded((2 * good) / Math.max(said + wanted, 1)),
  };
}

/** Pairs of rows of one group; of two files (`across` < rows) only those with a row in each. */
function pairsWithin(rows: number, across: number, groupOf: (row: number) => number): number {
  const left = new Map<number, number>();
  const right = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const side = row < across ? left : right;
    const group = groupOf(row);
    side.set(group, (side.get(group) ?? 0) + 1);
  }
  let pairs = 0;
  if (across === rows) for (const n of left.values()) pairs += (n * (n - 1)) / 2;
  else for (const [group, n] of left) pairs += n * (right.get(group) ?? 0);
  return pairs;
}
