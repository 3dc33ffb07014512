import type { Column } from '../../linking/table.js';

/** Per row a number for what it holds in some columns together; equal rows share it. From 1. */
export function tupleCodes(columns: readonly Column[], rows: number): { codes: Uint32Array; firstRow: number[] } {
  const codes = new Uint32Array(rows);
  const firstRow: number[] = [-1];
  const ids = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const key = columns.map((column) => column.codes[row]!).join(' ');
    let code = ids.get(key);
    if (code === undefined) {
      ids.set(key, (code = firstRow.length));
      firstRow.push(row);
    }
    codes[row] = code;
  }
  return { codes, firstRow };
}

/** Per value the share of the rows that have any; 0 for missing. As Splink counts a column's term frequencies. */
export function shares(column: Column): Float64Array {
  const counts = new Float64Array(column.values.length);
  for (const code of column.codes) counts[code]!++;
  counts[0] = 0;
  const present = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / Math.max(present, 1));
}
