import { jaroWinkler } from '../../comparing/jaro-winkler.js';

const ENCODER = new TextEncoder();

/** DuckDB compares texts by their UTF-8 bytes: a text with a letter for each byte. */
export function bytes(text: string): string {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  let made = '';
  for (const byte of ENCODER.encode(text)) made += String.fromCharCode(byte);
  return made;
}

/** Of longer texts, letter by letter, there would be no end. */
const LONGEST = 4_000;

function checkLength(a: string, b: string): void {
  if (Math.max(a.length, b.length) > LONGEST)
    throw new RangeError(`a cell of more than ${LONGEST} letters compared letter by letter`);
}

/** As Splink's engines have it: two empty texts are not alike. */
export function jaroWinklerSimilarity(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  checkLength(a, b);
  return jaroWinkler(a, b);
}

/** Jaro's similarity, got back from Jaro–Winkler's: the boost of a common start is known. */
export function jaroSimilarity(a: string, b: string): number {
  const boosted = jaroWinklerSimilarity(a, b);
  if (boosted <= 0.7 || boosted === 1) return boosted;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && prefix < b.length && a[prefix] === b[prefix]) prefix++;
  return (boosted - prefix * 0.1) / (1 - prefix * 0.1);
}

/**
 * Edits that turn a into b: letters put in, left out or replaced; with `swaps` also neighbours swapped, between which
 * others may have been put (R. Lowrance, R. Wagner, JACM 22, 1975).
 */
export function editDistance(a: string, b: string, swaps: boolean): number {
  if (a === b) return 0;
  checkLength(a, b);
  const width = b.length + 2;
  const most = a.length + b.length;
  const cost = new Int32Array((a.length + 2) * width).fill(most);
  for (let i = 0; i <= a.length; i++) cost[(i + 1) * width + 1] = i;
  for (let j = 0; j <= b.length; j++) cost[width + j + 1] = j;
  const lastRow = new Map<string, number>();
  for (let i = 1; i <= a.length; i++) {
    let lastColumn = 0;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const [row, column] = [lastRow.get(b[j - 1]!) ?? 0, lastColumn];
      const at = (i + 1) * width + j + 1;
      let best = Math.min(cost[at - width - 1]! + (same ? 0 : 1), cost[at - width]! + 1, cost[at - 1]! + 1);
      if (swaps) best = Math.min(best, cost[row * width + column]! + (i - row - 1) + 1 + (j - column - 1));
      cost[at] = best;
      if (same) lastColumn = j;
    }
    lastRow.set(a[i - 1]!, i);
  }
  return cost[(a.length + 1) * width + b.length + 1]!;
}
