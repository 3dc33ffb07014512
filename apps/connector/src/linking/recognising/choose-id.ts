import type { ReadColumn } from '../reading/read-column.js';
import { rangesOf } from '../reading/row-ids.js';
import type { TableRead } from '../reading/read-table.js';
import type { Seen } from './columns.js';
import { rankOfId } from './heading-role.js';

/** Codes that a system gives: `r000017`, `A-12/3`, 4711; no dates, no words. */
const LOOKS_LIKE_A_CODE = 0.95;

/** Where ids stand: a column's name, or two files' headings where they differ. */
export type IdColumns = string | [string, string];

/** The headings of the id in the first file and in the second. */
export function namesIn(id: IdColumns | null): string[] {
  return id === null ? [] : typeof id === 'string' ? [id, id] : id;
}

/**
 * The column that tells the rows apart: every row has a value, and no two the same. One that is called an id and fails
 * by a few rows is taken nevertheless: then reading says which rows are wrong. Where no column does in both of two
 * files, each file's own.
 * @param columns in an order that does not depend on the files'
 * @returns null when there is none: rows are called by their numbers
 */
export function chooseId(read: TableRead, columns: Seen[], type: 'dedupe' | 'link'): IdColumns | null {
  const files = read.files.map((_, file) => file);
  const everywhere = columns.filter(({ column }) => files.every((file) => column.called[file]!.length > 0));
  const one = calledSo(read, everywhere, files, type) ?? likeOne(read, everywhere, files, type);
  if (one) return one.name;
  if (files.length < 2) return null;
  const own = files.map((file) => {
    const there = columns.filter(({ column }) => column.called[file]!.length > 0);
    return calledSo(read, there, [file], type) ?? likeOne(read, there, [file], type);
  });
  const [left, right] = own;
  return left && right ? [left.column.called[0]![0]!, right.column.called[1]![0]!] : null;
}

/** One with a heading that says it, the surest heading first. */
function calledSo(read: TableRead, columns: Seen[], files: number[], type: 'dedupe' | 'link'): Seen | undefined {
  const named = columns
    .filter(({ heading }) => heading.role === 'recordId' && !heading.ofOthers)
    .map((seen) => ({ seen, rank: rankOfId(seen.name) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ seen }) => seen);
  return (
    named.find((seen) => tellsApart(read, seen.column, files, type)) ??
    named.find(({ column }) =>
      files.every((file) => {
        const { rows, present, distinct } = within(read, column, file);
        return (present > 0 || rows === 0) && distinct >= rows / 2;
      }),
    )
  );
}

/** One whose cells look like it. */
function likeOne(read: TableRead, columns: Seen[], files: number[], type: 'dedupe' | 'link'): Seen | undefined {
  const codes = columns.filter(
    ({ heading, content: { shares } }) =>
      (heading.role === null || heading.role === 'recordId') && shares.code >= LOOKS_LIKE_A_CODE && shares.date < 0.5,
  );
  const [like, others] = [true, false].map((says) =>
    codes.filter(({ name }) => /(id|ref|reference|number|no|key|code)$/i.test(name) === says),
  ) as [Seen[], Seen[]];
  return [...like, ...others].find(({ column }) => tellsApart(read, column, files, type));
}

function tellsApart(read: TableRead, column: ReadColumn, files: number[], type: 'dedupe' | 'link'): boolean {
  const found = files.map((file) => within(read, column, file));
  const each = found.every(({ rows, present, distinct }) => present === rows && distinct === rows);
  if (!each || found.every(({ rows }) => rows === 0)) return false;
  return type === 'link' || files.length < read.files.length || column.distinct === read.rows;
}

/** What a column holds in one file. */
function within(read: TableRead, { codes, distinct: all }: ReadColumn, file: number) {
  const { from, to } = rangesOf(read)[file]!;
  const seen = new Uint8Array(all + 1);
  let present = 0;
  let distinct = 0;
  for (let row = from; row < to; row++) {
    const code = codes[row]!;
    if (code === 0) continue;
    present++;
    if (seen[code] === 0) distinct++;
    seen[code] = 1;
  }
  return { rows: to - from, present, distinct };
}
