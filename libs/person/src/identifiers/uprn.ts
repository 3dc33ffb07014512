import { bad, good, type Branded, type Parsed } from '../parsed.js';

/** One to twelve digits without leading zeros. */
export type Uprn = Branded<'Uprn'>;

const CODE = 'invalid_uprn';

export const Uprn = {
  /**
   * Source: Open Standards Principles, "Identifying property and street information" (GDS, BS 7666-2): a whole number of
   * at most 12 digits, without a check digit. Leading zeros are padding by some systems and are taken off.
   */
  parse(text: unknown): Parsed<Uprn> {
    if (typeof text !== 'string') return bad(CODE, 'UPRN must be text');
    const trimmed = text.trim();
    if (!/^\d{1,12}$/.test(trimmed)) return bad(CODE, 'UPRN must be 1 to 12 digits');
    const value = trimmed.replace(/^0+/, '');
    if (value === '') return bad(CODE, 'UPRN cannot be zero');
    return good(value as Uprn);
  },
};
