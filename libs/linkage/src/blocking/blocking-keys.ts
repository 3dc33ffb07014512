import { isRareByDefault } from '../names/name-frequencies.js';
import type { PreparedPerson } from '../preparing/prepared-person.js';
import { soundCode } from '../preparing/sound-code.js';
import { type NameSounds, soundsOf } from './name-sounds.js';

/** A person's keys are stored and indexed one by one: each costs the hub an HMAC and an index entry. */
const MOST_KEYS = 18;

/**
 * Strings that two records of one person share at least one of. Each joins two or more facts, so that no block is large
 * and no key tells a fact by itself; names enter by sound and by the full name a nickname stands for, so that spelling
 * does not part a pair. Deterministic; the same on every machine and whatever records a hub holds. About eleven on
 * average, the surest first, for only so many are kept.
 */
export function blockingKeys(person: PreparedPerson): string[] {
  const keys = new Set<string>();
  const add = (kind: string, ...facts: string[]): void => {
    if (keys.size < MOST_KEYS && !facts.includes('')) keys.add(`${kind}:${facts.join('|')}`);
  };
  const names = person.names.slice(0, 3).map(soundsOf);
  const birthDay = fullDate(person);
  add('nhs', person.nhsNumber);
  add('ni', person.niNumber);
  for (const sound of new Set(names.flatMap((name) => name.all).slice(0, 5))) add('name+dob', sound, birthDay);
  for (const telephone of person.telephones.slice(0, 2)) add('tel', telephone);
  if (names[0]) addNames(person, names[0], add);
  if (names[0]) addPlaces(person, names[0], birthDay, add);
  for (const email of person.emails.slice(0, 1)) add('email', email);
  return [...keys];
}

type Add = (kind: string, ...facts: string[]) => void;

/** A year that is one off is met by the day key, a day that is off by the year key. */
function addNames(person: PreparedPerson, name: NameSounds, add: Add): void {
  const { dateOfBirth, names } = person;
  for (const pair of name.pairs) {
    if (dateOfBirth) add('names+year', pair, `${dateOfBirth.year}`);
    if (dateOfBirth && dateOfBirth.day > 0) add('names+day', pair, `${dateOfBirth.month}/${dateOfBirth.day}`);
  }
  // John Smith would be a large block, and without more in common no match either.
  if (!isRareByDefault(names[0]!.surname, names[0]!.forenames[0] ?? '')) return;
  for (const pair of name.pairs) add('names', pair);
  // A typing error mostly spares a surname's ends.
  for (const forename of name.forenames) add('forename+ends', forename, name.surnameEnds);
}

function addPlaces(person: PreparedPerson, name: NameSounds, birthDay: string, add: Add): void {
  for (const place of person.places.slice(0, 2)) {
    for (const forename of name.forenames) {
      add('forename+pc', forename, place.postcode);
      add('forename+street', forename, place.number, soundCode(place.street));
    }
    for (const pair of name.pairs) add('names+area', pair, place.outward);
    add('surname+pc', name.surname, place.postcode);
    add('dob+pc', birthDay, place.postcode);
  }
}

/** '' unless the whole date is known. */
function fullDate({ dateOfBirth }: PreparedPerson): string {
  if (!dateOfBirth || dateOfBirth.day === 0) return '';
  return `${dateOfBirth.year * 10_000 + dateOfBirth.month * 100 + dateOfBirth.day}`;
}
