import type { Column } from '../linking/table.js';
import type { PairList } from './candidates.js';

/** Of a crowd of equal rows each is paired with so many of the first. */
const MOST = 100;

/**
 * Pairs of rows that are the same in every column. Where there are more of them than a block may hold no rule finds
 * them, since there is nothing to divide them by. In: compared columns; groups of at most `small` rows are left to rules.
 */
export function equalRows(columns: readonly Column[], rows: number, boundary: number, small: number): PairList {
  const groups = new Map<string, number[]>();
  const hashes = new Uint32Array(rows);
  for (const { codes } of columns) {
    for (let row = 0; row < rows; row++)
      hashes[row] = Math.imul(hashes[row]! ^ codes[row]!, 0x9e3779b1) ^ (hashes[row]! >>> 15);
  }
  const bits = Math.max(4, Math.ceil(Math.log2(rows + 1)));
  const counts = new Uint32Array(1 << bits);
  for (let row = 0; row < rows; row++) counts[hashes[row]! >>> (32 - bits)]!++;
  for (let row = 0; row < rows; row++) {
    if (counts[hashes[row]! >>> (32 - bits)]! <= small) continue;
    const key = columns.map(({ codes }) => codes[row]!).join();
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  const left: number[] = [];
  const right: number[] = [];
  const nothing = columns.map(() => 0).join();
  for (const [key, group] of groups) {
    if (group.length <= small || key === nothing) continue;
    group.forEach((row, at) => {
      for (const first of group.slice(0, Math.min(at, MOST))) {
        if (boundary > 0 && first < boundary === row < boundary) continue;
        left.push(first);
        right.push(row);
      }
    });
  }
  return { left: Uint32Array.from(left), right: Uint32Array.from(right), count: left.length };
}
