import { daysInMonth } from '#person';

const DAY_MS = 86_400_000;

/** The first and last day a partial date may mean, as days since 1970: `2025` is 1 January to 31 December 2025. */
export function daysOf(date: string): { first: number; last: number } {
  const [year = 1970, month, day] = date.split('-').map(Number);
  const at = (m: number, d: number) => Date.UTC(year, m - 1, d) / DAY_MS;
  if (month === undefined) return { first: at(1, 1), last: at(12, 31) };
  if (day === undefined) return { first: at(month, 1), last: at(month, daysInMonth(year, month)) };
  return { first: at(month, day), last: at(month, day) };
}

/** A day since 1970 as `YYYY-MM-DD`. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
