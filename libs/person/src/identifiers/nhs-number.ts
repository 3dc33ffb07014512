import { bad, good, type Branded, type Parsed } from '../parsed.js';

/** Ten digits, no spaces. */
export type NhsNumber = Branded<'NhsNumber'>;

const CODE = 'invalid_nhs_number';

/**
 * The tenth digit that belongs to nine, or null where modulus 11 gives 10 (such a number is never issued).
 * Source: NHS Data Dictionary, "NHS NUMBER", modulus 11 algorithm.
 */
export function nhsCheckDigit(nineDigits: string): number | null {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (nineDigits.charCodeAt(i) - 48) * (10 - i);
  const digit = 11 - (sum % 11);
  if (digit === 10) return null;
  return digit === 11 ? 0 : digit;
}

export const NhsNumber = {
  /** Spaces and hyphens between digits are allowed ("943 476 5919"). Gives the ten digits. */
  parse(text: unknown): Parsed<NhsNumber> {
    if (typeof text !== 'string') return bad(CODE, 'NHS number must be text');
    const digits = text.replace(/[\s-]/g, '');
    if (text.length > 20 || !/^\d{10}$/.test(digits)) return bad(CODE, 'NHS number must have 10 digits');
    // Ten equal digits often pass the check (1111111111 does) and are only ever typed to fill a box.
    if (/^(\d)\1{9}$/.test(digits)) return bad(CODE, 'NHS number is a placeholder, not a real number');
    if (nhsCheckDigit(digits) !== digits.charCodeAt(9) - 48) {
      return bad(CODE, 'NHS number is not valid: its last digit does not fit the others, so a digit is probably wrong');
    }
    return good(digits as NhsNumber);
  },
  /** "943 476 5919", as the NHS prints it. */
  format(value: NhsNumber | string): string {
    return `${value.slice(0, 3)} ${value.slice(3, 6)} ${value.slice(6)}`;
  },
};
