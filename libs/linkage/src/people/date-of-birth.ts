import type { PreparedDate } from '../preparing/prepared-person.js';
import { DATE } from './fields.js';

/** Years between parent and child at least. */
const GENERATION = 15;

/** A level of dateOfBirth: 0 when either is missing. */
export function compareDates(a: PreparedDate | null, b: PreparedDate | null): number {
  if (a === null || b === null) return 0;
  const years = Math.abs(a.year - b.year);
  if (a.month === 0 || b.month === 0 || a.day === 0 || b.day === 0) return comparePartial(a, b, years);
  const sameDay = a.day === b.day;
  const sameMonth = a.month === b.month;
  if (years === 0 && sameDay && sameMonth) return isFirstOfJanuary(a) ? DATE['first-of-january'] : DATE.exact;
  if (years === 0 && a.day === b.month && a.month === b.day) return DATE.swapped;
  if (sameDay && sameMonth && (years === 1 || years === 10 || years === 100)) return DATE['year-slip'];
  if (digitsApart(a, b) <= 1 || (sameDay && sameMonth && yearDigitsSwapped(a.year, b.year))) return DATE['one-digit'];
  // The first of January stands for "day not known" in many systems and countries: such a date only tells the year.
  if (years <= 1 && (isFirstOfJanuary(a) || isFirstOfJanuary(b))) return years === 0 ? DATE.placeholder : DATE.near;
  if (years === 0 && (sameDay || sameMonth)) return DATE['one-part'];
  if (years >= GENERATION) return DATE.generation;
  if (sameDay && sameMonth) return DATE['one-part'];
  return years <= 1 || digitsApart(a, b) <= 2 ? DATE.near : DATE.different;
}

function comparePartial(a: PreparedDate, b: PreparedDate, years: number): number {
  if (years >= GENERATION) return DATE.generation;
  if (years > 1) return DATE.different;
  if (years === 1) return DATE.near;
  if (a.month === 0 || b.month === 0) return DATE['year-only'];
  return a.month === b.month ? DATE['year-and-month'] : DATE['one-part'];
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
