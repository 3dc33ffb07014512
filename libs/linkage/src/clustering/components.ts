import type { Edges } from './edges.js';

export interface Components {
  /** Edges between two rows that nothing else connects. */
  lone: Edges;
  /** Edges within larger groups. */
  within: Edges;
}

/**
 * The edges within groups of rows that edges of at least `least` (and `ties`, pairs of rows) connect. Between two groups
 * no edge weighs as much, so neither does any mean: nothing there can join, and need not be looked at.
 * @param special rows about which more is to be said than their edges say: none of theirs is a lone edge
 */
export function components(
  edges: Edges,
  rows: number,
  least: number,
  ties: Iterable<readonly [number, number]>,
  special: Iterable<number>,
): Components {
  const { left, right, weight, count } = edges;
  const parent = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) parent[row] = row;
  const root = (row: number): number => {
    while (parent[row] !== row) {
      parent[row] = parent[parent[row]!]!;
      row = parent[row]!;
    }
    return row;
  };
  const tie = (a: number, b: number): void => {
    const [x, y] = [root(a), root(b)];
    if (x < y) parent[y] = x;
    else parent[x] = y;
  };
  for (let k = 0; k < count; k++) if (weight[k]! >= least) tie(left[k]!, right[k]!);
  for (const [a, b] of ties) tie(a, b);
  const size = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) size[root(row)]!++;
  for (const row of special) size[root(row)]! += 2;
  const lone = new Uint32Array(count);
  const kept = new Uint32Array(count);
  let [alone, within] = [0, 0];
  for (let k = 0; k < count; k++) {
    const of = root(left[k]!);
    if (of !== root(right[k]!)) continue;
    if (size[of] === 2) lone[alone++] = k;
    else kept[within++] = k;
  }
  return { lone: taken(edges, lone, alone), within: taken(edges, kept, within) };
}

function taken({ left, right, weight }: Edges, places: Uint32Array, count: number): Edges {
  const take = <T extends Uint32Array | Float64Array>(made: T, from: ArrayLike<number>): T => {
    for (let at = 0; at < count; at++) made[at] = from[places[at]!]!;
    return made;
  };
  return {
    left: take(new Uint32Array(count), left),
    right: take(new Uint32Array(count), right),
    weight: take(new Float64Array(count), weight),
    count,
  };
}
