import { bad, good, type Branded, type Parsed } from '../parsed.js';

/** Two letters, six digits, a letter A to D; upper case, no spaces. */
export type NiNumber = Branded<'NiNumber'>;

const CODE = 'invalid_ni_number';
// Source: HMRC National Insurance Manual NIM39110. No D F I Q U V in either prefix letter, no O in the second.
const SHAPE = /^[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]\d{6}[A-D]$/;
const UNUSED_PREFIXES = new Set(['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ']);

export const NiNumber = {
  /** Spaces, hyphens and lower case are allowed ("qq 12 34 56 c" is still refused: Q is never used). */
  parse(text: unknown): Parsed<NiNumber> {
    if (typeof text !== 'string') return bad(CODE, 'National Insurance number must be text');
    const value = text.replace(/[\s-]/g, '').toUpperCase();
    if (text.length > 20 || !/^[A-Z]{2}\d{6}[A-Z]$/.test(value)) {
      return bad(CODE, 'National Insurance number must be 2 letters, 6 numbers, then A, B, C or D');
    }
    if (!SHAPE.test(value)) {
      return bad(CODE, 'National Insurance number has a letter in a place where that letter is never used');
    }
    if (UNUSED_PREFIXES.has(value.slice(0, 2))) {
      return bad(CODE, 'National Insurance number starts with two letters that are not given to people');
    }
    return good(value as NiNumber);
  },
  /** "AB 12 34 56 C", as it is printed on letters. */
  format(value: NiNumber | string): string {
    return `${value.slice(0, 2)} ${value.slice(2, 4)} ${value.slice(4, 6)} ${value.slice(6, 8)} ${value.slice(8)}`;
  },
};
