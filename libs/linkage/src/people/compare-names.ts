import type { NameFrequencies } from '../names/name-frequencies.js';
import { fullNamesOf, standardForename } from '../names/name-tables.js';
import type { PreparedName, PreparedPerson } from '../preparing/prepared-person.js';
import { AT, FORENAME, PERSON_FIELDS, SURNAME } from './fields.js';
import { compareForenames, compareMiddleNames } from './forename.js';
import { closeBand } from './rarity.js';
import { compareSurnames } from './surname.js';

/** Roughly how telling a level is, in bits: which of several names is compared must not hang on the model. */
const BASE: Record<string, number> = {
  exact: 1,
  swapped: 4,
  typo: -1,
  nickname: -1,
  spelling: -2,
  part: -2,
  'other-forename': -3,
  sound: -4,
  initial: 3,
  similar: 0,
  'two-names': 0,
  changed: -4,
  'different-initial': -5,
  different: -6,
};
const worthOf = (at: number): number[] =>
  PERSON_FIELDS[at]!.levels.map(({ name, band }) => (BASE[name] ?? 0) + Math.max(band, 0));
const SURNAME_WORTH = worthOf(AT.surname);
const FORENAME_WORTH = worthOf(AT.forename);
const MIDDLE_WORTH = worthOf(AT.middleNames);

/**
 * Compares all pairs of names, aliases too; writes the most telling pair's levels of surname, forename and middleNames,
 * which come first in a row of levels.
 */
export function compareNames(
  a: PreparedPerson,
  b: PreparedPerson,
  frequencies: NameFrequencies,
  out: Uint8Array,
  to: number,
): void {
  // A man's surname hardly changes; of anybody else it may have by marriage.
  const otherwise = a.sex !== 'M' && b.sex !== 'M' ? SURNAME.changed : SURNAME.different;
  const alone = a.names.length === 1 && b.names.length === 1;
  out[to] = out[to + 1] = out[to + 2] = 0;
  let best = -Infinity;
  let [surname, forename, middle] = [0, 0, 0];
  for (const x of a.names) {
    for (const y of b.names) {
      comparePair(x, y, otherwise, frequencies, out, to);
      if (alone) return;
      const [s, f, m] = [out[to]!, out[to + 1]!, out[to + 2]!];
      const worth = SURNAME_WORTH[s]! + FORENAME_WORTH[f]! + MIDDLE_WORTH[m]!;
      // Where two are worth as much, the order of aliases must not matter, so the levels' numbers decide.
      const later = s - surname || f - forename || m - middle;
      if (worth < best || (worth === best && later >= 0)) continue;
      best = worth;
      [surname, forename, middle] = [s, f, m];
    }
  }
  out[to] = surname;
  out[to + 1] = forename;
  out[to + 2] = middle;
}

function comparePair(
  a: PreparedName,
  b: PreparedName,
  otherwise: number,
  frequencies: NameFrequencies,
  out: Uint8Array,
  to: number,
): void {
  if (areSwapped(a, b)) {
    // One finding of two fields: told under surname alone.
    out[to] = SURNAME.swapped + closeBand(swappedBits(a, frequencies));
    out[to + 1] = 0;
    out[to + 2] = 0;
    return;
  }
  const surname = compareSurnames(a, b, frequencies);
  const forename = compareForenames(a, b, frequencies);
  out[to] = surname === SURNAME.different ? otherwise : surname;
  out[to + 1] = forename;
  const isOther = forename >= FORENAME['other-forename'] && forename < FORENAME.typo;
  out[to + 2] = isOther ? 0 : compareMiddleNames(a, b);
}

/** How rare the two names are together, halved, so that it is cut into the same bands as one. */
function swappedBits(name: PreparedName, frequencies: NameFrequencies): number {
  const surname = frequencies.share('surname', name.surname);
  return -Math.log2(surname * frequencies.share('forename', name.forenames[0]!)) / 2;
}

/**
 * Surname and given name written in each other's place, or a family name that comes first: Chen Hoi Yan, whose two given
 * names then are the surname. One of the two must be the same, the other may be a short form.
 */
export function areSwapped(a: PreparedName, b: PreparedName): boolean {
  if (a.forenames.length === 0 || b.forenames.length === 0 || a.surname === '' || b.surname === '') return false;
  const there = isForename(a, b.standardSurname);
  const back = isForename(b, a.standardSurname);
  if (!there && !back) return false;
  if (a.standardSurname === b.standardSurname) return false;
  return (there || isShortFor(a, b.standardSurname)) && (back || isShortFor(b, a.standardSurname));
}

/** Whether the text is the given name, or the first two run together. */
function isForename({ standardForenames }: PreparedName, text: string): boolean {
  const [first, second] = standardForenames;
  if (first === text) return text.length > 1;
  return second !== undefined && first!.length + second.length === text.length && first! + second === text;
}

function isShortFor({ fullNames }: PreparedName, text: string): boolean {
  return fullNamesOf(standardForename(text)).some((full) => fullNames.includes(full));
}
