import { AS_OF } from '../county.js';
import { dayNumber, fromDayNumber, type IsoDate } from '../dates.js';

/** The day the records are looked at; nothing in them is later. */
export const TODAY = dayNumber(AS_OF);
const OLDEST = dayNumber('1915-01-01');
const texts: IsoDate[] = [];

/** The text of a day between 1915 and today, each made once: a million people share 40,000 days. */
export function dateText(day: number): IsoDate {
  return (texts[day - OLDEST] ??= fromDayNumber(day));
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a text of the shape YYYY-MM-DD is a day people alive can be born on; without making a Date. */
export function isPlausibleBirth(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  if (year < 1900 || text > AS_OF || day < 1 || day > (DAYS[month - 1] ?? 0)) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && year !== 1900);
}
