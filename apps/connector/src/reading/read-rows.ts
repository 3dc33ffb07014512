import {
  ColumnProfile,
  guessColumns,
  missingFields,
  RowReader,
  targetOf,
  type ColumnGuess,
  type DayOrder,
  type FeedMapping,
  type FeedName,
  type MissingField,
  type RowError,
} from '#contracts';
import { stat } from 'node:fs/promises';
import { fileKind, type FileKind } from './file-kind.js';
import { readNdjson } from './ndjson.js';
import { openTable, type Table } from './table/open-table.js';

export { readMapping } from '../mapping/mapping-file.js';

/** A row of the file: where it stands (line numbers as an editor or Excel shows them) and what it says. */
export interface FileRow {
  line: number;
  /** undefined where the line cannot be told into cells */
  value: unknown;
  /** what is wrong with its cells, in words; the feed is not asked yet */
  problems: RowError[];
  /** cells that said "no date" as systems do (00/00/0000) */
  noDates: number;
}

export interface ReadOptions {
  mapping?: FeedMapping | undefined;
  /** which sheet of a workbook */
  sheet?: string | undefined;
  /** which number of 01/02/2026 is the day, where the columns do not show it */
  dates?: DayOrder | undefined;
  /** told how far the reading is, 0 to 1; a table is read twice */
  onShare?: ((share: number) => void) | undefined;
}

/** A file whose columns are known. */
export interface OpenedFile {
  kind: FileKind;
  /** how each column is used; none for NDJSON */
  columns: ColumnGuess[];
  /** places every row must have that no column fills */
  missing: MissingField[];
  /** columns whose days and months cannot be told apart */
  unclearDates: string[];
  /** as it would be saved */
  mapping: FeedMapping | null;
  notes: string[];
  /** lines left out so far as totals or repeated headings */
  leftOut: () => { lines: number; first: number[] };
  rows(): AsyncGenerator<FileRow>;
}

/** Share of the work that finding out what the columns are is. */
const FIRST_PASS = 0.3;

/**
 * Opens a CSV, XLSX or NDJSON file. A table is read through once to see what its columns are, before any row is made of it.
 * @throws HubError `usage` for another kind of file, or a broken one; `too_compressed` for a bomb
 */
export async function openRows(feed: FeedName, file: string, options: ReadOptions = {}): Promise<OpenedFile> {
  const kind = await fileKind(file);
  if (kind === 'ndjson') return ndjson(file, options);
  const table = await openTable(feed, file, kind, options);
  const wanted = new Set([...idColumns(feed, table.columns)]);
  const profiles = table.columns.map((_, index) => new ColumnProfile(wanted.has(index)));
  let rows = 0;
  for await (const { cells, ragged } of table.rows(
    options.onShare && ((share) => options.onShare!(share * FIRST_PASS)),
  )) {
    if (ragged) continue;
    rows++;
    for (let i = 0; i < profiles.length; i++) {
      const text = cells[i];
      if (text !== undefined && text !== '') profiles[i]!.take(text);
    }
  }
  const { columns, missing } = options.mapping
    ? given(feed, table, options.mapping, profiles)
    : guessColumns(feed, table.columns, profiles, rows);
  const mapping = mappingOf(table, columns, profiles, options);
  const reader = new RowReader(feed, table.columns, mapping, { profiles, from1904: table.from1904 });
  return {
    kind,
    columns,
    missing,
    unclearDates: columns.flatMap(({ column, to }, i) =>
      to.length > 0 && hasDates(feed, column, profiles[i]!, mapping) ? [column] : [],
    ),
    mapping,
    notes: [...table.notes, ...notThere(table, options.mapping)],
    leftOut: () => table.leftOut,
    async *rows() {
      const onShare = options.onShare && ((share: number) => options.onShare!(FIRST_PASS + share * (1 - FIRST_PASS)));
      for await (const { line, cells, ragged } of table.rows(onShare)) {
        if (ragged) {
          yield { line, value: undefined, problems: [raggedProblem(cells.length, table.columns.length)], noDates: 0 };
          continue;
        }
        const { row, problems, noDates } = reader.read(cells);
        yield { line, value: row, problems, noDates };
      }
    },
  };
}

/** Rows of a file, streamed, for those who need no more. */
export async function* readRows(feed: FeedName, file: string, options: ReadOptions = {}): AsyncGenerator<FileRow> {
  yield* (await openRows(feed, file, options)).rows();
}

async function ndjson(file: string, { onShare }: ReadOptions): Promise<OpenedFile> {
  const { size } = await stat(file);
  return {
    kind: 'ndjson',
    columns: [],
    missing: [],
    unclearDates: [],
    mapping: null,
    notes: [],
    leftOut: () => ({ lines: 0, first: [] }),
    async *rows() {
      for await (const { line, value } of readNdjson(file, onShare && ((bytes) => onShare(bytes / size))))
        yield { line, value, problems: [], noDates: 0 };
    },
  };
}

/** The columns that may be the record's reference: only of these is it watched whether a value stands twice. */
function idColumns(feed: FeedName, columns: string[]): number[] {
  const guesses = guessColumns(feed, columns).columns;
  return guesses.flatMap(({ to }, index) =>
    to.some((path) => ['recordRef', 'tenancyRef', 'clientRef', 'caseRef'].includes(path)) ? [index] : [],
  );
}

/** The columns as a mapping says; what it does not name is not sent. */
function given(feed: FeedName, table: Table, mapping: FeedMapping, profiles: ColumnProfile[]) {
  const columns = table.columns.map((column): ColumnGuess => {
    const to = Object.hasOwn(mapping.columns, column) ? mapping.columns[column]! : undefined;
    if (to === undefined) return { column, to: [], sure: 'not-sent', why: 'the mapping does not name it' };
    return { column, to, sure: to.length > 0 ? 'given' : 'not-sent' };
  });
  const taken = new Set([...columns.flatMap(({ to }) => to), ...Object.keys(mapping.fixed ?? {})]);
  return { columns, missing: missingFields(feed, columns, profiles, taken) };
}

/** What a mapping names and the file has not, told once: an export that has changed. */
function notThere(table: Table, mapping: FeedMapping | undefined): string[] {
  const gone = Object.keys(mapping?.columns ?? {}).filter(
    (column) => mapping!.columns[column]!.length > 0 && !table.columns.includes(column),
  );
  return gone.length > 0 ? [`The mapping names columns this file does not have: ${gone.slice(0, 20).join(', ')}.`] : [];
}

/** The mapping as used, with what the columns showed about their dates. */
function mappingOf(table: Table, columns: ColumnGuess[], profiles: ColumnProfile[], options: ReadOptions): FeedMapping {
  const own = options.mapping?.dates;
  const dates: Record<string, DayOrder> = {};
  columns.forEach(({ column, to }, index) => {
    if (to.length === 0) return;
    const seen = profiles[index]!.days.order;
    const told = typeof own === 'string' ? own : own && Object.hasOwn(own, column) ? own[column] : undefined;
    if (told) dates[column] = told;
    else if (seen === 'day-first' || seen === 'month-first') dates[column] = seen;
    else if (seen === 'undecided' && options.dates) dates[column] = options.dates;
  });
  return {
    columns: Object.fromEntries(columns.map(({ column, to }) => [column, to])),
    ...(Object.keys(dates).length > 0 ? { dates } : {}),
    ...(options.mapping?.codes ? { codes: options.mapping.codes } : {}),
    ...(options.mapping?.fixed ? { fixed: options.mapping.fixed } : {}),
    ...(table.sheet === undefined ? {} : { sheet: table.sheet }),
    ...(options.mapping?.headings === undefined ? {} : { headings: options.mapping.headings }),
  };
}

function hasDates(feed: FeedName, column: string, profile: ColumnProfile, mapping: FeedMapping): boolean {
  const order = profile.days.order;
  if (order !== 'undecided' && order !== 'mixed') return false;
  if (mapping.dates && typeof mapping.dates === 'object' && Object.hasOwn(mapping.dates, column)) return false;
  return mapping.columns[column]!.some((path) => /^(?:date|moment|birth-date)$/.test(targetOf(feed, path)?.kind ?? ''));
}

function raggedProblem(cells: number, columns: number): RowError {
  return {
    path: '',
    code: 'ragged_line',
    message: `The line has ${cells} cells, and the headings have ${columns}: nobody can say which cell is which`,
  };
}
