import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';

/** A file that cannot be linked: names the file and the line, never what a cell holds. The command ends with code 1. */
export function fileProblem(file: string, line: number | null, what: string): LinkError {
  return new LinkError('bad_file', `${printable(file)}${line === null ? '' : `, line ${line}`}: ${what}`);
}

/** How a text that must not be longer than a line of the terminal is shown, quoted. */
export function quoted(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return `"${printable(short)}"`;
}
