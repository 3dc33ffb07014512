import { rowNumbers } from '../fields/row-numbers.js';
import type { Column, Table } from './table.js';

/** A table whose rows stand in an order that depends on nothing but what is in them. */
export interface Ordered {
  table: Table;
  leftRows: number;
  /** Per row of the ordered table its row before, and the reverse: a row of a crowd goes where the first of it went. */
  from: Uint32Array;
  to: Uint32Array;
  /** Rows left out because a crowd of equal ones is in: their person is that of the row `to` gives. */
  leftOut: Uint32Array;
}

/**
 * Puts rows (and distinct values) in an order of their own, so that samples, ties and sums come out the same whatever
 * order a file's rows, or two files, are given in. Of more than a hundred rows that are equal in everything a hundred
 * stand for all, but those that people have decided on. In: rows before `leftRows` are one file's, the rest another's.
 */
export function canonicalOrder(table: Table, leftRows: number, decided: ReadonlySet<number> = new Set()): Ordered {
  const { rows, columns } = table;
  const [first, second] = rowHashes(columns, rows);
  const alike = (x: number, y: number): boolean =>
    first[x] === first[y] && second[x] === second[y] && columns.every(({ codes }) => codes[x] === codes[y]);
  const left = thinned(sorted(0, leftRows, first, second), alike, decided);
  const right = thinned(sorted(leftRows, rows, first, second), alike, decided);
  const swap = right.kept.length > 0 && sumOf(right.kept, first) < sumOf(left.kept, first);
  const [one, other] = swap ? [right, left] : [left, right];
  const from = new Uint32Array(one.kept.length + other.kept.length);
  from.set(one.kept, 0);
  from.set(other.kept, one.kept.length);
  const to = new Uint32Array(rows);
  from.forEach((row, at) => (to[row] = at));
  const out = [...one.out, ...other.out];
  for (const { row, as } of out) to[row] = to[as]!;
  return {
    table: { rows: from.length, columns: columns.map((column) => reordered(column, from)) },
    leftRows: one.kept.length,
    from,
    to,
    leftOut: Uint32Array.from(out, ({ row }) => row),
  };
}

/** Equal rows beyond this many say nothing that these do not. */
const CROWD = 100;

function thinned(
  order: Uint32Array,
  alike: (x: number, y: number) => boolean,
  decided: ReadonlySet<number>,
): { kept: Uint32Array; out: { row: number; as: number }[] } {
  const kept: number[] = [];
  const out: { row: number; as: number }[] = [];
  let first = -1;
  let size = 0;
  for (const row of order) {
    if (first === -1 || !alike(first, row)) {
      first = row;
      size = 0;
    }
    if (++size > CROWD && !decided.has(row)) out.push({ row, as: first });
    else kept.push(row);
  }
  return { kept: Uint32Array.from(kept), out };
}

function reordered({ name, values, codes }: Column, from: Uint32Array): Column {
  const recoded = new Uint32Array(values.length);
  const known: string[] = [''];
  const made = rowNumbers(from.length);
  for (let row = 0; row < from.length; row++) {
    const code = codes[from[row]!]!;
    if (code === 0) continue;
    let now = recoded[code]!;
    if (now === 0) {
      now = recoded[code] = known.length;
      known.push(values[code]!);
    }
    made[row] = now;
  }
  return { name, values: known, codes: made };
}

/** Two 32-bit hashes of each row's texts. */
function rowHashes(columns: readonly Column[], rows: number): [Uint32Array, Uint32Array] {
  const [first, second] = [new Uint32Array(rows), new Uint32Array(rows)];
  for (const { values, codes } of columns) {
    const [a, b] = [new Uint32Array(values.length), new Uint32Array(values.length)];
    values.forEach((text, code) => {
      let [x, y] = [0x811c9dc5, 0x2545f491];
      for (let at = 0; at < text.length; at++) {
        const letter = text.charCodeAt(at);
        x = Math.imul(x ^ letter, 0x01000193);
        y = Math.imul(y ^ (letter + at), 0x9e3779b1);
      }
      a[code] = x;
      b[code] = y ^ (y >>> 15);
    });
    for (let row = 0; row < rows; row++) {
      const code = codes[row]!;
      first[row] = Math.imul(first[row]! ^ a[code]!, 0x85ebca6b) ^ (first[row]! >>> 13);
      second[row] = Math.imul(second[row]! ^ b[code]!, 0xc2b2ae35) ^ (second[row]! >>> 16);
    }
  }
  return [first, second];
}

/** Rows of a file by their hashes: two passes of a radix sort over the first; the second decides between the few left. */
function sorted(from: number, to: number, first: Uint32Array, second: Uint32Array): Uint32Array {
  let order = new Uint32Array(to - from);
  for (let at = 0; at < order.length; at++) order[at] = from + at;
  for (const shift of [0, 16]) {
    const start = new Uint32Array(65_537);
    for (let at = 0; at < order.length; at++) start[((first[order[at]!]! >>> shift) & 0xffff) + 1]!++;
    for (let at = 0; at < 65_536; at++) start[at + 1]! += start[at]!;
    const next = new Uint32Array(order.length);
    for (let at = 0; at < order.length; at++) {
      const row = order[at]!;
      next[start[(first[row]! >>> shift) & 0xffff]!++] = row;
    }
    order = next;
  }
  for (let at = 0; at < order.length;) {
    let end = at + 1;
    while (end < order.length && first[order[end]!] === first[order[at]!]) end++;
    if (end - at > 1) order.subarray(at, end).sort((x, y) => second[x]! - second[y]! || x - y);
    at = end;
  }
  return order;
}

function sumOf(rows: Uint32Array, hashes: Uint32Array): number {
  let sum = 0;
  for (const row of rows) sum += hashes[row]!;
  return sum;
}
