import type { PreparedDate } from '../preparing/prepared-person.js';

export type DateLevel =
  | 'exact'
  | 'first-of-january'
  | 'year-and-month'
  | 'year-only'
  | 'placeholder'
  | 'swapped'
  | 'one-digit'
  | 'year-slip'
  | 'one-part'
  | 'near'
  | 'different'
  | 'generation';

/** Years between parent and child at least. */
const GENERATION = 15;

/** Null when either is missing. */
export function compareDates(a: PreparedDate | null, b: PreparedDate | null): DateLevel | null {
  if (a === null || b === null) return null;
  const years = Math.abs(a.year - b.year);
  if (a.month === 0 || b.month === 0 || a.day === 0 || b.day === 0) return comparePartial(a, b, years);
  const sameDay = a.day === b.day;
  const sameMonth = a.month === b.month;
  if (years === 0 && sameDay && sameMonth) return isFirstOfJanuary(a) ? 'first-of-january' : 'exact';
  if (years === 0 && a.day === b.month && a.month === b.day) return 'swapped';
  if (sameDay && sameMonth && (years === 1 || years === 10 || years === 100)) return 'year-slip';
  if (digitsApart(a, b) <= 1 || (sameDay && sameMonth && yearDigitsSwapped(a.year, b.year))) return 'one-digit';
  // The first of January stands for "day not known" in many systems and countries: such a date only tells the year.
  if (years <= 1 && (isFirstOfJanuary(a) || isFirstOfJanuary(b))) return years === 0 ? 'placeholder' : 'near';
  if (years === 0 && (sameDay || sameMonth)) return 'one-part';
  if (years >= GENERATION) return 'generation';
  if (sameDay && sameMonth) return 'one-part';
  return years <= 1 || digitsApart(a, b) <= 2 ? 'near' : 'different';
}

function comparePartial(a: PreparedDate, b: PreparedDate, years: number): DateLevel {
  if (years >= GENERATION) return 'generation';
  if (years > 1) return 'different';
  if (years === 1) return 'near';
  if (a.month === 0 || b.month === 0) return 'year-only';
  return a.month === b.month ? 'year-and-month' : 'one-part';
}

function isFirstOfJanuary(date: PreparedDate): boolean {
  return date.day === 1 && date.month === 1;
}

/** Decimal digits that differ, of YYYYMMDD. */
function digitsApart(a: PreparedDate, b: PreparedDate): number {
  let apart = 0;
  let [x, y] = [a.year * 10_000 + a.month * 100 + a.day, b.year * 10_000 + b.month * 100 + b.day];
  for (let at = 0; at < 8; at++) {
    if (x % 10 !== y % 10) apart++;
    x = Math.trunc(x / 10);
    y = Math.trunc(y / 10);
  }
  return apart;
}

function yearDigitsSwapped(a: number, b: number): boolean {
  return Math.trunc(a / 100) === Math.trunc(b / 100) && (a % 10) * 10 + (Math.trunc(a / 10) % 10) === b % 100;
}
