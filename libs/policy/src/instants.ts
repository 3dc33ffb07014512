import { PolicyError } from './errors.js';

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(?:Z|([+-])(\d\d):?(\d\d))$/;

/**
 * Reads an ISO 8601 instant.
 *
 * In: date, time and an offset (`Z`, `+01:00` or `+0100`). A local time without offset is no instant and is not guessed at;
 * nor is a day the calendar does not have (`Date.parse` would roll 30 February into March).
 * Out: milliseconds since 1970 UTC (fractions kept to about a microsecond), or undefined.
 * Source: RFC 3339 section 5.6, without leap seconds.
 */
export function readInstant(text: string): number | undefined {
  const parts = INSTANT.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6] ?? 0)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const [offsetHours, offsetMinutes] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
  if (offsetHours > 23 || offsetMinutes > 59) return undefined;
  const offset = (offsetHours * 60 + offsetMinutes) * (parts[8] === '-' ? -60_000 : 60_000);
  const fraction = parts[7] === undefined ? 0 : Number(`0.${parts[7]}`) * 1000;
  return utc(year, month, day, hour, minute, second) + fraction - offset;
}

/** As `readInstant`, but a text that is no instant is an error: a request with one is refused, never half read. */
export function instant(text: string): number {
  const value = readInstant(text);
  if (value === undefined) throw new PolicyError('invalid_instant', 'a time in the request is not an ISO 8601 instant');
  return value;
}

/** Whether a span holds at a moment: `from` ≤ at < `to`, and a `to` of null is open. */
export function holdsAt(span: { readonly from: string; readonly to: string | null }, at: number): boolean {
  return instant(span.from) <= at && (span.to === null || at < instant(span.to));
}

/** `Date.UTC`, except that it takes the years 0 to 99 as they are written. */
function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  if (year >= 100) return Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
