import { isOneEditApart } from '../comparing/edits.js';
import { IDENTIFIER } from './fields.js';

/** A level of nhsNumber or niNumber. NHS and National Insurance numbers (the latter without its suffix letter); 0 when either is missing. */
export function compareIdentifiers(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  if (a === b) return IDENTIFIER.exact;
  return isOneEditApart(a, b) ? IDENTIFIER['one-character'] : IDENTIFIER.different;
}
