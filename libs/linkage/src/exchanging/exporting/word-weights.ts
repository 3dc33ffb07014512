import { normaliseName } from '#person';
import type { Column } from '../../linking/table.js';
import { LONG_FORMS, UNIT_WORDS } from '../../names/street-words.js';

/** More words than this are not written out with their weights. */
export const MOST_WORDS = 1_500;

export interface WordWeights {
  /** Bits of the commonest words. */
  bits: [string, number][];
  /** Of all others. */
  otherwise: number;
  /** Whether all others are met but once. */
  whole: boolean;
}

/** Bits of rarity of the words of addresses, as fields/address-words.ts counts them. */
export function wordWeights(addresses: readonly Column[], rows: number): WordWeights {
  const counts = new Map<string, number>();
  for (const { values, codes } of addresses) {
    const often = new Uint32Array(values.length);
    for (const code of codes) often[code]!++;
    values.forEach((value, code) => {
      const told = normaliseName(value)
        .split(' ')
        .filter((word) => word !== '' && !/^\d+[a-z]?$/.test(word) && !UNIT_WORDS.has(word));
      told.forEach((word, at) => {
        const long = at > 0 ? (LONG_FORMS[word] ?? word) : word;
        counts.set(long, (counts.get(long) ?? 0) + often[code]!);
      });
    });
  }
  const common = [...counts].filter(([, count]) => count > 1).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const listed = common.slice(0, MOST_WORDS);
  const bits = (count: number): number => Math.fround(Math.log2(Math.max(rows, 2) / count));
  return {
    bits: listed.map(([word, count]) => [word, bits(count)]),
    otherwise: bits(1),
    whole: listed.length === common.length,
  };
}
