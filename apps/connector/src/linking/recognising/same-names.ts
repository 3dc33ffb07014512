import type { ReadColumn } from '../reading/read-column.js';

const LOOKED_AT = 2000;

/**
 * Whether a column of whole names says what columns of parts say already: in rows that have all, its words hold theirs.
 * Compared a second time they would count double.
 */
export function saysTheSame(whole: ReadColumn, parts: ReadColumn[]): boolean {
  const rows = whole.codes.length;
  const step = Math.max(1, Math.floor(rows / LOOKED_AT));
  let both = 0;
  let same = 0;
  for (let row = 0; row < rows; row += step) {
    const words = wordsIn(whole, row);
    const others = parts.flatMap((part) => wordsIn(part, row));
    if (words.length === 0 || others.length === 0) continue;
    both++;
    if (others.every((word) => words.includes(word)) || words.every((word) => others.includes(word))) same++;
  }
  return both > 0 && same / both >= 0.5;
}

function wordsIn({ codes, dictionary }: ReadColumn, row: number): string[] {
  const text = Buffer.from(dictionary.bytesOf(codes[row]!)).toString('utf8').toLowerCase();
  return text.split(/[^\p{L}\p{M}]+/u).filter((word) => word !== '');
}
