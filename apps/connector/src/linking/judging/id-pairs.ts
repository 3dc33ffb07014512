import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';
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
  const { rows, leftRows, type, ids } = space;
  const { lines } = read.files[0]!;
  const lineOf = (index: number) => lines.lineOf(index);
  const inLeft = lookUp(first, ids, 0, type === 'link' ? leftRows : rows);
  const inRight = type === 'link' ? lookUp(second, ids, leftRows, rows) : lookUp(second, ids, 0, rows);
  const turned = type === 'link' ? [lookUp(second, ids, 0, leftRows), lookUp(first, ids, leftRows, rows)] : null;
  const left = new Int32Array(read.rows);
  const right = new Int32Array(read.rows);
  for (let i = 0; i < read.rows; i++) {
    const [a, b] = [first.codes[i]!, second.codes[i]!];
    left[i] = inLeft[a]!;
    right[i] = inRight[b]!;
    if (left[i]! >= 0 && right[i]! >= 0) continue;
    if (turned && turned[0]![b]! >= 0 && turned[1]![a]! >= 0) {
      left[i] = turned[0]![b]!;
      right[i] = turned[1]![a]!;
      continue;
    }
    const unknown = left[i]! < 0 ? textOf(first, a) : textOf(second, b);
    throw fileProblem(file, lineOf(i), unknown === '' ? 'an id is missing.' : `no row has the id ${quoted(unknown)}.`);
  }
  const headless = read.files[0]!.header.slice(0, 2).every((name) => ids.find(name, 0, rows) >= 0);
  if (headless && read.files[0]!.header[0] !== read.files[0]!.header[1])
    throw new LinkError('bad_file', `${printable(file)}, line 1: the first line must name the columns, for example id_l,id_r.`);
  return { left, right, read, lineOf };
}

function lookUp(column: ReadColumn, ids: RowIds, from: number, to: number): Int32Array {
  const rows = new Int32Array(column.distinct + 1).fill(-1);
  for (let code = 1; code < rows.length; code++) rows[code] = ids.find(textOf(column, code), from, to);
  return rows;
}

function textOf({ dictionary }: ReadColumn, code: number): string {
  return Buffer.from(dictionary.bytesOf(code)).toString('utf8');
}
