import { parseSize, requireIndex, splitPoint } from './size.js';
import { LedgerError } from '../errors.js';

/** Leaves `from` (included) to `to` (excluded). Every range named here is a subtree of the log. */
export interface Range {
  from: number;
  to: number;
}

/**
 * The subtrees whose hashes make up the inclusion proof of one entry, from its sibling up to the root's child
 * (PATH of RFC 9162 §2.1.3.1).
 */
export function inclusionRanges(index: number, treeSize: number): Range[] {
  const size = parseSize(treeSize);
  requireIndex(index, size);
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  return ranges.reverse();
}

/**
 * The subtrees whose hashes prove that a tree of size `a` is the beginning of one of size `b`
 * (SUBPROOF of RFC 9162 §2.1.4.1). Nothing for a = 0 or a = b. Throws `size_invalid` when a > b.
 */
export function consistencyRanges(a: number, b: number): Range[] {
  parseSize(a);
  parseSize(b);
  if (a > b) throw new LedgerError('size_invalid', `a log of ${b} entries cannot hold an older one of ${a}`);
  if (a === 0 || a === b) return [];
  const ranges: Range[] = [];
  let [from, to] = [0, b];
  while (a !== to) {
    const middle = from + splitPoint(to - from);
    if (a <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  // Where the old tree is one whole left subtree, the verifier knows its hash: it is the old root.
  if (from > 0) ranges.push({ from, to });
  return ranges.reverse();
}
