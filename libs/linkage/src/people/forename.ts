import { isOneEditApart } from '../comparing/edits.js';
import { lookAlike } from './look-alike.js';
import type { NameFrequencies } from '../names/name-frequencies.js';
import type { PreparedName } from '../preparing/prepared-person.js';
import { FORENAME, MIDDLE_NAMES } from './fields.js';
import { closeBand, exactBand } from './rarity.js';

/** A level of forename, of the names people are called by; 0 when either has none. */
export function compareForenames(a: PreparedName, b: PreparedName, frequencies: NameFrequencies): number {
  const [x, y] = [a.forenames[0], b.forenames[0]];
  if (x === undefined || y === undefined) return 0;
  if (x.length === 1 || y.length === 1)
    return x.charCodeAt(0) === y.charCodeAt(0) ? FORENAME.initial : FORENAME['different-initial'];
  if (x === y) return FORENAME.exact + exactBand(frequencies.share('forename', x));
  if (areJoined(a, b)) return FORENAME.exact + exactBand(commoner(x, y, frequencies));
  if (a.standardForenames[0] === b.standardForenames[0]) return FORENAME.spelling + nearBand(x, y, frequencies);
  for (const full of a.fullNames)
    if (b.fullNames.includes(full)) return FORENAME.nickname + nearBand(x, y, frequencies);
  const oneEdit = x.length > 2 && y.length > 2 && isOneEditApart(x, y);
  if (oneEdit && !(frequencies.isCommon('forename', x) && frequencies.isCommon('forename', y)))
    return FORENAME.typo + nearBand(x, y, frequencies);
  const other = sharedForename(a, b, frequencies);
  if (other > 0) return FORENAME['other-forename'] + closeBand(-Math.log2(other));
  if (oneEdit) return FORENAME['two-names'];
  if (a.forenameSound === b.forenameSound && a.forenameSound.length > 1)
    return FORENAME.sound + nearBand(x, y, frequencies);
  return lookAlike(x, y) ? FORENAME.similar : FORENAME.different;
}

function commoner(x: string, y: string, frequencies: NameFrequencies): number {
  return Math.max(frequencies.share('forename', x), frequencies.share('forename', y));
}

function nearBand(x: string, y: string, frequencies: NameFrequencies): number {
  return closeBand(-Math.log2(commoner(x, y, frequencies)));
}

/** Siu Ling and Siuling, Jean-Paul and Jeanpaul. */
function areJoined(a: PreparedName, b: PreparedName): boolean {
  return joins(a.forenames, b.forenames[0]!) || joins(b.forenames, a.forenames[0]!);
}

function joins(parts: readonly string[], whole: string): boolean {
  return parts.length > 1 && parts[0]!.length + parts[1]!.length === whole.length && parts[0]! + parts[1]! === whole;
}

/** Known by the second forename, or the first left out: Mohammed Imran and Imran. The share of the name shared, 0 for none. */
function sharedForename(a: PreparedName, b: PreparedName, frequencies: NameFrequencies): number {
  const ofA = b.standardForenames.indexOf(a.standardForenames[0]!, 1) > 0;
  const ofB = a.standardForenames.indexOf(b.standardForenames[0]!, 1) > 0;
  return Math.max(
    ofA ? frequencies.share('forename', a.forenames[0]!) : 0,
    ofB ? frequencies.share('forename', b.forenames[0]!) : 0,
  );
}

/** A level of middleNames: forenames after the first, in any order; 0 when either has none. */
export function compareMiddleNames(a: PreparedName, b: PreparedName): number {
  const [x, y] = [a.standardForenames, b.standardForenames];
  if (x.length < 2 || y.length < 2) return 0;
  let initial = false;
  for (let i = 1; i < x.length; i++) {
    for (let j = 1; j < y.length; j++) {
      if (x[i] === y[j] && x[i]!.length > 1) return MIDDLE_NAMES.exact;
      initial ||= x[i]!.charAt(0) === y[j]!.charAt(0) && (x[i]!.length === 1 || y[j]!.length === 1);
    }
  }
  return initial ? MIDDLE_NAMES.initial : MIDDLE_NAMES.different;
}
