import { HubError, type FeedMapping, type FeedName } from '#contracts';
import { csvLines } from '../csv/csv-lines.js';
import { chooseSheet } from '../xlsx/choose-sheet.js';
import { findHeadings } from './headings.js';
import { firstLines } from './first-lines.js';
import { leftOut } from './left-out.js';
import type { Line } from './table.js';

/** The widest exports of housing systems have some 300 columns. */
const MAX_COLUMNS = 2000;

/** A line of a table below its headings. */
export interface TableRow extends Line {
  /** It has more or fewer cells than there are headings: nobody can say which cell is which. */
  ragged?: boolean;
}

/** A table with its headings found. */
export interface Table {
  columns: string[];
  headingsLine: number;
  sheet?: string;
  from1904: boolean;
  notes: string[];
  /** Lines left out so far as totals, notes or repeated headings. */
  leftOut: { lines: number; first: number[] };
  rows(onShare?: (share: number) => void): AsyncGenerator<TableRow>;
}

export interface TableOptions {
  mapping?: FeedMapping | undefined;
  sheet?: string | undefined;
}

/** Opens a CSV or a workbook. @throws HubError `usage` where there are no headings, or several sheets may be meant */
export async function openTable(
  feed: FeedName,
  file: string,
  kind: 'csv' | 'xlsx',
  options: TableOptions = {},
): Promise<Table> {
  const source = kind === 'csv' ? await csvLines(file) : await chooseSheet(feed, file, options);
  const start = await firstLines(source);
  const found = findHeadings(feed, file, start, options.mapping);
  if (!found)
    throw new HubError(
      'usage',
      start.length === 0
        ? `${file} is empty: it has no line of headings.`
        : `${file}: no line of headings is found. The first line of the table names its columns (Surname, Date of birth, …). If they have other names, give a mapping (--mapping) that says which line they stand on: "headings": 1.`,
    );
  const { columns, line: headingsLine } = found;
  if (columns.length > MAX_COLUMNS)
    throw new HubError('usage', `${file} has ${columns.length} columns; an export of rows has at most ${MAX_COLUMNS}.`);
  const raw = start.find(({ line }) => line === headingsLine)!.cells.map((cell) => cell.trim());
  const above = start.filter(({ line }) => line < headingsLine).length;
  const table: Table = {
    columns,
    headingsLine,
    from1904: source.from1904,
    ...(source.sheet === undefined ? {} : { sheet: source.sheet }),
    notes: [
      ...source.notes,
      ...(above > 0 ? [`The headings stand on line ${headingsLine}; what is above is left out.`] : []),
    ],
    leftOut: { lines: 0, first: [] },
    async *rows(onShare) {
      table.leftOut = { lines: 0, first: [] };
      for await (const { line, cells } of source.lines(onShare)) {
        if (line <= headingsLine) continue;
        if (leftOut(cells, raw)) {
          if (cells.some((cell) => cell.trim() !== '') && table.leftOut.lines++ < 5) table.leftOut.first.push(line);
          continue;
        }
        yield kind === 'csv' && !fits(cells, columns.length) ? { line, cells, ragged: true } : { line, cells };
      }
    },
  };
  return table;
}

/** Further cells are blank, as where each line ends in a separator. */
function fits(cells: string[], width: number): boolean {
  if (cells.length === width) return true;
  if (cells.length < width) return false;
  for (let i = width; i < cells.length; i++) if (cells[i]!.trim() !== '') return false;
  return true;
}
