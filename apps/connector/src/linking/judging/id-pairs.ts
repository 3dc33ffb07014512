import { fileProblem, quoted } from '../reading/file-problem.js';
import { readTable, type TableRead } from '../reading/read-table.js';
import type { ReadColumn } from '../reading/read-column.js';
import type { RowIds } from '../reading/row-ids.js';

/** Where ids are looked up. */
export interface IdSpace {
  ids: RowIds;
  rows: number;
  leftRows: number;
  type: 'dedupe' | 'link';
}

/** Pairs of rows that a file names by their ids, and the file itself for what else it says. */
export interface IdPairs {
  left: Int32Array;
  right: Int32Array;
  read: TableRead;
  lineOf: (index: number) => number;
}

/**
 * Reads a CSV whose first two columns hold ids. Of two linked files one id is to be of each; which stands first does not matter.
 * @throws LinkError naming the line of an id that no row has
 */
export async function readIdPairs(file: string, space: IdSpace): Promise<IdPairs> {
  const read = await readTable([file]);
  const [first, second] = read.columns;
  if (!first || !second) throw fileProblem(file, 1, 'two columns of ids are expected.');
  const rowsOf = pairFinder(space, first, second);
  const { lines, header } = read.files[0]!;
  const heading = headingPair(header, space);
  const skipped = heading ? 1 : 0;
  const lineOf = (index: number) => (index < skipped ? 1 : lines.lineOf(index - skipped));
  const left = new Int32Array(read.rows + skipped);
  const right = new Int32Array(read.rows + skipped);
  if (heading) [left[0], right[0]] = heading;
  for (let i = 0; i < read.rows; i++) {
    const found = rowsOf(first.codes[i]!, second.codes[i]!);
    if (typeof found === 'string')
      throw fileProblem(
        file,
        lines.lineOf(i),
        found === '' ? 'an id is missing.' : `no row has the id ${quoted(found)}.`,
      );
    [left[i + skipped], right[i + skipped]] = found;
  }
  return { left, right, read, lineOf };
}

/** Finds two codes' rows, or says which text is no id. Each distinct text is looked up once. */
function pairFinder(
  { ids, rows, leftRows, type }: IdSpace,
  first: ReadColumn,
  second: ReadColumn,
): (a: number, b: number) => [number, number] | string {
  if (type === 'dedupe') {
    const [lefts, rights] = [lookUp(first, ids, 0, rows), lookUp(second, ids, 0, rows)];
    return (a, b) => (lefts[a]! < 0 ? textOf(first, a) : rights[b]! < 0 ? textOf(second, b) : [lefts[a]!, rights[b]!]);
  }
  const [lefts, rights] = [lookUp(first, ids, 0, leftRows), lookUp(second, ids, leftRows, rows)];
  const turned = [lookUp(second, ids, 0, leftRows), lookUp(first, ids, leftRows, rows)] as const;
  return (a, b) => {
    if (lefts[a]! >= 0 && rights[b]! >= 0) return [lefts[a]!, rights[b]!];
    if (turned[0][b]! >= 0 && turned[1][a]! >= 0) return [turned[0][b]!, turned[1][a]!];
    return lefts[a]! < 0 && turned[1][a]! < 0 ? textOf(first, a) : textOf(second, b);
  };
}

/** A file without headings begins with a pair at once. */
function headingPair(header: string[], { ids, rows, leftRows, type }: IdSpace): [number, number] | null {
  const [a, b] = header as [string, string];
  const left = ids.find(a, 0, type === 'link' ? leftRows : rows);
  const right = ids.find(b, type === 'link' ? leftRows : 0, rows);
  return left >= 0 && right >= 0 ? [left, right] : null;
}

function lookUp(column: ReadColumn, ids: RowIds, from: number, to: number): Int32Array {
  const rows = new Int32Array(column.distinct + 1).fill(-1);
  for (let code = 1; code < rows.length; code++) rows[code] = ids.find(textOf(column, code), from, to);
  return rows;
}

function textOf({ dictionary }: ReadColumn, code: number): string {
  return Buffer.from(dictionary.bytesOf(code)).toString('utf8');
}
