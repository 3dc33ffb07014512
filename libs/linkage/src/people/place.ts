import type { PreparedPlace } from '../preparing/prepared-person.js';
import { isOneEditApart } from '../comparing/edits.js';
import { PLACE } from './fields.js';

/** Levels of place stand from nearest to farthest; this is farther than any. */
const NOTHING = PLACE.elsewhere + 1;

/**
 * Address, postcode and UPRN say one thing, where somebody lives or lived, and so are one comparison: the nearest of
 * all pairs of addresses, previous ones included. 0 when nothing of the two can be compared.
 */
export function comparePlaces(a: readonly PreparedPlace[], b: readonly PreparedPlace[]): number {
  let best = NOTHING;
  for (const x of a) {
    for (const y of b) {
      const level = comparePlace(x, y);
      if (level === PLACE['same-address']) return level;
      if (level < best) best = level;
    }
  }
  return best === NOTHING ? 0 : best;
}

function comparePlace(a: PreparedPlace, b: PreparedPlace): number {
  if (a.uprn !== '' && a.uprn === b.uprn) return PLACE['same-address'];
  const sameNumber = a.number !== '' && a.number === b.number;
  const sameStreet = a.street !== '' && a.street === b.street;
  if (a.postcode !== '' && b.postcode !== '') {
    if (a.postcode === b.postcode)
      return sameNumber || (sameStreet && a.number === b.number) ? PLACE['same-address'] : PLACE['same-postcode'];
    if (sameNumber && sameStreet && isOneEditApart(a.postcode, b.postcode)) return PLACE['same-address'];
    if (sameStreet && a.outward === b.outward) return PLACE['same-street'];
    if (a.sector === b.sector) return PLACE['same-sector'];
    return a.outward === b.outward ? PLACE['same-district'] : PLACE.elsewhere;
  }
  if (sameStreet)
    return sameNumber && (a.outward === b.outward || a.outward === '' || b.outward === '')
      ? PLACE['same-address']
      : PLACE['same-street'];
  if (a.outward !== '' && b.outward !== '') return a.outward === b.outward ? PLACE['same-district'] : PLACE.elsewhere;
  return a.street !== '' && b.street !== '' ? PLACE.elsewhere : NOTHING;
}
