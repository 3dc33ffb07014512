import { formatDistanceStrict } from 'date-fns';

const ZONE = 'Europe/London';
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: ZONE });
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE });

/** "3 November 2026", in the hub's time zone whatever the server's. Empty for nothing. */
export function longDate(at: Date | string | null | undefined): string {
  const date = dateOf(at);
  return date ? day.format(date) : '';
}

/** "3 November 2026, 14:05". */
export function dateAndTime(at: Date | string | null | undefined): string {
  const date = dateOf(at);
  return date ? `${day.format(date)}, ${time.format(date)}` : '';
}

/** "19 days ago", "in 3 hours", "just now". */
export function ago(at: Date | string | null | undefined, now = new Date()): string {
  const date = dateOf(at);
  if (!date) return '';
  if (Math.abs(now.getTime() - date.getTime()) < 60_000) return 'just now';
  return formatDistanceStrict(date, now, { addSuffix: true });
}

/** A date as a feed gives it: 1990-04-02, 1990-04 or 1990. "2 April 1990", "April 1990", "1990". */
export function partialDate(text: string | null | undefined): string {
  const [year, month, date] = (text ?? '').slice(0, 10).split('-').map(Number);
  if (!year) return text ?? '';
  const at = new Date(Date.UTC(year, (month ?? 1) - 1, date ?? 1));
  const parts: Intl.DateTimeFormatOptions = { year: 'numeric', timeZone: 'UTC' };
  if (month) parts.month = 'long';
  if (date) parts.day = 'numeric';
  return new Intl.DateTimeFormat('en-GB', parts).format(at);
}

function dateOf(at: Date | string | null | undefined): Date | null {
  if (!at) return null;
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date;
}
