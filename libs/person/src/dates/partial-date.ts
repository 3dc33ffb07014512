import { bad, good, type Parsed } from '../parsed.js';

/** A date known to the year, month or day. `iso` is YYYY, YYYY-MM or YYYY-MM-DD. */
export interface PartialDate {
  iso: string;
  precision: 'year' | 'month' | 'day';
  year: number;
  month?: number;
  day?: number;
}

export interface DateBounds {
  /** The clock; default now. */
  now?: Date;
  /** Allow dates after `now` (a court date, the end of a notice). Default false. */
  future?: boolean;
}

const CODE = 'invalid_date';
/** Nobody a living person's file names was born before: the oldest person ever proved was born in 1875. */
const FIRST_YEAR = 1870;
/** Where the future is allowed: further ahead is a slip of the finger (2206 for 2026). */
const YEARS_AHEAD = 100;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days in a month of the Gregorian calendar; month 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}

/** Today in Britain is at most an hour ahead of UTC (British Summer Time), so the hour is given away. */
function today(now: Date): string {
  return new Date(now.getTime() + 3_600_000).toISOString().slice(0, 10);
}

export const PartialDate = {
  /** ISO 8601-1 section 5.2.2: YYYY-MM-DD, and with reduced precision YYYY-MM or YYYY. A real day of the calendar. */
  parse(text: unknown, bounds: DateBounds = {}): Parsed<PartialDate> {
    if (typeof text !== 'string') return bad(CODE, 'Date must be text');
    const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text.trim());
    if (!parts) return bad(CODE, 'Date must be a year, month or day, like 2026, 2026-11 or 2026-11-03');
    const year = Number(parts[1]);
    const now = bounds.now ?? new Date();
    if (year < FIRST_YEAR) return bad(CODE, `Date must not be before ${FIRST_YEAR}`);
    if (bounds.future && year > now.getUTCFullYear() + YEARS_AHEAD) return bad(CODE, 'Date is too far in the future');
    const iso = parts[0];
    // Only this year's dates, or later ones, need today's date to be worked out.
    if (!bounds.future && year >= now.getUTCFullYear() && iso > today(now).slice(0, iso.length))
      return bad(CODE, 'Date must not be in the future');
    if (parts[2] === undefined) return good({ iso, precision: 'year', year });
    const month = Number(parts[2]);
    if (month < 1 || month > 12) return bad(CODE, 'Date must be a real date: its month is not between 01 and 12');
    if (parts[3] === undefined) return good({ iso, precision: 'month', year, month });
    const day = Number(parts[3]);
    if (day < 1 || day > daysInMonth(year, month))
      return bad(CODE, 'Date must be a real date: that month has no such day');
    return good({ iso, precision: 'day', year, month, day });
  },
};

/** For pages: "3 November 2026", "November 2026" or "2026". Anything that is no date is given back as it is. */
export function formatPartialDate(date: PartialDate | string): string {
  const [year, month, day] = (typeof date === 'string' ? date : date.iso).split('-');
  const name = month === undefined ? undefined : MONTHS[Number(month) - 1];
  if (year === undefined || name === undefined) return typeof date === 'string' ? date : date.iso;
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}
