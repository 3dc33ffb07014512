import type { PreparedPlace } from '../preparing/prepared-person.js';
import { isOneEditApart } from './edits.js';

/** From nearest to farthest. */
const PLACE_LEVELS = [
  'same-address',
  'same-postcode',
  'same-street',
  'same-sector',
  'same-district',
  'elsewhere',
] as const;
export type PlaceLevel = (typeof PLACE_LEVELS)[number];

/**
 * Address, postcode and UPRN say one thing, where somebody lives or lived, and so are one comparison: the nearest of
 * all pairs of addresses, previous ones included. Null when nothing of the two can be compared.
 */
export function comparePlaces(a: readonly PreparedPlace[], b: readonly PreparedPlace[]): PlaceLevel | null {
  let best: number = PLACE_LEVELS.length;
  for (const x of a) {
    for (const y of b) {
      const level = comparePlace(x, y);
      if (level === 0) return 'same-address';
      if (level < best) best = level;
    }
  }
  return PLACE_LEVELS[best] ?? null;
}

/** An index into PLACE_LEVELS, its length when the two have nothing to compare. */
function comparePlace(a: PreparedPlace, b: PreparedPlace): number {
  if (a.uprn !== '' && a.uprn === b.uprn) return 0;
  const sameNumber = a.number !== '' && a.number === b.number;
  const sameStreet = a.street !== '' && a.street === b.street;
  if (a.postcode !== '' && b.postcode !== '') {
    if (a.postcode === b.postcode) return sameNumber || (sameStreet && a.number === b.number) ? 0 : 1;
    if (sameNumber && sameStreet && isOneEditApart(a.postcode, b.postcode)) return 0;
    if (sameStreet && a.outward === b.outward) return 2;
    if (a.sector === b.sector) return 3;
    return a.outward === b.outward ? 4 : 5;
  }
  if (sameStreet) return sameNumber && (a.outward === b.outward || a.outward === '' || b.outward === '') ? 0 : 2;
  if (a.outward !== '' && b.outward !== '') return a.outward === b.outward ? 4 : 5;
  return a.street !== '' && b.street !== '' ? 5 : PLACE_LEVELS.length;
}
