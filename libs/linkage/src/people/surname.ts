import { isOneEditApart } from '../comparing/edits.js';
import { lookAlike } from './look-alike.js';
import type { NameFrequencies } from '../names/name-frequencies.js';
import type { PreparedName } from '../preparing/prepared-person.js';
import { SURNAME } from './fields.js';
import { closeBand, exactBand } from './rarity.js';

/** A level of surname; 0 when either has none. */
export function compareSurnames(a: PreparedName, b: PreparedName, frequencies: NameFrequencies): number {
  const [x, y] = [a.surname, b.surname];
  if (x === '' || y === '') return 0;
  if (x === y) return SURNAME.exact + exactBand(frequencies.share('surname', x));
  if (a.standardSurname === b.standardSurname) return SURNAME.spelling + nearBand(x, y, frequencies);
  const part = sharedPart(a, b);
  if (part !== '') return SURNAME.part + closeBand(-Math.log2(frequencies.share('surname', part)));
  if (x.length > 3 && y.length > 3 && isOneEditApart(x, y)) {
    if (frequencies.isCommon('surname', x) && frequencies.isCommon('surname', y)) return SURNAME['two-names'];
    return SURNAME.typo + nearBand(x, y, frequencies);
  }
  if (a.surnameSound === b.surnameSound && a.surnameSound.length > 1)
    return SURNAME.sound + nearBand(x, y, frequencies);
  return lookAlike(x, y) ? SURNAME.similar : SURNAME.different;
}

/** A slip is as rare as the name it is a slip of: the commoner of the two. */
function nearBand(x: string, y: string, frequencies: NameFrequencies): number {
  return closeBand(-Math.log2(Math.max(frequencies.share('surname', x), frequencies.share('surname', y))));
}

/**
 * One half of a double-barrelled name, or a surname the other record holds among the forenames: Gurpreet Kaur and
 * Gurpreet Kaur Sandhu, a Somali or Arabic chain of names cut at another place, the second of two Spanish surnames.
 * '' when nothing is shared.
 */
function sharedPart(a: PreparedName, b: PreparedName): string {
  if (a.surnameParts.length + b.surnameParts.length > 2) {
    for (const part of a.surnameParts) if (b.surnameParts.includes(part)) return part;
  }
  if (a.standardForenames.indexOf(b.standardSurname, 1) > 0) return b.standardSurname;
  return b.standardForenames.indexOf(a.standardSurname, 1) > 0 ? a.standardSurname : '';
}
