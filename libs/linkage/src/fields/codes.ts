import { rowNumbers } from './row-numbers.js';
import type { Atom } from './field.js';
import type { Column } from '../linking/table.js';

/** Rows' codes after each distinct value was given a new one. */
export function rowCodes(column: Column, perValue: Uint32Array, rows: number): Uint32Array {
  const codes = rowNumbers(rows);
  for (let row = 0; row < rows; row++) codes[row] = perValue[column.codes[row]!]!;
  return codes;
}

/**
 * Several columns as one: the texts of a row joined by spaces. One column is given back as it is. Two codes may stand
 * for the same text where it was divided differently.
 */
export function singleColumn(columns: readonly Column[], rows: number): Column {
  const [only, ...rest] = columns;
  let joined = only!;
  for (const column of rest) joined = joinedColumn(joined, column, rows);
  return joined;
}

function joinedColumn(first: Column, second: Column, rows: number): Column {
  const values = [''];
  const codes = rowNumbers(rows);
  const known = new Map<number, number>([[0, 0]]);
  const width = second.values.length;
  for (let row = 0; row < rows; row++) {
    const [x, y] = [first.codes[row]!, second.codes[row]!];
    const both = x * width + y;
    let code = known.get(both);
    if (code === undefined) {
      known.set(both, (code = values.length));
      const [one, other] = [first.values[x]!, second.values[y]!];
      values.push(one === '' ? other : other === '' ? one : `${one} ${other}`);
    }
    codes[row] = code;
  }
  return { name: `${first.name} ${second.name}`, values, codes };
}

/** Recodes distinct texts by what `normal` makes of them; '' is missing. */
export function recode(column: Column, rows: number, normal: (text: string) => string): Column {
  const texts = column.values.map((value) => (value === '' ? '' : normal(value)));
  // Texts that stay as they are differ from one another: only those that become others may meet, or be met.
  const ids = new Map<string, number>();
  texts.forEach((text, code) => (text === column.values[code] ? undefined : ids.set(text, 0)));
  if (ids.size === 0) return column;
  ids.set('', 0);
  const values = [''];
  const perValue = Uint32Array.from(texts, (text) => {
    if (text === '') return 0;
    const known = ids.get(text);
    if (known === undefined) return values.push(text) - 1;
    if (known !== 0) return known;
    ids.set(text, values.length);
    return values.push(text) - 1;
  });
  return { name: column.name, values, codes: rowCodes(column, perValue, rows) };
}

/** Keys of columns as numbers: a hash of what `key` makes of a text. That two keys share one is rare, and does no harm. */
export function keyColumns(columns: readonly Column[], rows: number, key: (text: string) => string): Column[] {
  return columns.map((column) => {
    const perValue = Uint32Array.from(column.values, (value) => {
      const text = value === '' ? '' : key(value);
      return text === '' ? 0 : hashOfText(text) || 1;
    });
    return { name: column.name, values: [], codes: rowCodes(column, perValue, rows) };
  });
}

/** FNV-1a over UTF-16 units, mixed: 32 bits. */
export function hashOfText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

export function countsOf(column: Column): Uint32Array {
  const counts = new Uint32Array(column.values.length);
  for (const code of column.codes) counts[code]!++;
  return counts;
}

/** Several columns over one dictionary, so that equal texts have equal codes. */
export function sharedDictionary(columns: Column[], rows: number): Column[] {
  if (columns.length === 1) return columns;
  const ids = new Map<string, number>([['', 0]]);
  const values = [''];
  return columns.map((column) => {
    const perValue = column.values.map((value) => {
      let id = ids.get(value);
      if (id === undefined) {
        ids.set(value, (id = values.length));
        values.push(value);
      }
      return id;
    });
    const codes = rowNumbers(rows);
    for (let row = 0; row < rows; row++) codes[row] = perValue[column.codes[row]!]!;
    return { name: column.name, values, codes };
  });
}

/** Keys of a column; of several, a record meets another by its first or by one of the rest. */
export function pairedAtoms(name: string, family: string, columns: readonly Column[]): Atom[] {
  const [first, ...rest] = columns;
  if (rest.length === 0) return [{ name, family, codes: first!.codes }];
  return rest.map((more, at) => ({
    name: at === 0 ? name : `${name} ${at + 2}`,
    family,
    codes: first!.codes,
    more: more.codes,
  }));
}
