import { isOneEditApart } from './edits.js';

export type EmailLevel = 'exact' | 'same-mailbox-name' | 'one-character' | 'different';

/** Shorter mailbox names ("jo") are anybody's. */
const TELLING = 6;

/** The best of all pairs of addresses; null when either has none. */
export function compareEmails(a: readonly string[], b: readonly string[]): EmailLevel | null {
  if (a.length === 0 || b.length === 0) return null;
  let best: EmailLevel = 'different';
  for (const x of a) {
    for (const y of b) {
      if (x === y) return 'exact';
      if (isOneEditApart(x, y)) best = 'one-character';
      else if (best === 'different' && mailbox(x).length >= TELLING && mailbox(x) === mailbox(y))
        best = 'same-mailbox-name';
    }
  }
  return best;
}

function mailbox(address: string): string {
  return address.slice(0, address.indexOf('@'));
}
