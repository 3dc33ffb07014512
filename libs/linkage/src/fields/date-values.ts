/** A date as its parts, 0 where unknown; digits that make no date are kept as they stand (month 81). */
export interface DateParts {
  year: number;
  month: number;
  day: number;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
/** Nobody is born in a year to come: two-digit years above this are of the last century. */
const PIVOT = new Date().getFullYear() % 100;

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/** '%d/%m/%Y' → 'dmy'. */
export function orderOf(format: string): DateOrder | null {
  const letters = (format.match(/%[dmYyjbBe]/g) ?? [])
    .map((part) => part.charAt(1).toLowerCase().replace('b', 'm').replace('e', 'd'))
    .join('');
  return letters === 'ymd' || letters === 'dmy' || letters === 'mdy' ? letters : null;
}

/** The order in which most of a column's dates make sense; day first where both do, as in Britain. */
export function guessOrder(values: readonly string[]): DateOrder {
  const tally = { ymd: 0, dmy: 0, mdy: 0 };
  for (const value of values.slice(0, 5000)) {
    for (const order of ['ymd', 'dmy', 'mdy'] as const) {
      const parts = readDate(value, order);
      if (parts && parts.month >= 1 && parts.month <= 12 && parts.day >= 1 && parts.day <= 31 && parts.year > 1000)
        tally[order]++;
    }
  }
  const yearFirst = values.filter((value) => /^\d{4}/.test(value)).length * 2 > values.length;
  if (tally.ymd > tally.dmy || (tally.ymd === tally.dmy && yearFirst)) return tally.mdy > tally.ymd ? 'mdy' : 'ymd';
  return tally.dmy >= tally.mdy ? 'dmy' : 'mdy';
}

/** Null when there is no date in it. */
export function readDate(text: string, order: DateOrder): DateParts | null {
  if (text === '') return null;
  const pieces = text.toLowerCase().match(/\d+|[a-z]{3,}/g);
  if (!pieces) return null;
  const first = pieces[0]!;
  if (/^\d{8}/.test(first) || (pieces.length === 1 && /^\d{6}$/.test(first))) return compact(first, order);
  const named = pieces.findIndex((piece) => MONTHS.includes(piece.slice(0, 3)));
  const numbers = pieces
    .slice(0, 3)
    .map((piece, at) => (at === named ? MONTHS.indexOf(piece.slice(0, 3)) + 1 : Number(piece)));
  if (numbers.some(Number.isNaN)) return null;
  if (numbers.length === 1) return first.length === 4 ? { year: numbers[0]!, month: 0, day: 0 } : null;
  if (numbers.length === 2)
    return pieces[0]!.length === 4
      ? { year: numbers[0]!, month: numbers[1]!, day: 0 }
      : { year: wholeYear(pieces[1]!, numbers[1]!), month: numbers[0]!, day: 0 };
  if (pieces[0]!.length === 4 && named !== 0) return { year: numbers[0]!, month: numbers[1]!, day: numbers[2]! };
  const [a, b, c] = numbers as [number, number, number];
  if (named === 0) return { year: wholeYear(pieces[2]!, c), month: a, day: b };
  if (named === 1) return { year: wholeYear(pieces[2]!, c), month: b, day: a };
  const year = wholeYear(pieces[2]!, c);
  return order === 'mdy'
    ? { year, month: a, day: b }
    : order === 'dmy'
      ? { year, month: b, day: a }
      : { year: wholeYear(pieces[0]!, a), month: b, day: c };
}

function compact(digits: string, order: DateOrder): DateParts {
  if (digits.length === 6) {
    const two = (at: number): number => Number(digits.slice(at, at + 2));
    if (order === 'ymd') return { year: wholeYear(digits.slice(0, 2), two(0)), month: two(2), day: two(4) };
    const year = wholeYear(digits.slice(4), two(4));
    return order === 'dmy' ? { year, month: two(2), day: two(0) } : { year, month: two(0), day: two(2) };
  }
  if (order === 'ymd')
    return { year: Number(digits.slice(0, 4)), month: Number(digits.slice(4, 6)), day: Number(digits.slice(6, 8)) };
  const [a, b, year] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 8))];
  return order === 'dmy' ? { year, month: b, day: a } : { year, month: a, day: b };
}

function wholeYear(text: string, value: number): number {
  if (text.length > 2) return value;
  return value > PIVOT ? 1900 + value : 2000 + value;
}
