import { headingOf } from '../recognising/heading-role.js';
import { ReadColumn } from './read-column.js';
import type { TableRead } from './read-table.js';

/** Headings of either file that mean the same; several on one side are read as one text, in this order. */
export interface Sides {
  left: string[];
  right: string[];
  /** What stands between the texts of several: a blank, or the hyphens of a date. */
  joint?: ' ' | '-';
}

/**
 * What two sides together are called: as the file that has it whole calls it, as the one whose heading says what it is,
 * else as the first.
 */
export function nameOfSides({ left, right }: Sides): string {
  if (right.length === 1 && (left.length !== 1 || (says(right[0]!) && !says(left[0]!)))) return right[0]!;
  return left.join(' ');
}

function says(heading: string): boolean {
  return headingOf(heading).role !== null;
}

/** The column that the two sides are together. */
export function pairedColumn(read: Pick<TableRead, 'columnOf' | 'leftRows' | 'rows'>, sides: Sides): ReadColumn {
  const { left, right, joint = ' ' } = sides;
  const [lefts, rights] = [left.map((name) => read.columnOf(name, 0)!), right.map((name) => read.columnOf(name, 1)!)];
  if (lefts.length === 1 && rights.length === 1 && lefts[0] === rights[0]) return lefts[0]!;
  const column = new ReadColumn(nameOfSides(sides));
  column.called = [left, right];
  column.reserve(read.rows);
  put(column, lefts, joint, 0, read.leftRows);
  put(column, rights, joint, read.leftRows, read.rows);
  column.finish(read.rows);
  return column;
}

function put(into: ReadColumn, columns: readonly ReadColumn[], joint: string, from: number, to: number): void {
  if (columns.length === 1) putOne(into, columns[0]!, from, to);
  else putJoined(into, columns, joint, from, to);
}

function putOne({ dictionary, codes }: ReadColumn, column: ReadColumn, from: number, to: number): void {
  const known = new Int32Array(column.dictionary.size).fill(-1);
  for (let row = from; row < to; row++) {
    const code = column.codes[row]!;
    if (known[code] === -1) known[code] = dictionary.codeOf(column.dictionary.bytesOf(code));
    codes[row] = known[code]!;
  }
}

function putJoined(
  { dictionary, codes }: ReadColumn,
  columns: readonly ReadColumn[],
  joint: string,
  from: number,
  to: number,
): void {
  const texts = columns.map((column) => column.dictionary.texts());
  const known = new Map<string, number>();
  for (let row = from; row < to; row++) {
    const parts = columns.map((column, at) => texts[at]![column.codes[row]!]!);
    const text = (joint === '-' ? upToTheMissing(parts) : parts.filter((part) => part !== '')).join(joint);
    let code = known.get(text);
    if (code === undefined) known.set(text, (code = dictionary.codeOf(Buffer.from(text))));
    codes[row] = code;
  }
}

/** Of a date without its year or month what follows would be read as another date. */
function upToTheMissing(parts: string[]): string[] {
  const missing = parts.indexOf('');
  return missing === -1 ? parts : parts.slice(0, missing);
}
