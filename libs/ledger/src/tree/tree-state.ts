import { emptyRoot, nodeHash, requireHash } from '../hashing/hash.js';
import { LedgerError } from '../errors.js';
import { parseSize } from './size.js';

/**
 * A growing Merkle tree kept as its right edge (a "compact range"): the roots of the perfect subtrees that the size's
 * binary digits name, largest first. At most 53 hashes, so whoever appends needs no tile to know the next root.
 */
export class TreeState {
  private constructor(
    private entries: number,
    private readonly subtrees: Buffer[],
  ) {}

  static empty(): TreeState {
    return new TreeState(0, []);
  }

  /** A state saved before as `size` and `edge()`. Throws `edge_invalid` when they cannot belong together. */
  static from(size: bigint | number, rightEdge: readonly Uint8Array[]): TreeState {
    const entries = parseSize(size);
    if (rightEdge.length !== onesIn(entries)) {
      throw new LedgerError(
        'edge_invalid',
        `a tree of ${entries} has ${onesIn(entries)} subtrees, not ${rightEdge.length}`,
      );
    }
    rightEdge.forEach(requireHash);
    return new TreeState(
      entries,
      rightEdge.map((hash) => Buffer.from(hash)),
    );
  }

  /** Number of entries. */
  get size(): number {
    return this.entries;
  }

  /** Appends entries by their leaf hashes, in order. */
  append(leafHashes: readonly Uint8Array[]): void {
    leafHashes.forEach(requireHash);
    parseSize(this.entries + leafHashes.length);
    for (const leaf of leafHashes) this.appendOne(Buffer.from(leaf));
  }

  /** Root hash of the tree as it stands (RFC 9162 §2.1.1). */
  root(): Buffer {
    if (this.entries === 0) return emptyRoot();
    return this.edge().reduceRight((right, left) => nodeHash(left, right));
  }

  /** The right edge, largest subtree first: with `size` all that `from` needs. */
  edge(): Buffer[] {
    return this.subtrees.map((hash) => Buffer.from(hash));
  }

  private appendOne(leaf: Buffer): void {
    let subtree = leaf;
    // Every trailing one of the size is a subtree as large as the new one: they pair, as in a binary carry.
    for (let rest = this.entries; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      subtree = nodeHash(this.subtrees.pop() as Buffer, subtree);
    }
    this.subtrees.push(subtree);
    this.entries += 1;
  }
}

/** Root over leaf hashes; `null`-free shorthand for tiles and rows. Empty input gives the empty root. */
export function rootOf(leafHashes: readonly Uint8Array[]): Buffer {
  const tree = TreeState.empty();
  tree.append(leafHashes);
  return tree.root();
}

function onesIn(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
