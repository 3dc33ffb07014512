import type { PairList } from './candidates.js';

/** Two clusters of more pairs than this are not compared throughout: one link between crowds proves little. */
const MOST_PAIRS = 400;

/**
 * Pairs that blocking did not bring together but a first clustering does: records of one cluster, and of two clusters
 * that some pair above `above` bits connects. @returns the pairs that are not among `pairs` yet
 */
export function friendsOfFriends(
  pairs: PairList,
  weight: ArrayLike<number>,
  clusters: Uint32Array,
  above: number,
  across: (i: number, j: number) => boolean,
): PairList {
  const rows = clusters.length;
  const members = new Map<number, number[]>();
  clusters.forEach((cluster, row) => {
    const known = members.get(cluster);
    if (known) known.push(row);
    else members.set(cluster, [row]);
  });
  const touching = new Set<number>();
  for (let k = 0; k < pairs.count; k++) {
    const [a, b] = [clusters[pairs.left[k]!]!, clusters[pairs.right[k]!]!];
    if (a !== b && weight[k]! > above) touching.add(Math.min(a, b) * rows + Math.max(a, b));
  }
  const extra = new GrowingPairs();
  for (const group of members.values()) {
    for (let x = 0; x < group.length; x++) for (let y = x + 1; y < group.length; y++) extra.push(group[x]!, group[y]!);
  }
  for (const key of touching) {
    const [p, q] = [members.get(Math.floor(key / rows))!, members.get(key % rows)!];
    if (p.length === 1 && q.length === 1) continue;
    if (p.length * q.length > MOST_PAIRS) continue;
    for (const x of p) for (const y of q) extra.push(Math.min(x, y), Math.max(x, y));
  }
  return newOnes(pairs, extra, rows, across);
}

class GrowingPairs {
  left = new Uint32Array(1 << 12);
  right = new Uint32Array(1 << 12);
  count = 0;

  push(x: number, y: number): void {
    if (this.count === this.left.length) {
      const [left, right] = [new Uint32Array(this.count * 2), new Uint32Array(this.count * 2)];
      left.set(this.left);
      right.set(this.right);
      this.left = left;
      this.right = right;
    }
    this.left[this.count] = x;
    this.right[this.count++] = y;
  }
}

function newOnes(
  pairs: PairList,
  extra: GrowingPairs,
  rows: number,
  across: (i: number, j: number) => boolean,
): PairList {
  const known = byLeft(pairs, rows);
  const wanted = byLeft(extra, rows);
  const seen = new Uint32Array(rows);
  const made = new GrowingPairs();
  for (let i = 0; i < rows; i++) {
    if (wanted.start[i] === wanted.start[i + 1]) continue;
    for (let at = known.start[i]!; at < known.start[i + 1]!; at++) seen[known.right[at]!] = i + 1;
    for (let at = wanted.start[i]!; at < wanted.start[i + 1]!; at++) {
      const j = wanted.right[at]!;
      if (seen[j] === i + 1 || !across(i, j)) continue;
      seen[j] = i + 1;
      made.push(i, j);
    }
  }
  return { left: made.left.slice(0, made.count), right: made.right.slice(0, made.count), count: made.count };
}

/** The right rows of each left row. */
export function byLeft({ left, right, count }: PairList, rows: number): { start: Uint32Array; right: Uint32Array } {
  const start = new Uint32Array(rows + 1);
  for (let k = 0; k < count; k++) start[left[k]! + 1]!++;
  for (let row = 0; row < rows; row++) start[row + 1]! += start[row]!;
  const fill = start.slice(0, rows);
  const sorted = new Uint32Array(count);
  for (let k = 0; k < count; k++) sorted[fill[left[k]!]!++] = right[k]!;
  return { start, right: sorted };
}

export function joined(a: PairList, b: PairList): PairList {
  const left = new Uint32Array(a.count + b.count);
  const right = new Uint32Array(a.count + b.count);
  left.set(a.left.subarray(0, a.count));
  right.set(a.right.subarray(0, a.count));
  left.set(b.left, a.count);
  right.set(b.right, a.count);
  return { left, right, count: a.count + b.count };
}
