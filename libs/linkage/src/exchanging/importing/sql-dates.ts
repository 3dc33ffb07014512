import type { Value } from './sql-functions.js';
import { NotUnderstood } from './sql-tokens.js';

const PARTS: Record<string, string> = {
  Y: '(\\d{4})',
  m: '(\\d{1,2})',
  d: '(\\d{1,2})',
  H: '(\\d{1,2})',
  M: '(\\d{1,2})',
  S: '(\\d{1,2})',
};

/**
 * A reader of texts in strptime's letters (%Y-%m-%d), to seconds since 1970; null where the text holds no such date.
 * @throws NotUnderstood on letters other than %Y %m %d %H %M %S
 */
export function dateReader(format: string): (text: string) => Value {
  const order: string[] = [];
  const source = format.replace(/%(.)|[.*+?^${}()|[\]\\]/g, (found, letter: string | undefined) => {
    if (letter === undefined) return `\\${found}`;
    if (!(letter in PARTS)) throw new NotUnderstood(`the date format ${format}`);
    order.push(letter);
    return PARTS[letter]!;
  });
  const pattern = new RegExp(`^\\s*${source}\\s*$`);
  return (text) => {
    const found = pattern.exec(text);
    if (found === null) return null;
    const part = (letter: string, otherwise: number): number =>
      order.includes(letter) ? Number(found[1 + order.indexOf(letter)]) : otherwise;
    const [year, month, day] = [part('Y', 1900), part('m', 1), part('d', 1)];
    const date = new Date(Date.UTC(2000, month - 1, day, part('H', 0), part('M', 0), part('S', 0)));
    date.setUTCFullYear(year, month - 1, day);
    // There is no 30th of February.
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / 1000 : null;
  };
}
