import { isOneEditApart } from './edits.js';

export type IdentifierLevel = 'exact' | 'one-character' | 'different';

/** NHS and National Insurance numbers (the latter without its suffix letter); null when either is missing. */
export function compareIdentifiers(a: string, b: string): IdentifierLevel | null {
  if (a === '' || b === '') return null;
  if (a === b) return 'exact';
  return isOneEditApart(a, b) ? 'one-character' : 'different';
}
