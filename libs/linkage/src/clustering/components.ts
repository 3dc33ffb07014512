import type { Edges } from './edges.js';

/**
 * The edges within groups of rows that edges of at least `least` (and `ties`, pairs of rows) connect. Between two groups
 * no edge weighs as much, so neither does any mean: nothing there can join, and need not be looked at.
 */
export function withinComponents(
  { left, right, weight, count }: Edges,
  rows: number,
  least: number,
  ties: Iterable<readonly [number, number]>,
): Edges {
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
  const kept = new Uint32Array(count);
  let within = 0;
  for (let k = 0; k < count; k++) if (root(left[k]!) === root(right[k]!)) kept[within++] = k;
  const take = <T extends Uint32Array | Float64Array>(made: T, from: ArrayLike<number>): T => {
    for (let at = 0; at < within; at++) made[at] = from[kept[at]!]!;
    return made;
  };
  return {
    left: take(new Uint32Array(within), left),
    right: take(new Uint32Array(within), right),
    weight: take(new Float64Array(within), weight),
    count: within,
  };
}
