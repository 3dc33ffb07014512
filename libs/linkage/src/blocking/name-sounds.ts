import { isFamilyNameByDefault } from '../names/name-frequencies.js';
import { fullNamesOf, standardForename } from '../names/name-tables.js';
import type { PreparedName } from '../preparing/prepared-person.js';
import { soundCode } from '../preparing/sound-code.js';

const isShort = (part: string): boolean => part.length > 1 && part.length <= 5;

/** How the parts of a name sound, with forenames by the full names they may stand for (Chris: Christine, Christopher). */
export interface NameSounds {
  surname: string;
  /** First and last letter of the surname; '' when there is none. */
  surnameEnds: string;
  forenames: string[];
  /** Surname and forename, in an order that does not depend on which is which. */
  pairs: string[];
  all: string[];
}

/** More full names than this (Al, Mo, Jo) would cost more keys than they find. */
const MOST_FULL_NAMES = 3;

/** How a name may sound, under its short forms and with its parts swapped: what blocking looks candidates up by. */
export function soundsOf(name: PreparedName): NameSounds {
  const sounds = new Set(name.fullNames.map(soundCode));
  const [first = '', second = ''] = name.forenames;
  // Gurpreet Singh Uppal is also written Gurpreet Singh.
  const asSurname = second !== '' && isFamilyNameByDefault(second) ? soundCode(second) : '';
  // Yan Fang is also written Yanfang.
  if (asSurname === '' && isShort(first) && isShort(second)) sounds.add(soundCode(first + second));
  sounds.delete('');
  const forenames = [...sounds].slice(0, MOST_FULL_NAMES);
  // A surname goes the way of forenames in a pair: where the two are exchanged, Dave must still meet David.
  const family = name.surname === '' ? '' : soundCode(fullNamesOf(standardForename(name.surname))[0]!);
  return {
    surname: soundCode(name.standardSurname),
    surnameEnds: name.surname === '' ? '' : name.standardSurname.charAt(0) + name.standardSurname.slice(-1),
    forenames,
    pairs: [family, asSurname]
      .filter((sound) => sound !== '')
      .flatMap((sound) => forenames.map((forename) => [sound, forename].sort().join('+'))),
    all: [...new Set([...name.surnameParts.map(soundCode), ...forenames, ...(asSurname === '' ? [] : [asSurname])])],
  };
}
