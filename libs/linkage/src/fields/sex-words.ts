import type { Column } from '../linking/table.js';

/** How files write somebody's sex; digits are those of ISO/IEC 5218, 0 and 9 of which say nothing. */
const WORDS: Readonly<Record<string, string>> = {
  m: 'm',
  male: 'm',
  man: 'm',
  boy: 'm',
  f: 'f',
  female: 'f',
  woman: 'f',
  girl: 'f',
};
const DIGITS: Readonly<Record<string, string>> = { 1: 'm', 2: 'f', 0: '', 9: '' };
/** Of the rows that say something, the share that must say it in these words: the rest are slips. */
const NEARLY_ALL = 0.95;
/** A column of more words is about something else. */
const MOST_WORDS = 50;

/**
 * Reads a category's texts, one code for each sex where a column is of sex and writes one in several ways (two files
 * that write `M` and `Male`, `F` and `2`). Any other column's texts are left as they are: what is written in one way
 * needs no reading.
 * @param normal what becomes of a text otherwise
 */
export function readingSex(column: Column, normal: (text: string) => string): (text: string) => string {
  if (column.values.length > MOST_WORDS) return normal;
  const counts = new Map<string, number>();
  const texts = column.values.map((value) => (value === '' ? '' : normal(value)));
  for (const code of column.codes) {
    const text = texts[code]!;
    if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const hasDigits = counts.has('1') && counts.has('2');
  const codes = new Map(Object.entries(hasDigits ? { ...WORDS, ...DIGITS } : WORDS));
  let [all, known] = [0, 0];
  const ways: Record<string, number> = { m: 0, f: 0, '': 0 };
  for (const [text, count] of counts) {
    const code = codes.get(text);
    all += count;
    if (code === undefined) continue;
    known += count;
    ways[code]!++;
  }
  // Digits by themselves may count anything: there must be words beside them.
  const isSex = known >= NEARLY_ALL * all && ways['m']! > 0 && ways['f']! > 0;
  const isMixed = ways['m']! > 1 || ways['f']! > 1;
  if (!isSex || !isMixed) return normal;
  return (text) => {
    const plain = normal(text);
    return codes.get(plain) ?? plain;
  };
}
