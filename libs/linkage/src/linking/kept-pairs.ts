import type { PairList } from '../blocking/candidates.js';
import type { ScoredPairs } from './link-request.js';

/** The pairs at or above `keep` bits. */
export function keptPairs({ left, right, count }: PairList, weight: ArrayLike<number>, keep: number): ScoredPairs {
  let kept = 0;
  for (let k = 0; k < count; k++) if (weight[k]! >= keep) kept++;
  const pairs = { left: new Uint32Array(kept), right: new Uint32Array(kept), weight: new Float64Array(kept) };
  for (let k = 0, at = 0; k < count; k++) {
    if (!(weight[k]! >= keep)) continue;
    pairs.left[at] = left[k]!;
    pairs.right[at] = right[k]!;
    pairs.weight[at++] = weight[k]!;
  }
  return pairs;
}
