import { parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import { bad, good, type Branded, type Parsed } from '../parsed.js';

/** E.164: "+441154960123". */
export type Phone = Branded<'Phone'>;

const CODE = 'invalid_phone';
// Source: Ofcom, National Telephone Numbering Plan, part A: 10 digits after the 0, first of them 1 2 3 5 7 8 or 9.
const BRITISH = /^(?:\+44(?:\(0\)|0)?|0044(?:\(0\)|0)?|0)([1235789]\d{9})$/;
const SHAPE = /^\+?[\d\s().\-\u2010-\u2013/]+$/;

export const Phone = {
  /**
   * A number without a country code is British. Spaces, brackets, dots and hyphens are allowed; letters and extensions
   * are not (an extension silently lost may put a call through to the wrong person).
   * Says whether it can be a number by its length (ITU-T E.164; libphonenumber's "possible"), not whether it is in use:
   * ranges change monthly, and numbers kept for drama (07700 900xxx), which made-up people have, are in no list.
   */
  parse(text: unknown): Parsed<Phone> {
    if (typeof text !== 'string') return bad(CODE, 'Telephone number must be text');
    const trimmed = text.trim();
    if (trimmed.length > 40 || !SHAPE.test(trimmed)) {
      return bad(CODE, 'Telephone number must have only digits, spaces, brackets and an optional + at its start');
    }
    // Nearly every number is British: this way round costs 1 µs where the full library costs 60.
    const british = BRITISH.exec(trimmed.replace(/[\s.\-\u2010-\u2013/]|\((?!0\))|(?<!\(0)\)/g, ''));
    if (british) return good(`+44${british[1]}` as Phone);
    const number = parsePhoneNumberFromString(trimmed.replace(/^00/, '+'), 'GB', metadata);
    if (!number?.isPossible() || number.ext) return bad(CODE, 'Telephone number is too short, too long or incomplete');
    return good(number.number as string as Phone);
  },
};

/** For pages: British numbers as dialled at home ("0115 496 0123"), others with their country code. */
export function groupPhone(value: Phone | string): string {
  const number = parsePhoneNumberFromString(value, 'GB', metadata);
  if (!number) return value;
  return number.countryCallingCode === '44' ? number.formatNational() : number.formatInternational();
}
