import { leafHash } from '../hashing/hash.js';
import { verifyInclusion } from '../tree/checking.js';
import { inclusionRanges } from '../tree/ranges.js';
import { rootOf } from '../tree/tree-state.js';

/**
 * Merkle root over the rows or item decisions of a bulk act, for an entry's `commit` (as hex), so that any one of them
 * can be proved later. Same hashing as the log. A row that could be guessed must hold its own salt (`commitTo`): its
 * neighbours' hashes are shown in proofs.
 */
export function rowsRoot(leaves: readonly Uint8Array[]): Buffer {
  return rootOf(leaves.map(leafHash));
}

/** Proof that the row at `index` (from 0) is one of these. Throws `index_out_of_range`. */
export function rowProof(leaves: readonly Uint8Array[], index: number): Buffer[] {
  const hashes = leaves.map(leafHash);
  return inclusionRanges(index, leaves.length).map(({ from, to }) => rootOf(hashes.slice(from, to)));
}

/** Whether the row stood at `index` among `count` rows with this root. */
export function verifyRow(
  row: Uint8Array,
  index: number,
  count: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  return verifyInclusion(leafHash(row), index, count, proof, root);
}
