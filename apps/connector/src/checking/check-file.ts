import { HubError, type ColumnGuess, type FeedName, type FeedRows, type MissingField, type RowError } from '#contracts';
import { missingWords } from '../mapping/mapping-table.js';
import { openRows, type OpenedFile, type ReadOptions } from '../reading/read-rows.js';
import { checkRows, type CheckedRow } from './check-rows.js';
import { ProblemGroups, type ProblemGroup, type TellableProblem } from './problem-groups.js';
import { QualityTally, type Quality } from './quality.js';

export interface RowProblem {
  row: number;
  line: number;
  recordRef?: string;
  errors: RowError[];
}

/** What a file holds, held against the feed's schema as the hub will. */
export interface CheckedFile {
  rows: number;
  /** rows the hub would take */
  accepted: number;
  /** rows the hub would quarantine */
  quarantined: number;
  /** rows to send, as lines of JSON: those accepted, with `keepBad` also those that may leave to be quarantined */
  lines: string[];
  /** for each of `lines`: where its row stands in the file (line number as an editor shows it) */
  lineNumbers: number[];
  /** rows the hub would refuse; without `keepLines` the first of them, `quarantined` counts all */
  problems: RowProblem[];
  /** rows the hub would take without a field; without `keepLines` the first of them */
  fieldProblems: RowProblem[];
  rowsWithFieldProblems: number;
  /** problems by column and kind, all of them counted */
  groups: ProblemGroup[];
  confidentialDropped: number;
  quality: Quality;
  /** how the columns were read */
  columns: ColumnGuess[];
  /** the same in short: heading → place; none for NDJSON */
  mapping?: Record<string, string>;
  missing: MissingField[];
  unclearDates: string[];
  notes: string[];
  /** lines that are totals, notes or repeated headings */
  linesLeftOut: number;
}

export interface CheckOptions extends ReadOptions {
  mode?: 'full' | 'delta' | undefined;
  /** for sending: rows with problems too, so that the hub's receipt speaks of them; a line that cannot be told into cells stops it */
  keepBad?: boolean;
  /** false: `lines` stays empty, and memory flat however long the file is */
  keepLines?: boolean;
  onOpened?: (opened: OpenedFile) => void | Promise<void>;
  onRow?: (rows: number) => void;
  onProblem?: (problem: TellableProblem) => void;
}

/** Problems kept one by one; beyond these the groups still count. */
const MAX_KEPT = 1000;

/**
 * Reads a file and checks every row.
 * @throws HubError `usage` for a file or mapping that cannot be read; `invalid_row` where a field every row needs is in no column
 */
export async function checkFile(feed: FeedName, file: string, options: CheckOptions = {}): Promise<CheckedFile> {
  const opened = await openRows(feed, file, options);
  await options.onOpened?.(opened);
  if (opened.missing.length > 0)
    throw new HubError('invalid_row', `${file}: ${opened.missing.map(missingWords).join(' ')}`);
  const groups = new ProblemGroups(opened.columns);
  const quality = new QualityTally();
  const checked: CheckedFile = {
    rows: 0,
    accepted: 0,
    quarantined: 0,
    lines: [],
    lineNumbers: [],
    problems: [],
    fieldProblems: [],
    rowsWithFieldProblems: 0,
    groups: [],
    confidentialDropped: 0,
    quality: quality.counts,
    columns: opened.columns,
    ...(opened.kind === 'ndjson' ? {} : { mapping: inShort(opened.columns) }),
    missing: opened.missing,
    unclearDates: opened.unclearDates,
    notes: opened.notes,
    linesLeftOut: 0,
  };
  for await (const row of checkRows(feed, opened, options.mode ? { mode: options.mode } : {})) {
    if (options.keepBad) mustBeWhole(file, row);
    checked.rows++;
    checked.confidentialDropped += row.confidentialDropped;
    quality.counts.placeholderDates += row.noDates;
    count(feed, checked, row, quality, options.keepLines === false ? MAX_KEPT : Infinity);
    for (const problem of groups.take(row)) options.onProblem?.(problem);
    if (options.keepLines !== false && row.text !== undefined && (row.verdict === 'accepted' || options.keepBad)) {
      checked.lines.push(row.text);
      checked.lineNumbers.push(row.line);
    }
    options.onRow?.(checked.rows);
  }
  checked.groups = groups.all;
  const left = opened.leftOut();
  checked.linesLeftOut = left.lines;
  if (left.lines > 0)
    checked.notes = [
      ...checked.notes,
      `${left.lines} ${left.lines === 1 ? 'line is a total, a note or a repeated heading and was' : 'lines are totals, notes or repeated headings and were'} left out (line ${left.first.join(', ')}${left.lines > left.first.length ? ', …' : ''}).`,
    ];
  return checked;
}

function inShort(columns: ColumnGuess[]): Record<string, string> {
  return Object.fromEntries(columns.flatMap(({ column, to }) => (to[0] === undefined ? [] : [[column, to[0]]])));
}

function count(feed: FeedName, checked: CheckedFile, row: CheckedRow, quality: QualityTally, kept: number): void {
  const place = { row: row.row, line: row.line, ...(row.recordRef === undefined ? {} : { recordRef: row.recordRef }) };
  if (row.verdict === 'accepted') {
    checked.accepted++;
    if (row.parsed) quality.take(feed, row.parsed as FeedRows[FeedName]);
    if (row.fieldErrors.length === 0) return;
    if (checked.rowsWithFieldProblems++ < kept) checked.fieldProblems.push({ ...place, errors: row.fieldErrors });
  } else if (checked.quarantined++ < kept) checked.problems.push({ ...place, errors: row.errors });
}

/** A full submission ends what it does not name: a row that cannot even be read must not quietly be one of those. */
function mustBeWhole(file: string, { line, text, errors }: CheckedRow): void {
  if (text === undefined && errors[0]?.code === 'ragged_line')
    throw new HubError('usage', `${file}: line ${line}: ${errors[0].message}. See: mash feed check`);
}
