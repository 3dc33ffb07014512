import type { PairList } from '../blocking/candidates.js';
import type { ScoredPairs } from './link-request.js';

/** The pairs at or above `keep` bits. */
export function keptPairs({ left, right, count }: PairList, weight: ArrayLike<number>, keep: number): ScoredPairs {
  const kept = Uint32Array.from({ length: count }, (_, k) => k).filter((k) => weight[k]! >= keep);
  return {
    left: kept.map((k) => left[k]!),
    right: kept.map((k) => right[k]!),
    weight: Float64Array.from(kept, (k) => weight[k]!),
  };
}
