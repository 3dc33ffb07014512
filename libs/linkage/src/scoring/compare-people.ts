import { compareDates } from '../comparing/date-of-birth.js';
import { compareEmails } from '../comparing/email.js';
import { compareIdentifiers } from '../comparing/identifier.js';
import { comparePlaces } from '../comparing/place.js';
import { compareSex } from '../comparing/sex.js';
import { compareTelephones } from '../comparing/telephone.js';
import type { NameFrequencies } from '../names/name-frequencies.js';
import type { PreparedPerson } from '../preparing/prepared-person.js';
import { compareNames } from './compare-names.js';
import type { Comparison } from './comparison.js';

const SAME_DATE = new Set(['exact', 'first-of-january']);
const TELLS_SEX = new Set(['exact', 'spelling', 'swapped', 'typo', 'other-forename']);

/** Leaves every field's level in `out`; a field one of the two does not give stays missing. */
export function comparePeople(
  a: PreparedPerson,
  b: PreparedPerson,
  frequencies: NameFrequencies,
  out: Comparison,
): void {
  const date = compareDates(a.dateOfBirth, b.dateOfBirth);
  out.set('dateOfBirth', date);
  out.set('surname', null);
  out.set('forename', null);
  out.set('middleNames', null);
  const around = { sameBirthDate: SAME_DATE.has(date ?? ''), maybeWoman: a.sex !== 'M' && b.sex !== 'M' };
  compareNames(a, b, around, frequencies, out);
  out.set('sex', compareSex(a, b, TELLS_SEX.has(out.levelOf('forename') ?? '')));
  out.set('nhsNumber', compareIdentifiers(a.nhsNumber, b.nhsNumber));
  out.set('niNumber', compareIdentifiers(a.niNumber, b.niNumber));
  out.set('telephone', compareTelephones(a.telephones, b.telephones));
  out.set('email', compareEmails(a.emails, b.emails));
  out.set('place', comparePlaces(a.places, b.places));
}
