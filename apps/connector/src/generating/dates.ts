/** Plain calendar dates as `YYYY-MM-DD` text: no zones, so a county is the same everywhere. */
export type IsoDate = string;

const DAY = 86_400_000;

export function dayNumber(date: IsoDate): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY);
}

export function fromDayNumber(day: number): IsoDate {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return fromDayNumber(dayNumber(date) + Math.round(days));
}

/** Adds years; 29 February becomes 28. */
export function addYears(date: IsoDate, years: number): IsoDate {
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, '0');
  const moved = `${year}${date.slice(4)}`;
  return isRealDate(moved) ? moved : `${year}-02-28`;
}

/** Whole years from `born` to `on`. */
export function ageOn(born: IsoDate, on: IsoDate): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
}

export function isRealDate(date: IsoDate): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date)) && fromDayNumber(dayNumber(date)) === date;
}

export function later(a: IsoDate, b: IsoDate): IsoDate {
  return a > b ? a : b;
}

export function earlier(a: IsoDate, b: IsoDate): IsoDate {
  return a < b ? a : b;
}
