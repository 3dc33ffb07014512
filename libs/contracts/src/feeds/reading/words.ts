import { formatPartialDate } from '#person';

/** Values as pages and packs show them. Nothing to show is undefined, so that it makes no item. */

const POUNDS = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });
const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** "Yes" or "No"; undefined where it was not said. */
export function yesNo(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? 'Yes' : 'No';
}

/** "£1,234.56"; a credit is "-£20.00". */
export function pounds(value: number | undefined): string | undefined {
  return value === undefined ? undefined : POUNDS.format(value);
}

/** A number as text. */
export function count(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** "3 November 2026", or as much of the date as is known. */
export function day(value: string | undefined): string | undefined {
  return value === undefined ? undefined : formatPartialDate(value);
}

/** "3 November 2026 14:30", in British time; a value without an offset is British time already. */
export function when(value: string | undefined): string | undefined {
  if (value === undefined || !value.includes('T')) return day(value);
  if (!/(?:Z|[+-]\d{2}:\d{2})$/.test(value)) return `${formatPartialDate(value.slice(0, 10))} ${value.slice(11, 16)}`;
  const part = Object.fromEntries(LONDON.formatToParts(new Date(value)).map(({ type, value: text }) => [type, text]));
  return `${formatPartialDate(`${part['year']}-${part['month']}-${part['day']}`)} ${part['hour']}:${part['minute']}`;
}

/** "from 3 November 2026 to 5 November 2026", either half alone, or nothing. */
export function span(from: string | undefined, to: string | undefined): string | undefined {
  return together(' ', from && `from ${day(from)}`, to && `to ${day(to)}`);
}

/** "locks-changed" → "Locks changed": codes of lists read as words; other text stays. */
export function words(value: string | undefined): string | undefined {
  if (value === undefined || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value)) return value;
  return value.charAt(0).toUpperCase() + value.slice(1).replaceAll('-', ' ');
}

/** The parts that say something, joined; undefined when none does. */
export function together(separator: string, ...parts: (string | undefined)[]): string | undefined {
  const said = parts.filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? undefined : said.join(separator);
}

/** Values side by side, what was not said left out; undefined when nothing is left. */
export function listed(values: readonly (string | undefined)[] | undefined): string | undefined {
  return together('; ', ...(values ?? []));
}

/** "Amount: £20.00": a part of a field that holds several. */
export function named(label: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${label}: ${value}`;
}
