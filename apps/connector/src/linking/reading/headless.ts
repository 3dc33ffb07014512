import { fileProblem } from './file-problem.js';

/** What stands in a cell about a person and never in a heading. */
const DATA = [
  /^\d{4}([-/. ])\d{1,2}\1\d{1,2}([T ].*)?$/,
  /^\d{1,2}([-/. ])\d{1,2}\1(\d{4}|\d{2})([T ].*)?$/,
  /^(1[89]|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])$/,
  /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/,
  /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
];

/** Whether the first line of a file is of data: a date, a postcode or an e-mail address is in it. */
export function looksLikeData(firstLine: readonly string[]): boolean {
  return firstLine.some((cell) => DATA.some((pattern) => pattern.test(cell)));
}

/** @throws LinkError when the first line of a file is of data; it does not say what stands there */
export function checkHeadings(files: readonly { file: string; header: string[] }[]): void {
  for (const { file, header } of files) if (looksLikeData(header)) throw headless(file);
}

export function headless(file: string): Error {
  return fileProblem(file, 1, 'the file has no line of headings: its first line must name the columns.');
}
