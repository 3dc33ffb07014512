import type { PairList } from '../blocking/candidates.js';
import type { ScoredPairs } from './link-request.js';

/** The pairs at or above `keep` bits, ordered by left row, then right. */
export function keptPairs({ left, right, count }: PairList, weight: ArrayLike<number>, keep: number, rows: number): ScoredPairs {
  const start = new Uint32Array(rows + 1);
  let kept = 0;
  for (let k = 0; k < count; k++) {
    if (weight[k]! < keep) continue;
    start[left[k]! + 1]!++;
    kept++;
  }
  for (let row = 0; row < rows; row++) start[row + 1]! += start[row]!;
  const order = new Uint32Array(kept);
  const fill = start.slice(0, rows);
  for (let k = 0; k < count; k++) if (weight[k]! >= keep) order[fill[left[k]!]!++] = k;
  for (let row = 0; row < rows; row++) {
    const [from, to] = [start[row]!, start[row + 1]!];
    if (to - from > 1) order.subarray(from, to).sort((x, y) => right[x]! - right[y]!);
  }
  return {
    left: Uint32Array.from(order, (k) => left[k]!),
    right: Uint32Array.from(order, (k) => right[k]!),
    weight: Float64Array.from(order, (k) => weight[k]!),
  };
}
