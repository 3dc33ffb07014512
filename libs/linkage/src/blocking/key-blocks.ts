import { rowNumbers } from '../fields/row-numbers.js';
import type { Atom } from '../fields/field.js';

/** Records that share every atom of a rule meet in a block. */
export interface KeyBlocks {
  rule: readonly Atom[];
  /** Keys a row may have: 2 when an atom of the rule has two values. Entry `row * width + v` is its v-th key. */
  width: number;
  /** Per entry the key's hash; 0 where the record has none, or where its block is too large to look at. */
  hashes: Uint32Array;
  /** Entries by bucket, ascending within one; a bucket may hold more than one key, so hashes are to be compared. */
  start: Uint32Array;
  members: Uint32Array;
  shift: number;
}

/** In: a rule's atoms and the most records a block may have. */
export function keyBlocks(rule: readonly Atom[], rows: number, cap: number): KeyBlocks {
  const width = rule.some(({ more }) => more !== undefined) ? 2 : 1;
  const hashes = hashesOf(rule, rows, width);
  const entries = rows * width;
  const bits = Math.max(4, Math.ceil(Math.log2(entries + 1)) + 1);
  const shift = 32 - bits;
  const start = rowNumbers((1 << bits) + 1);
  for (let entry = 0; entry < entries; entry++) if (hashes[entry] !== 0) start[(hashes[entry]! >>> shift) + 1]!++;
  for (let at = 1; at < start.length; at++) start[at]! += start[at - 1]!;
  const fill = Uint32Array.from(start.subarray(0, -1));
  const members = rowNumbers(start[start.length - 1]!);
  for (let entry = 0; entry < entries; entry++)
    if (hashes[entry] !== 0) members[fill[hashes[entry]! >>> shift]!++] = entry;
  dropLargeBlocks(hashes, start, members, cap);
  return { rule, width, hashes, start, members, shift };
}

function dropLargeBlocks(hashes: Uint32Array, start: Uint32Array, members: Uint32Array, cap: number): void {
  const large = new Map<number, number>();
  for (let bucket = 0; bucket + 1 < start.length; bucket++) {
    const [from, to] = [start[bucket]!, start[bucket + 1]!];
    if (to - from <= cap) continue;
    large.clear();
    for (let at = from; at < to; at++) {
      const hash = hashes[members[at]!]!;
      large.set(hash, (large.get(hash) ?? 0) + 1);
    }
    for (let at = from; at < to; at++) if (large.get(hashes[members[at]!]!)! > cap) hashes[members[at]!] = 0;
  }
}

function hashesOf(rule: readonly Atom[], rows: number, width: number): Uint32Array {
  const hashes = rowNumbers(rows * width);
  for (let v = 0; v < width; v++) {
    const columns = rule.map(({ codes, more }) => (v === 1 && more !== undefined ? more : codes));
    for (let row = 0; row < rows; row++) {
      let hash = 0x2545f491;
      for (const codes of columns) {
        const code = codes[row]!;
        if (code === 0) {
          hash = 0;
          break;
        }
        hash = Math.imul(hash ^ code, 0x9e3779b1);
        hash ^= hash >>> 15;
      }
      if (hash === 0) continue;
      hash = Math.imul(hash, 0x85ebca6b);
      hashes[row * width + v] = (hash ^ (hash >>> 13)) >>> 0 || 1;
    }
  }
  return hashes;
}
