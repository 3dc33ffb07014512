import type { NameFrequencies } from '../names/name-frequencies.js';
import type { PreparedName } from '../preparing/prepared-person.js';
import { isOneEditApart } from './edits.js';
import { jaroWinkler } from './jaro-winkler.js';

export type SurnameLevel = 'exact' | 'spelling' | 'part' | 'typo' | 'two-names' | 'sound' | 'similar' | 'different';

/** Null when either has no surname. */
export function compareSurnames(a: PreparedName, b: PreparedName, frequencies: NameFrequencies): SurnameLevel | null {
  const [x, y] = [a.surname, b.surname];
  if (x === '' || y === '') return null;
  if (x === y) return 'exact';
  if (a.standardSurname === b.standardSurname) return 'spelling';
  if (sharedPart(a, b) !== '') return 'part';
  if (x.length > 3 && y.length > 3 && isOneEditApart(x, y)) {
    return frequencies.isCommon('surname', x) && frequencies.isCommon('surname', y) ? 'two-names' : 'typo';
  }
  if (a.surnameSound === b.surnameSound && a.surnameSound.length > 1) return 'sound';
  return jaroWinkler(x, y) >= 0.88 ? 'similar' : 'different';
}

/**
 * One half of a double-barrelled name, or a surname the other record holds among the forenames: Gurpreet Kaur and
 * Gurpreet Kaur Sandhu, a Somali or Arabic chain of names cut at another place, the second of two Spanish surnames.
 * '' when nothing is shared.
 */
export function sharedPart(a: PreparedName, b: PreparedName): string {
  if (a.surnameParts.length + b.surnameParts.length > 2) {
    for (const part of a.surnameParts) if (b.surnameParts.includes(part)) return part;
  }
  if (a.standardForenames.indexOf(b.standardSurname, 1) > 0) return b.standardSurname;
  return b.standardForenames.indexOf(a.standardSurname, 1) > 0 ? a.standardSurname : '';
}
