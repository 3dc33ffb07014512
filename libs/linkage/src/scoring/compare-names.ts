import { areSwapped, compareForenames, compareMiddleNames } from '../comparing/forename.js';
import { compareSurnames, sharedPart } from '../comparing/surname.js';
import type { NameFrequencies } from '../names/name-frequencies.js';
import type { PreparedName, PreparedPerson } from '../preparing/prepared-person.js';
import type { Comparison } from './comparison.js';

const SAME_FORENAME = new Set(['exact', 'spelling', 'nickname', 'typo']);

/** What the rest of the two records says that a changed surname hangs on. */
export interface Surroundings {
  sameBirthDate: boolean;
  maybeWoman: boolean;
}

/** Compares all pairs of names, aliases too, and leaves the most telling pair's levels in `out`. */
export function compareNames(
  a: PreparedPerson,
  b: PreparedPerson,
  around: Surroundings,
  frequencies: NameFrequencies,
  out: Comparison,
): void {
  let best = -Infinity;
  let bestLevels: string | null = null;
  const alone = a.names.length === 1 && b.names.length === 1;
  for (const x of a.names) {
    for (const y of b.names) {
      comparePair(x, y, around, frequencies, out);
      if (alone) return;
      const weight = out.weightOf('surname') + out.weightOf('forename') + out.weightOf('middleNames');
      if (weight < best) continue;
      // Equal weights: the order of aliases must not matter, so the levels' names decide.
      const levels = `${out.levelOf('surname')} ${out.levelOf('forename')} ${out.levelOf('middleNames')}`;
      if (weight === best && bestLevels !== null && levels >= bestLevels) continue;
      best = weight;
      bestLevels = levels;
      out.keepNames();
    }
  }
  if (bestLevels !== null) out.restoreNames();
}

function comparePair(
  a: PreparedName,
  b: PreparedName,
  around: Surroundings,
  frequencies: NameFrequencies,
  out: Comparison,
): void {
  if (areSwapped(a, b)) {
    out.set('surname', 'swapped', frequencies.share('surname', a.surname));
    out.set('forename', 'swapped', frequencies.share('forename', a.forenames[0]!));
    out.set('middleNames', null);
    return;
  }
  const forename = compareForenames(a, b, frequencies);
  const surname = compareSurnames(a, b, frequencies);
  out.set('forename', forename, forename === null ? 0 : forenameShare(forename, a, b, frequencies));
  if (surname === 'different' && around.maybeWoman && around.sameBirthDate && SAME_FORENAME.has(forename ?? '')) {
    out.set('surname', 'changed');
  } else {
    out.set('surname', surname, surname === null ? 0 : surnameShare(surname, a, b, frequencies));
  }
  out.set('middleNames', forename === 'other-forename' ? null : compareMiddleNames(a, b));
}

function surnameShare(level: string, a: PreparedName, b: PreparedName, frequencies: NameFrequencies): number {
  if (level === 'different' || level === 'similar') return 0;
  if (level === 'part') return frequencies.share('surname', sharedPart(a, b));
  const share = frequencies.share('surname', a.surname);
  return a.surname === b.surname ? share : Math.max(share, frequencies.share('surname', b.surname));
}

function forenameShare(level: string, a: PreparedName, b: PreparedName, frequencies: NameFrequencies): number {
  if (level === 'different' || level === 'similar' || level === 'initial' || level === 'different-initial') return 0;
  const [x, y] = [a.forenames[0]!, b.forenames[0]!];
  const share = frequencies.share('forename', x);
  if (x === y) return share;
  if (level !== 'other-forename') return Math.max(share, frequencies.share('forename', y));
  // The shared name is the given name of the one who is called by it.
  const xIsShared = b.standardForenames.indexOf(a.standardForenames[0]!, 1) > 0;
  const yIsShared = a.standardForenames.indexOf(b.standardForenames[0]!, 1) > 0;
  return Math.max(xIsShared ? share : 0, yIsShared ? frequencies.share('forename', y) : 0);
}
