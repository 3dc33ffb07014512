import { isOneEditApart } from '../comparing/edits.js';
import { EMAIL } from './fields.js';

/** Shorter mailbox names ("jo") are anybody's. */
const TELLING = 6;

/** A level of email, the best of all pairs of addresses; 0 when either has none. */
export function compareEmails(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  let best = EMAIL.different;
  for (const x of a) {
    for (const y of b) {
      if (x === y) return EMAIL.exact;
      if (isOneEditApart(x, y)) best = EMAIL['one-character'];
      else if (best === EMAIL.different && mailbox(x).length >= TELLING && mailbox(x) === mailbox(y))
        best = EMAIL['same-mailbox-name'];
    }
  }
  return best;
}

function mailbox(address: string): string {
  return address.slice(0, address.indexOf('@'));
}
