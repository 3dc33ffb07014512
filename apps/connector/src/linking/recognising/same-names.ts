import type { ReadColumn } from '../reading/read-column.js';

const LOOKED_AT = 2000;

/**
 * Whether a column of whole names says what columns of parts say already: in rows that have all, its words hold theirs.
 * Compared a second time they would count double.
 */
export function saysTheSame(whole: ReadColumn, parts: ReadColumn[]): boolean {
  // By what stands in them, not by their place: the order of the rows has no part in it.
  const looked = sampleOfCodes(whole);
  const met = new Set<string>();
  let both = 0;
  let same = 0;
  for (let row = 0; row < whole.codes.length; row++) {
    if (looked[whole.codes[row]!] === 0) continue;
    const cells = [whole, ...parts].map(({ codes }) => codes[row]!).join();
    if (met.has(cells)) continue;
    met.add(cells);
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

function sampleOfCodes({ dictionary, distinct }: ReadColumn): Uint8Array {
  const looked = new Uint8Array(distinct + 1);
  for (const text of dictionary.sample(LOOKED_AT)) looked[dictionary.find(Buffer.from(text))] = 1;
  return looked;
}
