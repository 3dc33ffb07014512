import { HubError, type FeedMapping, type FeedName } from '#contracts';
import { findHeadings } from '../table/headings.js';
import { firstLines } from '../table/first-lines.js';
import type { LineSource } from '../table/table.js';
import { sheetLines } from './sheet-lines.js';
import { openWorkbook } from './workbook.js';

const MAX_SHEETS = 60;

/**
 * The sheet of a workbook that holds the rows: the one named, else the one whose headings are known best.
 * @throws HubError `usage` where no sheet holds a table, or several may be meant
 */
export async function chooseSheet(
  feed: FeedName,
  file: string,
  options: { mapping?: FeedMapping | undefined; sheet?: string | undefined },
): Promise<LineSource> {
  const book = await openWorkbook(file);
  const wanted = options.sheet ?? options.mapping?.sheet;
  const names = book.sheets
    .slice(0, 10)
    .map(({ name }) => `"${name}"`)
    .join(', ');
  if (wanted !== undefined) {
    const sheet = book.sheets.find(({ name }) => name.trim().toLowerCase() === wanted.trim().toLowerCase());
    if (!sheet)
      throw new HubError('usage', `${file} has no sheet "${wanted}"; it has ${names || 'none that is shown'}.`);
    return sheetLines(book, sheet);
  }
  const found: { source: LineSource; known: number }[] = [];
  for (const sheet of book.sheets.slice(0, MAX_SHEETS)) {
    const source = sheetLines(book, sheet);
    const lines = await firstLines(source);
    if (lines.length > 0) found.push({ source, known: findHeadings(feed, file, lines, options.mapping)?.known ?? 0 });
  }
  found.sort((a, b) => b.known - a.known);
  const [first, second] = found;
  if (!first) throw new HubError('usage', `${file} has no sheet with anything on it.`);
  if (second && first.known < second.known * 1.5)
    throw new HubError('usage', `${file} has several sheets that may be meant: ${names}. Say which with --sheet.`);
  return first.source;
}
