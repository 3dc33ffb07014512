import type { Comparator } from '../fields/field.js';
import type { Column, Table } from './table.js';

/** A column of a made-up file: cells as they stand, '' for missing. */
export function columnOf(name: string, texts: readonly string[]): Column {
  const values = [''];
  const ids = new Map([['', 0]]);
  const codes = Uint32Array.from(texts, (text) => {
    let id = ids.get(text);
    if (id === undefined) {
      ids.set(text, (id = values.length));
      values.push(text);
    }
    return id;
  });
  return { name, values, codes };
}

/** In: cells by column name; every column as long. */
export function tableOf(cells: Record<string, readonly string[]>): Table {
  const columns = Object.entries(cells).map(([name, texts]) => columnOf(name, texts));
  return { rows: columns[0]?.codes.length ?? 0, columns };
}

/** In: rows of cells by column name. */
export function tableOfRows(rows: readonly Record<string, string>[], names = Object.keys(rows[0] ?? {})): Table {
  const { columns } = tableOf(Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? '')])));
  return { rows: rows.length, columns };
}

/** The numbers of the levels that two rows show, a field each. */
export function levelsBetween(comparator: Comparator, left: number, right: number): number[] {
  const out = new Uint8Array(comparator.fields.length).fill(255);
  comparator.compare(Uint32Array.of(left), Uint32Array.of(right), 1, out, out.length, 0);
  return [...out];
}

/** The same by name. */
export function levelNames(comparator: Comparator, left: number, right: number): string[] {
  return levelsBetween(comparator, left, right).map(
    (level, f) => comparator.fields[f]!.levels[level]?.name ?? `level ${level} of none`,
  );
}
