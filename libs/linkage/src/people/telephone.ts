import { isOneEditApart } from '../comparing/edits.js';
import { TELEPHONE } from './fields.js';

/**
 * A level of telephone, the best of all pairs of numbers; 0 when either has none. A landline is a household's, a mobile
 * mostly a person's.
 */
export function compareTelephones(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  let best = TELEPHONE.different;
  for (const x of a) {
    for (const y of b) {
      if (x === y) {
        if (x.startsWith('07')) return TELEPHONE['same-mobile'];
        best = TELEPHONE['same-landline'];
      } else if (best === TELEPHONE.different && isOneEditApart(x, y)) best = TELEPHONE['one-digit'];
    }
  }
  return best;
}
