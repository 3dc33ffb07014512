import { confidentialAddresses, parseRow, RowReader, type FeedMapping, type FeedName, type RowError } from '#contracts';
import type { Table } from './csv-table.js';
import { dropConfidential } from './drop-confidential.js';

export interface RowProblem {
  line: number;
  /** its place among the table's rows, from 0 */
  index: number;
  recordRef?: string;
  errors: RowError[];
}

/** What a table holds, held against the feed as the hub will. */
export interface CheckedTable {
  rows: number;
  /** rows the hub will take as they are, or with a field left out */
  good: number;
  /** what may leave, as lines to send; bad rows too: the hub's receipt speaks of them, and their last good version stands */
  lines: string[];
  /** beside `lines`: which row of the table each is, from 0 */
  indexes: number[];
  problems: RowProblem[];
  fieldProblems: RowProblem[];
  confidentialDropped: number;
  /** rows something confidential was, or should have been, taken out of: their places in the table, from 0 */
  confidentialRows: Set<number>;
  /** rows that stay here whole, because something confidential could not be taken out of them or they are too long */
  keptBack: number;
}

const MAX_ROW_CHARS = 256 * 1024;
const TOO_LONG: RowError = { path: '', code: 'too_long', message: 'The row is larger than 256 KiB; it is not sent' };
const DOUBLED: RowError = {
  path: 'recordRef',
  code: 'duplicate_ref',
  message: 'Record ref stands twice in this file; only the first row will be taken',
};
const PAUSE_ROWS = 500;

/**
 * Reads and checks every row.
 * @param onProgress told how many rows are done, between pauses in which the page can be used; false gives up
 * @returns null when it was given up
 */
export async function checkTable(
  feed: FeedName,
  table: Table,
  mapping: FeedMapping,
  mode: 'full' | 'delta',
  onProgress: (rows: number) => boolean | void = () => undefined,
): Promise<CheckedTable | null> {
  const reader = new RowReader(feed, table.headings, mapping, { profiles: table.profiles });
  const checked: CheckedTable = {
    rows: table.rows.length,
    good: 0,
    lines: [],
    indexes: [],
    problems: [],
    fieldProblems: [],
    confidentialDropped: 0,
    confidentialRows: new Set(),
    keptBack: 0,
  };
  const seen = new Set<string>();
  for (const [index, { line, cells }] of table.rows.entries()) {
    if (index % PAUSE_ROWS === 0 && index > 0) {
      await new Promise((resolve) => setTimeout(resolve));
      if (onProgress(index) === false) return null;
    }
    const { row, problems } = reader.read(cells);
    const dropped = dropConfidential(feed, row);
    checked.confidentialDropped += dropped;
    if (dropped > 0 || !mayLeave(feed, row, [])) checked.confidentialRows.add(index);
    const text = JSON.stringify(row);
    const result = parseRow(feed, row, { mode });
    const errors =
      text.length > MAX_ROW_CHARS ? [TOO_LONG] : together(problems, result.ok ? result.fieldProblems : result.errors);
    const ref = result.recordRef;
    const doubled = result.ok && seen.has(ref!);
    if (result.ok) seen.add(ref!);
    const problem = {
      line,
      index,
      ...(ref === undefined ? {} : { recordRef: ref }),
      errors: doubled ? [DOUBLED] : errors,
    };
    const taken = result.ok && !doubled && errors[0] !== TOO_LONG;
    if (taken) checked.good++;
    if (problem.errors.length > 0) (taken ? checked.fieldProblems : checked.problems).push(problem);
    if (errors[0] === TOO_LONG || !mayLeave(feed, row, errors)) checked.keptBack++;
    else {
      checked.lines.push(text);
      checked.indexes.push(index);
    }
  }
  return checked;
}

/** What a cell itself says is wrong explains better than what the feed then says of the same place. */
function together(cells: RowError[], row: RowError[]): RowError[] {
  return [...cells, ...row.filter(({ path }) => !cells.some((cell) => cell.path === path))];
}

/** What could not be cut out of a row keeps the whole row here: a confidential address never leaves, not even to be refused. */
function mayLeave(feed: FeedName, row: unknown, errors: RowError[]): boolean {
  return confidentialAddresses(feed, row).length === 0 && !errors.some(({ code }) => code === 'confidential_address');
}
