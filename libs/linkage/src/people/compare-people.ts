import type { NameFrequencies } from '../names/name-frequencies.js';
import type { PreparedPerson } from '../preparing/prepared-person.js';
import { compareNames } from './compare-names.js';
import { compareDates } from './date-of-birth.js';
import { compareEmails } from './email.js';
import { AT, FORENAME } from './fields.js';
import { compareIdentifiers } from './identifier.js';
import { comparePlaces } from './place.js';
import { compareSex } from './sex.js';
import { compareTelephones } from './telephone.js';

/** Writes a level per field from `out[to]` on; what one of the two does not give is 0, missing. Symmetric. */
export function comparePeople(
  a: PreparedPerson,
  b: PreparedPerson,
  frequencies: NameFrequencies,
  out: Uint8Array,
  to = 0,
): void {
  compareNames(a, b, frequencies, out, to);
  out[to + AT.dateOfBirth] = compareDates(a.dateOfBirth, b.dateOfBirth);
  const forename = out[to + AT.forename]!;
  // A nickname (Sam, Alex) may be of either.
  const tellsSex = forename > 0 && forename < FORENAME.sound && !isNickname(forename);
  out[to + AT.sex] = compareSex(a, b, tellsSex);
  out[to + AT.nhsNumber] = compareIdentifiers(a.nhsNumber, b.nhsNumber);
  out[to + AT.niNumber] = compareIdentifiers(a.niNumber, b.niNumber);
  out[to + AT.telephone] = compareTelephones(a.telephones, b.telephones);
  out[to + AT.email] = compareEmails(a.emails, b.emails);
  out[to + AT.place] = comparePlaces(a.places, b.places);
}

function isNickname(forename: number): boolean {
  return forename >= FORENAME.nickname && forename < FORENAME['other-forename'];
}
