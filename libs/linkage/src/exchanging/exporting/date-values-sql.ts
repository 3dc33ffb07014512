import { type DateOrder, type DateParts, guessOrder, orderOf, readDate } from '../../fields/date-values.js';
import type { Value } from './cleaned.js';
import type { Dialect } from './dialect.js';
import type { Exporting } from './exporting.js';

/** A date on one side of a pair, in SQL: its digits as texts, '00' where a part is not known. */
export interface DateSql {
  whole: string;
  year: string;
  month: string;
  day: string;
}

const COMPACT = '^[0-9]{8}';
const YEAR_FIRST = '^[^0-9]*([0-9]{4})[^0-9]+([0-9]{1,2})[^0-9]+([0-9]{1,2})';
const YEAR_LAST = '^[^0-9]*([0-9]{1,2})[^0-9]+([0-9]{1,2})[^0-9]+([0-9]{4})([^0-9]|$)';
const YEAR_AND_MONTH = '^([0-9]{4})[^0-9]([0-9]{1,2})$';
const MONTH_AND_YEAR = '^([0-9]{1,2})[^0-9]([0-9]{4})$';
const YEAR = '^([0-9]{4})$';
const FORMS = [COMPACT, YEAR_FIRST, YEAR_LAST, YEAR_AND_MONTH, MONTH_AND_YEAR, YEAR].map((form) => new RegExp(form));
/** Dates in other forms are written out one by one, up to so many. */
const MOST_WRITTEN = { raw: 30, prepared: 5_000 };
const ISO = /^\d{4}-\d\d-\d\d$/;

/** The date a comparison's columns hold, on both sides. */
export function dateValues(exporting: Exporting, prefix: string, at: number): { l: DateSql; r: DateSql } {
  const { dialect, cleaned, table, model } = exporting;
  const { columns, name: field } = model.fields[at]!;
  const parts = (value: Value, from: readonly [number, number, number]): { l: DateSql; r: DateSql } => {
    const side = (whole: string): DateSql => ({
      whole,
      year: `substr(${whole}, ${from[0]}, 4)`,
      month: `substr(${whole}, ${from[1]}, 2)`,
      day: `substr(${whole}, ${from[2]}, 2)`,
    });
    return { l: side(value.l), r: side(value.r) };
  };
  const made = (sql: (of: (column: string) => string) => string): Value =>
    cleaned.value(`mash_${prefix}`, columns, sql);
  const text = (column: string): string => dialect.asText(column);
  if (columns.length >= 3) {
    return parts(
      made((of) =>
        threeColumns(
          dialect,
          columns.map((column) => text(of(column))),
        ),
      ),
      [1, 5, 7],
    );
  }
  const values = table?.columns.find(({ name }) => name === columns[0])?.values.filter((value) => value !== '');
  // The commonest form needs no reading.
  if (values?.every((value) => ISO.test(value)) === true) {
    return parts(
      made((of) => `nullif(${dialect.asText(of(columns[0]!))}, '')`),
      [1, 6, 9],
    );
  }
  const format = model.comparisons.find((one) => one.kind === 'date' && one.columns[0] === columns[0])?.format;
  const order = (format === undefined ? null : orderOf(format)) ?? (values === undefined ? 'ymd' : guessOrder(values));
  const say = (why: string): unknown => exporting.notExpressed.push({ field, level: null, why });
  if (values === undefined && format === undefined)
    say('the order of year, month and day is guessed from the rows; taken as year first');
  const strange = (values ?? []).flatMap((value): Strange[] => {
    const parts = readDate(value, order);
    return parts === null || isUsual(value, order) ? [] : [{ value, parts }];
  });
  const written = strange.filter(canBeWritten).slice(0, cleaned.prepared ? MOST_WRITTEN.prepared : MOST_WRITTEN.raw);
  if (strange.length > written.length)
    say(`${strange.length - written.length} dates are written in ways SQL cannot read: they count as missing`);
  const entries = written.map(({ value, parts: { year, month, day } }): [string, string] => {
    const number = (part: number, digits: number): string => String(part).padStart(digits, '0');
    return [value, `${number(year, 4)}${number(month, 2)}${number(day, 2)}`];
  });
  return parts(
    made((of) => {
      const whole = text(of(columns[0]!));
      const usual = oneColumn(dialect, whole, order);
      if (entries.length === 0) return usual;
      const isListed = dialect.isOneOf(
        entries.map(([value]) => value),
        whole,
      );
      return `case when ${isListed} then ${dialect.translated(entries, whole)} else ${usual} end`;
    }),
    [1, 5, 7],
  );
}

/** A date in no usual form, and what the engine makes of it. */
interface Strange {
  value: string;
  parts: DateParts;
}

function isUsual(value: string, order: DateOrder): boolean {
  return FORMS.some((form) => form.test(value) && !(form.source === YEAR_LAST && order === 'ymd'));
}

function canBeWritten({ value, parts: { year, month, day } }: Strange): boolean {
  return !/[;>]/.test(value) && year > 0 && year < 10_000 && month < 100 && day < 100;
}

function threeColumns(dialect: Dialect, texts: readonly string[]): string {
  const number = (text: string, digits: number): string =>
    `lpad(case when ${dialect.matches(text, '^[0-9]{1,4}$')} then ${text} else '0' end, ${digits}, '0')`;
  const [year, month, day] = texts as [string, string, string];
  return `case when ${dialect.integer(year)} > 0 then concat(${number(year, 4)}, ${number(month, 2)}, ${number(day, 2)}) end`;
}

function oneColumn(dialect: Dialect, text: string, order: DateOrder): string {
  const piece = (from: number, length: number): string => `substr(${text}, ${from}, ${length})`;
  const compact = {
    ymd: piece(1, 8),
    dmy: `concat(${piece(5, 4)}, ${piece(3, 2)}, ${piece(1, 2)})`,
    mdy: `concat(${piece(5, 4)}, ${piece(1, 4)})`,
  }[order];
  const caught = (pattern: string, ...groups: number[]): string => {
    const [year, month, day] = groups.map((group) => dialect.capture(text, pattern, group));
    const two = (digits: string | undefined): string => (digits === undefined ? `'00'` : `lpad(${digits}, 2, '0')`);
    return `concat(${year}, ${two(month)}, ${two(day)})`;
  };
  const forms: [string, string][] = [
    [COMPACT, compact],
    [YEAR_FIRST, caught(YEAR_FIRST, 1, 2, 3)],
    ...(order === 'ymd'
      ? []
      : ([[YEAR_LAST, order === 'mdy' ? caught(YEAR_LAST, 3, 1, 2) : caught(YEAR_LAST, 3, 2, 1)]] as [
          string,
          string,
        ][])),
    [YEAR_AND_MONTH, caught(YEAR_AND_MONTH, 1, 2)],
    [MONTH_AND_YEAR, caught(MONTH_AND_YEAR, 2, 1)],
    [YEAR, caught(YEAR, 1)],
  ];
  return `case ${forms.map(([pattern, digits]) => `when ${dialect.matches(text, pattern)} then ${digits}`).join(' ')} end`;
}
