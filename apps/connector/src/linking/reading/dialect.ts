import { fileProblem } from './file-problem.js';

export const QUOTE = 0x22;
export const LF = 0x0a;
export const CR = 0x0d;
const BOM = [0xef, 0xbb, 0xbf];
const DELIMITERS = [',', ';', '\t', '|'];

/** How this file separates its cells and rows. */
export interface Dialect {
  delimiter: number;
  /** Old Mac files end their lines with a CR alone; anywhere else a lone CR is part of a cell. */
  crAlone: boolean;
  /** Where the text begins: after a byte order mark. */
  start: number;
}

/**
 * Looks at the beginning of a file. The delimiter is the one of `, ; tab |` that the first line has most of, outside quotes.
 * @throws LinkError when it is not UTF-8 text at all
 */
export function dialectOf(file: string, head: Uint8Array): Dialect {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (utf16 || (head.length >= 2 && (head[0] === 0) !== (head[1] === 0)))
    throw fileProblem(file, 1, 'the file is UTF-16, not UTF-8: save it as UTF-8 CSV.');
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3)
    throw fileProblem(file, null, 'that is a workbook or a ZIP file: save it as UTF-8 CSV.');
  const start = BOM.every((byte, i) => head[i] === byte) ? BOM.length : 0;
  const counts = DELIMITERS.map(() => 0);
  let quotes = false;
  let i = start;
  for (; i < head.length; i++) {
    const byte = head[i]!;
    if (byte === QUOTE) quotes = !quotes;
    else if (quotes) continue;
    else if (byte === LF || byte === CR) {
      if (i > start && head[i - 1] !== LF && head[i - 1] !== CR) break;
    } else {
      const which = DELIMITERS.indexOf(String.fromCharCode(byte));
      if (which >= 0) counts[which]!++;
    }
  }
  const best = counts.indexOf(Math.max(...counts));
  return {
    delimiter: DELIMITERS[best]!.charCodeAt(0),
    crAlone: head[i] === CR && i + 1 < head.length && head[i + 1] !== LF,
    start,
  };
}
