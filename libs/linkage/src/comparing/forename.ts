import type { NameFrequencies } from '../names/name-frequencies.js';
import type { PreparedName } from '../preparing/prepared-person.js';
import { isOneEditApart } from './edits.js';
import { jaroWinkler } from './jaro-winkler.js';

export type ForenameLevel =
  | 'exact'
  | 'spelling'
  | 'nickname'
  | 'initial'
  | 'other-forename'
  | 'typo'
  | 'two-names'
  | 'sound'
  | 'similar'
  | 'different-initial'
  | 'different';

/** Compares the names people are called by; null when either has none. */
export function compareForenames(a: PreparedName, b: PreparedName, frequencies: NameFrequencies): ForenameLevel | null {
  const [x, y] = [a.forenames[0], b.forenames[0]];
  if (x === undefined || y === undefined) return null;
  if (x.length === 1 || y.length === 1) return x.charAt(0) === y.charAt(0) ? 'initial' : 'different-initial';
  if (x === y || areJoined(a, b)) return 'exact';
  if (a.standardForenames[0] === b.standardForenames[0]) return 'spelling';
  for (const full of a.fullNames) if (b.fullNames.includes(full)) return 'nickname';
  const oneEdit = x.length > 2 && y.length > 2 && isOneEditApart(x, y);
  if (oneEdit && !(frequencies.isCommon('forename', x) && frequencies.isCommon('forename', y))) return 'typo';
  if (usesOtherForename(a, b)) return 'other-forename';
  if (oneEdit) return 'two-names';
  if (a.forenameSound === b.forenameSound && a.forenameSound.length > 1) return 'sound';
  return jaroWinkler(x, y) >= 0.88 ? 'similar' : 'different';
}

/** Siu Ling and Siuling, Jean-Paul and Jeanpaul. */
function areJoined(a: PreparedName, b: PreparedName): boolean {
  return joins(a.forenames, b.forenames[0]!) || joins(b.forenames, a.forenames[0]!);
}

function joins(parts: readonly string[], whole: string): boolean {
  return parts.length > 1 && parts[0]!.length + parts[1]!.length === whole.length && parts[0]! + parts[1]! === whole;
}

/** Known by the second forename, or the first left out: Mohammed Imran and Imran. */
function usesOtherForename(a: PreparedName, b: PreparedName): boolean {
  return (
    a.standardForenames.indexOf(b.standardForenames[0]!, 1) > 0 ||
    b.standardForenames.indexOf(a.standardForenames[0]!, 1) > 0
  );
}

export type MiddleNamesLevel = 'exact' | 'initial' | 'different';

/** Forenames after the first, in any order; null when either has none. */
export function compareMiddleNames(a: PreparedName, b: PreparedName): MiddleNamesLevel | null {
  const [x, y] = [a.standardForenames, b.standardForenames];
  if (x.length < 2 || y.length < 2) return null;
  let initial = false;
  for (let i = 1; i < x.length; i++) {
    for (let j = 1; j < y.length; j++) {
      if (x[i] === y[j] && x[i]!.length > 1) return 'exact';
      initial ||= x[i]!.charAt(0) === y[j]!.charAt(0) && (x[i]!.length === 1 || y[j]!.length === 1);
    }
  }
  return initial ? 'initial' : 'different';
}

/** Surname and given name written in each other's place (or a family name that comes first). */
export function areSwapped(a: PreparedName, b: PreparedName): boolean {
  const [x, y] = [a.standardForenames[0], b.standardForenames[0]];
  return (
    x !== undefined &&
    y !== undefined &&
    x.length > 1 &&
    y.length > 1 &&
    a.surname !== '' &&
    x !== y &&
    x === b.standardSurname &&
    y === a.standardSurname
  );
}
