import { LinkError } from '../link-error.js';
import type { ByteDictionary } from './byte-dictionary.js';
import { fileProblem, quoted } from './file-problem.js';
import type { ReadColumn } from './read-column.js';
import type { TableRead } from './read-table.js';

const FORMULA = Buffer.from('=+-@');

/** Rows of the table that belong together: `from` up to, not including, `to`. */
export interface RowRange {
  file: string;
  from: number;
  to: number;
}

/** What rows are called. Ids stay bytes: they are written as they were read. */
export interface RowIds {
  /** The column's name; null: rows are called by their number within their file, from 1. */
  readonly column: string | null;
  /** Appends row's id to a buffer that has room for it. @returns where it ends */
  write(row: number, into: Buffer, at: number): number;
  /** Bytes of the longest id. */
  readonly longest: number;
  /** The row of an id among those from `from` to `to`, or −1. */
  find(id: string, from: number, to: number): number;
  /** Below 0 when the first row's id comes before the second's, byte by byte. */
  compare(a: number, b: number): number;
  textOf(row: number): string;
  /** Whether a spreadsheet would take one of them for a formula: it begins with = + - or @. */
  looksLikeFormula(): boolean;
  /** Whether a row of the right of two linked files is called as one of the left. */
  alsoInLeft(row: number): boolean;
}

/**
 * The ids of a column. Over one file, or over several taken as one, no id may occur twice; in two files that are linked
 * the same id may stand in both.
 * @throws LinkError naming the lines of a missing or doubled id
 */
export function idsFromColumn(read: TableRead, column: ReadColumn, type: 'dedupe' | 'link'): RowIds {
  const ranges = rangesOf(read);
  for (const [i, range] of ranges.entries()) checkPresent(read, column, range, i);
  const rowsOf = (type === 'link' ? ranges : [{ ...ranges[0]!, to: read.rows }]).map(({ from, to }) => {
    const rows = new Int32Array(column.dictionary.size).fill(-1);
    for (let row = from; row < to; row++) {
      const code = column.codes[row]!;
      if (rows[code] !== -1) throw doubled(read, ranges, rows[code]!, row, column);
      rows[code] = row;
    }
    return rows;
  });
  return new ColumnIds(column, column.dictionary, rowsOf);
}

/** Rows are called 1, 2, 3 … within their file; over several files taken as one, through all of them. */
export function idsFromRowNumbers(read: TableRead, type: 'dedupe' | 'link'): RowIds {
  const begin = (row: number) => (type === 'link' && row >= read.leftRows ? read.leftRows : 0);
  const numberOf = (row: number) => row - begin(row) + 1;
  return {
    column: null,
    longest: 10,
    write: (row, into, at) => at + into.write(String(numberOf(row)), at, 'latin1'),
    find: (id, from, to) => {
      const row = begin(from) + Number(id) - 1;
      return /^[1-9]\d{0,9}$/.test(id) && row >= from && row < to ? row : -1;
    },
    compare: (a, b) => numberOf(a) - numberOf(b),
    textOf: (row) => String(numberOf(row)),
    looksLikeFormula: () => false,
    alsoInLeft: (row) => type === 'link' && row >= read.leftRows && row - read.leftRows < read.leftRows,
  };
}

export function rangesOf(read: TableRead): RowRange[] {
  let from = 0;
  return read.files.map(({ file, rows }) => {
    const range = { file, from, to: from + rows };
    from = range.to;
    return range;
  });
}

class ColumnIds implements RowIds {
  readonly column: string;
  readonly longest: number;
  private readonly bytes: Uint8Array;
  private readonly codes: Uint32Array;
  private readonly startOf: (code: number) => number;

  constructor(
    column: ReadColumn,
    private readonly dictionary: ByteDictionary,
    /** Row of each code: in the whole, or in each of two linked files. */
    private readonly rowsOf: Int32Array[],
  ) {
    this.column = column.name;
    this.codes = column.codes;
    const { bytes, startOf, longest } = dictionary.layout();
    this.bytes = bytes;
    this.startOf = startOf;
    this.longest = longest;
  }

  write(row: number, into: Buffer, at: number): number {
    const { bytes } = this;
    const code = this.codes[row]!;
    const end = this.startOf(code + 1);
    for (let i = this.startOf(code); i < end; i++) into[at++] = bytes[i]!;
    return at;
  }

  find(id: string, from: number, to: number): number {
    const code = this.dictionary.find(Buffer.from(id));
    if (code <= 0) return -1;
    for (const rows of this.rowsOf) {
      const row = rows[code]!;
      if (row >= from && row < to) return row;
    }
    return -1;
  }

  compare(a: number, b: number): number {
    return Buffer.compare(this.dictionary.bytesOf(this.codes[a]!), this.dictionary.bytesOf(this.codes[b]!));
  }

  looksLikeFormula(): boolean {
    for (let code = 1; code < this.dictionary.size; code++)
      if (FORMULA.includes(this.bytes[this.startOf(code)]!)) return true;
    return false;
  }

  alsoInLeft(row: number): boolean {
    return this.rowsOf.length > 1 && this.rowsOf[0]![this.codes[row]!] !== -1;
  }

  textOf(row: number): string {
    return Buffer.from(this.dictionary.bytesOf(this.codes[row]!)).toString('utf8');
  }
}

function checkPresent(read: TableRead, column: ReadColumn, { file, from, to }: RowRange, which: number): void {
  const { header, lines } = read.files[which]!;
  const called = column.called[which]![0] ?? column.name;
  if (column.called[which]!.length === 0)
    throw new LinkError('usage', `${file} has no column ${quoted(called)} for the ids. It has: ${header.join(', ')}.`);
  const missing: number[] = [];
  for (let row = from; row < to; row++) if (column.codes[row] === 0) missing.push(lines.lineOf(row - from));
  if (missing.length === 0) return;
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
  const also = missing.length > 1 ? ` So have lines ${missing.slice(1, 5).join(', ')}${more}.` : '';
  throw fileProblem(file, missing[0]!, `the row has no id in column ${quoted(called)}.${also}`);
}

function doubled(read: TableRead, ranges: RowRange[], first: number, second: number, column: ReadColumn): Error {
  const place = (row: number) => {
    const which = ranges.findIndex(({ to }) => row < to);
    return { file: ranges[which]!.file, line: read.files[which]!.lines.lineOf(row - ranges[which]!.from) };
  };
  const [a, b] = [place(first), place(second)];
  const id = Buffer.from(column.dictionary.bytesOf(column.codes[first]!)).toString('utf8');
  const there = a.file === b.file ? `line ${a.line}` : `${a.file}, line ${a.line}`;
  return fileProblem(
    b.file,
    b.line,
    `the id ${quoted(id)} stands on ${there} already. Every row needs an id of its own.`,
  );
}
