import { daysInMonth } from '#person';

/** Which number of 01/02/2026 is the day. */
export type DayOrder = 'day-first' | 'month-first';

export interface DateStyle {
  /** undefined: the column's values do not tell */
  order?: DayOrder | undefined;
  /** Bare numbers are spreadsheet serials counted from 1904 instead of 1900. */
  from1904?: boolean;
  /** The date of a birth: in the past, so that a two-digit year may be told by that. */
  birth?: boolean;
  now?: Date;
}

/** What a cell of a date column says. */
export type ReadDate =
  /** Of a time with an offset, `iso` and `time` are British, `instant` is as written. */
  | { iso: string; time?: string; instant?: string }
  | 'missing'
  | { problem: 'ambiguous_date' | 'ambiguous_century' | 'invalid_date' };

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const WEEKDAY = /^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,?\s+/i;
const NUMERIC = /^(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})(?=$|[T\s,])/;
const NAMED = /^(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*([a-z]{3,9})\.?[\s\-/.,]*(\d{4}|\d{2})(?=$|[T\s,:])/i;
const NAMED_MONTH_FIRST = /^([a-z]{3,9})\.?[\s\-/]+(\d{1,2})(?:st|nd|rd|th)?,?[\s\-/]+(\d{4})(?=$|[T\s,])/i;
const MONTH_AND_YEAR = /^([a-z]{3,9})\.?[\s\-/.]+(\d{4}|\d{2})$/i;
const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[T\s])/;
const PARTIAL = /^\d{4}(?:-\d{2})?$/;
const COMPACT = /^((?:18|19|20|21)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?=$|[T\s])/;
const TIME =
  /^[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|BST|[+-]\d{2}:?\d{2})?$/i;

/** Days that systems write for "no date": zeros, the first day of their calendar, the end of time. */
const NO_DATES = new Set([
  '1900-01-01',
  '1899-12-30',
  '1899-12-31',
  '1753-01-01',
  '0001-01-01',
  '9999-12-31',
  '2999-12-31',
]);

/** "1900-01-01" and the like: a system's way to say that there is no date. */
function settled(year: number, month: number, day: number, time?: string): ReadDate {
  const iso = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (NO_DATES.has(iso)) return 'missing';
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return { problem: 'invalid_date' };
  return time === undefined ? { iso } : { iso, time };
}

/** A two-digit year. A birth that could be 5 or 105 years ago is not guessed at: over 90 and under 17 both occur. */
function fullYear(text: string, style: DateStyle): number | null {
  if (text.length === 4) return Number(text);
  const now = (style.now ?? new Date()).getUTCFullYear();
  const year = Number(text);
  if (!style.birth) return year <= (now % 100) + 30 ? 2000 + year : 1900 + year;
  if (2000 + year > now) return 1900 + year;
  return now - (1900 + year) <= 105 ? null : 2000 + year;
}

function timeOf(rest: string): { time?: string; offset?: string } | null {
  if (rest.trim() === '') return {};
  const match = TIME.exec(rest);
  if (!match) return null;
  let hour = Number(match[1]);
  if (match[4]) hour = (hour % 12) + (/^p/i.test(match[4]) ? 12 : 0);
  if (hour > 23 || Number(match[2]) > 59) return null;
  const time = `${String(hour).padStart(2, '0')}:${match[2]}${match[3] && match[3] !== '00' ? `:${match[3]}` : ''}`;
  const zone = match[5]?.toUpperCase();
  const offset =
    zone === undefined
      ? undefined
      : /^[ZUG]/.test(zone)
        ? 'Z'
        : zone === 'BST'
          ? '+01:00'
          : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  // Midnight is how systems write that they know no time; with an offset it is one.
  if (time === '00:00' && offset === undefined) return {};
  return offset === undefined ? { time } : { time, offset };
}

const LONDON = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'medium',
});

function withTime(date: ReadDate, rest: string): ReadDate {
  const timed = timeOf(rest);
  if (!timed) return { problem: 'invalid_date' };
  if (date === 'missing' || 'problem' in date || timed.time === undefined) return date;
  if (timed.offset === undefined) return { iso: date.iso, time: timed.time };
  const at = new Date(`${date.iso}T${timed.time}${timed.offset}`);
  if (Number.isNaN(at.getTime())) return { problem: 'invalid_date' };
  // 23:00 Z in June is the next day here: a birth or a court date is a British day.
  const [day = date.iso, time = timed.time] = LONDON.format(at).split(' ');
  const instant = `${date.iso}T${timed.time}${timed.offset}`;
  return time === '00:00:00' ? { iso: day, instant } : { iso: day, time: time.replace(/:00$/, ''), instant };
}

/** A spreadsheet's day number. Excel's 1900 system has a 29 February 1900 that never was, so days before 1 March 1900 differ by one. */
export function serialDate(serial: number, from1904 = false): ReadDate {
  if (!(serial >= 0) || serial > 200_000) return { problem: 'invalid_date' };
  const days = Math.floor(serial + 1e-9);
  if (days <= 1 && !from1904) return 'missing';
  const seconds = Math.round((serial - days) * 86_400);
  const base = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const at = new Date(base + days * 86_400_000 + Math.max(seconds, 0) * 1000);
  const clock = at.toISOString().slice(11, 19);
  return settled(
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    clock === '00:00:00' ? undefined : clock.replace(/:00$/, ''),
  );
}

/** The date a cell says, as housing systems write it. Never guesses: what could be two days is a problem. */
export function readDate(given: string, style: DateStyle = {}): ReadDate {
  const text = given.trim().replace(WEEKDAY, '');
  if (text === '' || /^0[0/.\- :T]*$/.test(text)) return 'missing';
  if (PARTIAL.test(text)) return Number(text.slice(0, 4)) < 1700 ? { problem: 'invalid_date' } : { iso: text };
  let match: RegExpExecArray | null;
  if ((match = ISO.exec(text)))
    return withTime(settled(Number(match[1]), Number(match[2]), Number(match[3])), text.slice(match[0].length));
  if ((match = NUMERIC.exec(text))) {
    const [whole, first, , second, years] = match as unknown as [string, string, string, string, string];
    const [a, b] = [Number(first), Number(second)];
    const year = fullYear(years, style);
    if (year === null) return { problem: 'ambiguous_century' };
    if (a > 12 || b > 12 || a === b) {
      const order = a > 12 ? 'day-first' : b > 12 ? 'month-first' : style.order;
      if (style.order !== undefined && order !== style.order) return { problem: 'invalid_date' };
      const [day, month] = b > 12 ? [b, a] : [a, b];
      return withTime(settled(year, month, day), text.slice(whole.length));
    }
    const dayFirst = settled(year, b, a);
    if (dayFirst === 'missing') return 'missing';
    if (style.order === undefined) return { problem: 'ambiguous_date' };
    return withTime(style.order === 'day-first' ? dayFirst : settled(year, a, b), text.slice(whole.length));
  }
  if ((match = COMPACT.exec(text)))
    return withTime(settled(Number(match[1]), Number(match[2]), Number(match[3])), text.slice(8));
  if (/^\d{1,6}(?:\.\d+)?$/.test(text)) return serialDate(Number(text), style.from1904);
  if ((match = NAMED.exec(text))) return named(match[1]!, match[2]!, match[3]!, text.slice(match[0].length), style);
  if ((match = NAMED_MONTH_FIRST.exec(text)))
    return named(match[2]!, match[1]!, match[3]!, text.slice(match[0].length), style);
  if ((match = MONTH_AND_YEAR.exec(text))) {
    const month = monthOf(match[1]!);
    const year = fullYear(match[2]!, style);
    if (month === null) return { problem: 'invalid_date' };
    return year === null ? { problem: 'ambiguous_century' } : { iso: `${year}-${String(month).padStart(2, '0')}` };
  }
  return { problem: 'invalid_date' };
}

function named(day: string, month: string, years: string, rest: string, style: DateStyle): ReadDate {
  const number = monthOf(month);
  if (number === null) return { problem: 'invalid_date' };
  const year = fullYear(years, style);
  return year === null ? { problem: 'ambiguous_century' } : withTime(settled(year, number, Number(day)), rest);
}

const FULL = 'january february march april may june july august september october november december'.split(' ');

function monthOf(word: string): number | null {
  const lower = word.toLowerCase();
  const index = MONTHS.indexOf(lower.slice(0, 3));
  return index >= 0 && (FULL[index]!.startsWith(lower) || lower === 'sept') ? index + 1 : null;
}

/** Fewer dates the other way round than this share are slips of the finger, not another order. */
const SLIPS = 0.01;

/** Sees every value of a column and tells which way round its days and months are. */
export class DayOrderTally {
  dayFirst = 0;
  monthFirst = 0;
  either = 0;

  take(text: string): void {
    const match = NUMERIC.exec(text.trim());
    if (!match) return;
    const [a, b] = [Number(match[1]), Number(match[3])];
    if (a > 12 && b <= 12 && b > 0) this.dayFirst++;
    else if (b > 12 && a <= 12 && a > 0) this.monthFirst++;
    // 01/01/1900 is no date either way, and 05/05 is one day.
    else if (a !== b && a > 0 && b > 0) this.either++;
  }

  /** `undecided`: all could be either; `mixed`: some only one way, some only the other. `none`: no such dates. */
  get order(): DayOrder | 'undecided' | 'mixed' | 'none' {
    const told = this.dayFirst + this.monthFirst;
    if (told === 0) return this.either > 0 ? 'undecided' : 'none';
    if (this.monthFirst <= told * SLIPS) return 'day-first';
    if (this.dayFirst <= told * SLIPS) return 'month-first';
    return 'mixed';
  }
}
