import { emptyRoot, nodeHash, HASH_BYTES } from '../hashing/hash.js';

const half = (n: number): number => Math.floor(n / 2);
const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const areHashes = (...hashes: Uint8Array[]): boolean => hashes.every((hash) => hash.length === HASH_BYTES);
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/**
 * Whether `proof` shows that the entry with `leafHash` stands at `index` in the tree of `size` with `root`
 * (RFC 9162 §2.1.3.2). Never throws: nonsense is simply not a proof.
 */
export function verifyInclusion(
  leafHash: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes(leafHash, root, ...proof)) return false;
  let [node, last] = [index, size - 1];
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      // A last node without a sibling rises unhashed until it is a right child.
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && same(hash, root);
}

/**
 * Whether `proof` shows that the tree of `oldSize` with `oldRoot` is the beginning of the tree of `newSize` with
 * `newRoot` (RFC 9162 §2.1.4.2). The empty tree begins every tree: it needs its own root and no proof. Never throws.
 */
export function verifyConsistency(
  oldSize: number,
  newSize: number,
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize || !areHashes(oldRoot, newRoot, ...proof))
    return false;
  if (oldSize === 0) return proof.length === 0 && same(oldRoot, emptyRoot()) && (newSize > 0 || same(newRoot, oldRoot));
  if (oldSize === newSize) return proof.length === 0 && same(oldRoot, newRoot);
  return foldsToBoth(oldSize, newSize, oldRoot, newRoot, proof);
}

function foldsToBoth(
  oldSize: number,
  newSize: number,
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  let [node, last] = [oldSize - 1, newSize - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  // node = 0 here: the old tree is a perfect one, so its root itself is the first hash.
  const [start, ...rest] = node === 0 ? [oldRoot, ...proof] : proof;
  if (!start) return false;
  let [older, newer]: [Uint8Array, Uint8Array] = [start, start];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newer = nodeHash(newer, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && same(older, oldRoot) && same(newer, newRoot);
}
