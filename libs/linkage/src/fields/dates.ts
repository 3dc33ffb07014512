import { rowNumbers } from './row-numbers.js';
import type { Column } from '../linking/table.js';
import { rowCodes, singleColumn } from './codes.js';
import { type DateOrder, type DateParts, guessOrder, orderOf, readDate } from './date-values.js';
import { type Atom, type Comparator, type Field, MISSING, plain, type Stance } from './field.js';

/** Year, month and day are each the same, near (a slip away) or far; 'same near far' is one level. */
const PARTS = ['same', 'near', 'far'] as const;
const WHOLE = [
  'exact',
  'first of January',
  'day and month swapped',
  'placeholder',
  'year and month',
  'year',
  'next year',
  'generation',
  'other year',
];
const PART_LEVELS = PARTS.flatMap((year) =>
  PARTS.flatMap((month) => PARTS.map((day) => `year ${year}, month ${month}, day ${day}`)),
);
const CODE = {
  exact: 1,
  firstOfJanuary: 2,
  swapped: 3,
  placeholder: 4,
  yearAndMonth: 5,
  year: 6,
  nextYear: 7,
  generation: 8,
  otherYear: 9,
  parts: 10,
};
const LEVELS = [...WHOLE, ...PART_LEVELS].map((name, at) => plain(name, stanceOf(at + 1)));
/** Years between parent and child at least. */
const GENERATION = 15;

function stanceOf(code: number): Stance | undefined {
  if (code === CODE.exact || code === CODE.firstOfJanuary) return 'agrees';
  const yearIsFar = code >= CODE.parts + 2 * PARTS.length ** 2;
  return code === CODE.generation || code === CODE.otherYear || yearIsFar ? 'differs' : undefined;
}

/** In: one column, or three that hold year, month and day. */
export function dateComparator(columns: readonly Column[], rows: number, format?: string): Comparator {
  return new Dates(
    columns.length >= 3 ? threeColumns(columns, rows) : oneColumn(singleColumn(columns, rows), rows, format),
    columns.map(({ name }) => name),
    rows,
  );
}

interface DateRows {
  codes: Uint32Array;
  /** Distinct dates; the first is missing. */
  dates: DateParts[];
}

class Dates implements Comparator {
  readonly kind = 'date';
  readonly fields: Field[] = [{ name: 'date', role: 'date', levels: [MISSING, ...LEVELS] }];
  readonly atoms: Atom[];
  private readonly years: Uint16Array;
  private readonly months: Uint8Array;
  private readonly days: Uint8Array;

  constructor(
    private readonly rows: DateRows,
    readonly columns: string[],
    count: number,
  ) {
    this.years = Uint16Array.from(rows.dates, ({ year }) => year);
    this.months = Uint8Array.from(rows.dates, ({ month }) => month);
    this.days = Uint8Array.from(rows.dates, ({ day }) => day);
    this.atoms = atomsOf(rows, count);
  }

  compare(left: Uint32Array, right: Uint32Array, count: number, out: Uint8Array, stride: number, offset: number): void {
    const { codes } = this.rows;
    const { years, months, days } = this;
    let to = offset;
    for (let k = 0; k < count; k++, to += stride) {
      const a = codes[left[k]!]!;
      const b = codes[right[k]!]!;
      if (a === 0 || b === 0) out[to] = 0;
      else if (a === b) out[to] = this.same(a);
      else out[to] = relate(years[a]!, months[a]!, days[a]!, years[b]!, months[b]!, days[b]!);
    }
  }

  private same(code: number): number {
    const { month, day } = this.rows.dates[code]!;
    if (month === 0) return CODE.year;
    if (day === 0) return CODE.yearAndMonth;
    return month === 1 && day === 1 ? CODE.firstOfJanuary : CODE.exact;
  }
}

/** Level of two different dates, by their parts. */
function relate(y1: number, m1: number, d1: number, y2: number, m2: number, d2: number): number {
  const years = Math.abs(y1 - y2);
  if (m1 === 0 || m2 === 0 || d1 === 0 || d2 === 0) {
    if (years === 0) return m1 !== 0 && m1 === m2 ? CODE.yearAndMonth : CODE.year;
    return years === 1 ? CODE.nextYear : years >= GENERATION ? CODE.generation : CODE.otherYear;
  }
  if (years === 0 && d1 === m2 && m1 === d2) return CODE.swapped;
  // The first of January stands for "day not known" in many systems and countries: such a date only tells the year.
  if (years === 0 && ((m1 === 1 && d1 === 1) || (m2 === 1 && d2 === 1))) return CODE.placeholder;
  const year = years === 0 ? 0 : isYearSlip(y1, y2) ? 1 : 2;
  const month = m1 === m2 ? 0 : Math.abs(m1 - m2) === 1 || oneDigitOff(m1, m2) ? 1 : 2;
  const day = d1 === d2 ? 0 : Math.abs(d1 - d2) <= 3 || oneDigitOff(d1, d2) ? 1 : 2;
  if (year === 2 && (month > 0 || day > 0) && years >= GENERATION) return CODE.generation;
  return CODE.parts + year * 9 + month * 3 + day;
}

function isYearSlip(a: number, b: number): boolean {
  const apart = Math.abs(a - b);
  if (apart === 1 || apart === 10 || apart === 100) return true;
  const [p, q] = [a % 100, b % 100];
  return (
    oneDigitOff(a, b) ||
    (Math.trunc(a / 100) === Math.trunc(b / 100) && Math.trunc(p / 10) === q % 10 && p % 10 === Math.trunc(q / 10))
  );
}

/** Whether two numbers of at most four digits differ in one of them. */
function oneDigitOff(a: number, b: number): boolean {
  let apart = 0;
  for (let at = 0; at < 4; at++) {
    if (a % 10 !== b % 10) apart++;
    a = Math.trunc(a / 10);
    b = Math.trunc(b / 10);
  }
  return apart === 1;
}

function oneColumn(column: Column, rows: number, format?: string): DateRows {
  const order: DateOrder = (format === undefined ? null : orderOf(format)) ?? guessOrder(column.values);
  const dates: DateParts[] = [{ year: 0, month: 0, day: 0 }];
  const ids = new Map<number, number>();
  const perValue = Uint32Array.from(column.values, (value) => {
    const parts = readDate(value, order);
    if (!parts) return 0;
    const key = parts.year * 10_000 + parts.month * 100 + parts.day;
    let id = ids.get(key);
    if (id === undefined) {
      ids.set(key, (id = dates.length));
      dates.push(parts);
    }
    return id;
  });
  return { codes: rowCodes(column, perValue, rows), dates };
}

function threeColumns(columns: readonly Column[], rows: number): DateRows {
  const numbers = columns
    .slice(0, 3)
    .map(({ values }) => Uint32Array.from(values, (value) => (/^\d{1,4}$/.test(value) ? Number(value) : 0)));
  const dates: DateParts[] = [{ year: 0, month: 0, day: 0 }];
  const ids = new Map<number, number>();
  const codes = rowNumbers(rows);
  const at = (part: number, row: number): number => numbers[part]![columns[part]!.codes[row]!]!;
  for (let row = 0; row < rows; row++) {
    const [year, month, day] = [at(0, row), at(1, row), at(2, row)];
    if (year === 0) continue;
    const key = year * 10_000 + month * 100 + day;
    let id = ids.get(key);
    if (id === undefined) {
      ids.set(key, (id = dates.length));
      dates.push({ year, month, day });
    }
    codes[row] = id;
  }
  return { codes, dates };
}

function atomsOf({ codes, dates }: DateRows, rows: number): Atom[] {
  const atom = (name: string, of: (parts: DateParts) => number): Atom => {
    const perDate = Uint32Array.from(dates, (parts, code) => (code === 0 ? 0 : of(parts)));
    const made = rowNumbers(rows);
    for (let row = 0; row < rows; row++) made[row] = perDate[codes[row]!]!;
    return { name, family: 'date', codes: made };
  };
  const whole = ({ month, day }: DateParts): boolean => month > 0 && day > 0 && !(month === 1 && day === 1);
  return [
    atom('date', (d) => (d.month > 0 && d.day > 0 ? d.year * 10_000 + d.month * 100 + d.day : 0)),
    atom('year and month', (d) => (d.month > 0 ? d.year * 100 + d.month : 0)),
    atom('year and day', (d) => (whole(d) ? d.year * 100 + d.day : 0)),
    atom('month and day', (d) => (whole(d) ? d.month * 100 + d.day : 0)),
    atom('day and month in any order', (d) =>
      whole(d) ? d.year * 10_000 + Math.min(d.month, d.day) * 100 + Math.max(d.month, d.day) : 0,
    ),
    atom('year', (d) => d.year),
  ];
}
