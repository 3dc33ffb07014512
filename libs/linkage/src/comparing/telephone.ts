import { isOneEditApart } from './edits.js';

export type TelephoneLevel = 'same-mobile' | 'same-landline' | 'one-digit' | 'different';

/** The best of all pairs of numbers; null when either has none. A landline is a household's, a mobile mostly a person's. */
export function compareTelephones(a: readonly string[], b: readonly string[]): TelephoneLevel | null {
  if (a.length === 0 || b.length === 0) return null;
  let best: TelephoneLevel = 'different';
  for (const x of a) {
    for (const y of b) {
      if (x === y) {
        if (x.startsWith('07')) return 'same-mobile';
        best = 'same-landline';
      } else if (best === 'different' && isOneEditApart(x, y)) best = 'one-digit';
    }
  }
  return best;
}
