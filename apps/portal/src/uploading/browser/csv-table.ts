import { ColumnProfile, HubError } from '#contracts';
import { parse } from 'csv-parse/sync';

/** A table as it stands in a file. */
export interface Table {
  headings: string[];
  rows: { line: number; cells: string[] }[];
  /** beside `headings`: what the values of each column look like */
  profiles: ColumnProfile[];
}

/** A browser holds file, rows and sealed batches at once; more than this is work for the connector, which streams. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;
export const MAX_ROWS = 100_000;

const SEPARATORS = [',', ';', '\t', '|'];

/**
 * Reads a CSV file whole.
 * @param bytes the file's
 * @throws HubError `usage` (too large, not UTF-8, no table, a workbook), in words for the data officer, never with a value
 */
export function readTable(bytes: Uint8Array): Table {
  requireFits(bytes.length);
  const text = textOf(bytes);
  const [first, ...rest] = recordsOf(text);
  if (!first) throw new HubError('usage', 'The file is empty. Choose the file your system exported.');
  if (rest.length > MAX_ROWS) throw tooLarge();
  const headings = ownNames(first.record);
  const profiles = headings.map(() => new ColumnProfile(true));
  const rows = rest.map(({ record, info }) => ({ line: info.lines, cells: record }));
  for (const { cells } of rows) profiles.forEach((profile, index) => profile.take(cells[index] ?? ''));
  return { headings, rows, profiles };
}

/** @throws HubError `too_large`; asked before a file is even read */
export function requireFits(bytes: number): void {
  if (bytes > MAX_FILE_BYTES) throw tooLarge();
}

function tooLarge(): HubError {
  return new HubError(
    'too_large',
    'The file is too large for a browser: at most 20 MB and 100,000 rows. Send it with the connector (mash feed send), which takes files of any size.',
  );
}

function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new HubError(
      'usage',
      'This is an Excel workbook. In Excel choose Save as, "CSV UTF-8", and choose that file here; or send the workbook with the connector (mash feed send), which reads it as it is.',
    );
  try {
    // As the connector reads: a line end within quotes is one line.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
  } catch {
    throw new HubError('usage', 'The text is not UTF-8. Save it again as "CSV UTF-8" (Excel: Save as, file type).');
  }
}

interface ParsedRecord {
  record: string[];
  info: { lines: number };
}

function recordsOf(text: string): ParsedRecord[] {
  try {
    return parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      info: true,
      skip_empty_lines: true,
    }) as unknown as ParsedRecord[];
  } catch (error) {
    const { code, lines } = error as { code?: unknown; lines?: unknown };
    if (typeof code !== 'string' || !code.startsWith('CSV_')) throw error;
    const why = code.toLowerCase().replace('csv_', '').replaceAll('_', ' ');
    throw new HubError(
      'usage',
      `Line ${String(lines ?? '?')} is not a line of this table (${why}). Export the file again.`,
    );
  }
}

/** Whichever stands most often in the line of headings, outside quotes. */
function separatorOf(text: string): string {
  const line = text
    .slice(0, 20_000)
    .split(/\r?\n/, 1)[0]!
    .replace(/"[^"]*"/g, '');
  const times = (separator: string) => line.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (times(separator) > times(best) ? separator : best));
}

/** Column names as the file has them; a second "Telephone" becomes "Telephone 2", so that it does not replace the first. */
function ownNames(header: string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  });
}
