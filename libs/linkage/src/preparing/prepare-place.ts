import { normaliseName } from '#person';
import type { AddressInput } from '../person-input.js';
import { LONG_FORMS, UNIT_WORDS } from '../names/street-words.js';
import type { PreparedPlace } from './prepared-person.js';

/** Null when nothing in the address can tell one place from another. */
export function preparePlace(address: AddressInput): PreparedPlace | null {
  const postcode = (address.postcode ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '');
  const full = /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(postcode);
  const tokens = normaliseName(address.lines.slice(0, 3).join(' ')).split(' ');
  const numbers = tokens.filter((token) => /^\d+[a-z]?$/.test(token));
  const street = streetOf(address.lines);
  const uprn = (address.uprn ?? '').replace(/\D/g, '').replace(/^0+/, '');
  if (postcode === '' && uprn === '' && street === '') return null;
  return {
    uprn,
    postcode: full ? postcode : '',
    outward: full ? postcode.slice(0, -3) : postcode.slice(0, 4),
    sector: full ? postcode.slice(0, -2) : '',
    number: numbers.join('/'),
    street,
  };
}

/** The words of the first line that has any beside numbers and "flat", long forms written out. */
function streetOf(lines: readonly string[]): string {
  for (const line of lines) {
    const telling = normaliseName(line)
      .split(' ')
      .filter((word) => word !== '' && !/^\d+[a-z]?$/.test(word) && !UNIT_WORDS.has(word));
    if (telling.length > 0) return telling.map((word, at) => (at > 0 ? (LONG_FORMS[word] ?? word) : word)).join(' ');
  }
  return '';
}
