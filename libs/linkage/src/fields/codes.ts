import { rowNumbers } from './row-numbers.js';
import type { Column } from '../linking/table.js';

/** Rows' codes after each distinct value was given a new one. */
export function rowCodes(column: Column, perValue: Uint32Array, rows: number): Uint32Array {
  const codes = rowNumbers(rows);
  for (let row = 0; row < rows; row++) codes[row] = perValue[column.codes[row]!]!;
  return codes;
}

/** Several columns as one: the texts of a row joined by spaces. One column is given back as it is. */
export function singleColumn(columns: readonly Column[], rows: number): Column {
  if (columns.length === 1) return columns[0]!;
  const ids = new Map<string, number>([['', 0]]);
  const values = [''];
  const codes = rowNumbers(rows);
  for (let row = 0; row < rows; row++) {
    let text = '';
    for (const column of columns) {
      const value = column.values[column.codes[row]!]!;
      if (value !== '') text = text === '' ? value : `${text} ${value}`;
    }
    let id = ids.get(text);
    if (id === undefined) {
      ids.set(text, (id = values.length));
      values.push(text);
    }
    codes[row] = id;
  }
  return { name: columns.map(({ name }) => name).join(' '), values, codes };
}

/** Recodes distinct texts by what `normal` makes of them; '' is missing. */
export function recode(column: Column, rows: number, normal: (text: string) => string): Column {
  const ids = new Map<string, number>([['', 0]]);
  const values = [''];
  const perValue = Uint32Array.from(column.values, (value) => {
    const text = value === '' ? '' : normal(value);
    let id = ids.get(text);
    if (id === undefined) {
      ids.set(text, (id = values.length));
      values.push(text);
    }
    return id;
  });
  return { name: column.name, values, codes: rowCodes(column, perValue, rows) };
}

export function countsOf(column: Column): Uint32Array {
  const counts = new Uint32Array(column.values.length);
  for (const code of column.codes) counts[code]!++;
  return counts;
}
