import type { RowError } from '#contracts';
/** A row to correct: where it stands, its cells as they may be saved (own-cells.ts), and what is wrong. */
export interface ToCorrect {
  line: number;
  cells: readonly string[];
  errors: readonly RowError[];
}

const EXTRA = ['Line in the file', 'What is wrong'];
/** A spreadsheet runs a cell that begins so (OWASP, CSV injection). */
const RUNS = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
/** …but a plain number or a telephone number is none. */
const PLAIN_NUMBER = /^[+-]?\d[\d\s.,]*$/;

/**
 * The rows to correct as the agency's own file had them, with two columns behind, for a spreadsheet. What a cell would run is made plain
 * text by an apostrophe; the corrected file can be chosen again as it is (the two columns are not sent).
 * @returns the CSV's text, with a byte order mark: without it Excel spoils accents
 */
export function correctionsCsv(headings: readonly string[], rows: readonly ToCorrect[]): string {
  const lines = [
    [...headings, ...EXTRA],
    ...rows.map(({ line, cells, errors }) => [
      ...headings.map((_, column) => cells[column] ?? ''),
      String(line),
      errors.map(({ message }) => message).join('; '),
    ]),
  ];
  return `\ufeff${lines.map((cells) => cells.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(text: string): string {
  const safe = RUNS.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
