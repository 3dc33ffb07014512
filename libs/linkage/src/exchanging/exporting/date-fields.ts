import { guessOrder, orderOf, readDate } from '../../fields/date-values.js';
import type { Value } from './cleaned.js';
import { type Rung, SqlComparison } from './comparison.js';
import type { Dialect } from './dialect.js';
import { addStep, type Exporting, type FieldComparison, plainName } from './exporting.js';

/** Years between parent and child at least, as in fields/dates.ts. */
const GENERATION = 15;
const FORMS = [/^\d{8}/, /^\D*\d{4}\D+\d{1,2}\D+\d{1,2}/, /^\D*\d{1,2}\D+\d{1,2}\D+\d{4}(\D|$)/, /^\d{4}\D\d{1,2}$/, /^\d{4}$/];

/** A date of birth as a Splink comparison (fields/dates.ts says what each level means). */
export function dateField(exporting: Exporting, at: number): FieldComparison {
  const { model, dialect } = exporting;
  const field = model.fields[at]!;
  const prefix = plainName(field.columns.join(' '));
  const date = dateValue(exporting, prefix, field.name, field.columns);
  const part = (side: 'l' | 'r', by: number, upTo: number): string => `(floor(${date[side]} / ${by}) % ${upTo})`;
  const of = (by: number, upTo: number): [string, string] => [part('l', by, upTo), part('r', by, upTo)];
  const [yl, yr] = of(10_000, 10_000);
  const [ml, mr] = of(100, 100);
  const [dl, dr] = of(1, 100);
  const step = (name: string, same: string, near: string): SqlComparison<number> =>
    addStep(
      exporting,
      new SqlComparison(`${name}_of_${prefix}`, `How the ${name}s are related; a step on the way, weighs nothing`, [
        { key: 0, label: 'same', when: same },
        { key: 1, label: 'near', when: near },
        { key: 2, label: 'far', when: 'ELSE' },
      ]),
    );
  const near = (a: string, b: string, within: number): string => `abs(${a} - ${b}) <= ${within} or ${oneDigitOff(a, b, 2)}`;
  const years = step('year', `${yl} = ${yr}`, `abs(${yl} - ${yr}) in (1, 10, 100) or ${oneDigitOff(yl, yr, 4)} or ${turned(yl, yr)}`);
  const months = step('month', `${ml} = ${mr}`, near(ml, mr, 1));
  const days = step('day', `${dl} = ${dr}`, near(dl, dr, 3));
  const kind = addStep(
    exporting,
    new SqlComparison(`kind_of_${prefix}`, 'Which parts both dates have; a step on the way, weighs nothing', [
      { key: 'missing', label: 'missing', when: `${date.l} is null or ${date.r} is null`, missing: true },
      { key: 'part', label: 'a part is missing', when: `${ml} = 0 or ${mr} = 0 or ${dl} = 0 or ${dr} = 0` },
      { key: 'one', label: 'one is a first of January', when: `(${ml} = 1 and ${dl} = 1) or (${mr} = 1 and ${dr} = 1)` },
      { key: 'swapped', label: 'day and month swapped', when: `${yl} = ${yr} and ${dl} = ${mr} and ${ml} = ${dr} and ${dl} <> ${ml}` },
      { key: 'whole', label: 'whole', when: 'ELSE' },
    ]),
  );

  const level = (name: string): number => field.levels.findIndex((one) => one.name === name);
  const sameYear = years.is(dialect, 0);
  const partial = kind.is(dialect, 'part');
  const apart = `abs(${yl} - ${yr})`;
  const rung = (name: string, when: string): Rung<number> => ({ key: level(name), label: name, when });
  const three = ['same', 'near', 'far'];
  const parts = three.flatMap((year, y) =>
    three.flatMap((month, m) => three.map((day, d): Rung<number> => rung(`year ${year}, month ${month}, day ${day}`, [years.is(dialect, y), months.is(dialect, m), days.is(dialect, d)].join(' and ')))),
  );
  // The three are equal only when the dates are, which was told before.
  const rungs: Rung<number>[] = [
    { key: 0, label: 'missing', when: kind.is(dialect, 'missing'), missing: true },
    rung('year and month', `${partial} and ${sameYear} and ${ml} <> 0 and ${ml} = ${mr}`),
    rung('year', `${partial} and ${sameYear}`),
    rung('next year', `${partial} and ${apart} = 1`),
    rung('generation', `${partial} and ${apart} >= ${GENERATION}`),
    rung('other year', partial),
    rung('first of January', `${kind.is(dialect, 'one')} and ${sameYear} and ${months.is(dialect, 0)} and ${days.is(dialect, 0)}`),
    rung('exact', `${sameYear} and ${months.is(dialect, 0)} and ${days.is(dialect, 0)}`),
    rung('day and month swapped', kind.is(dialect, 'swapped')),
    rung('placeholder', `${kind.is(dialect, 'one')} and ${sameYear}`),
    rung('generation', `${years.is(dialect, 2)} and not (${months.is(dialect, 0)} and ${days.is(dialect, 0)}) and ${apart} >= ${GENERATION}`),
    ...parts.slice(1, -1),
    { ...parts.at(-1)!, when: 'ELSE' },
  ];
  return { field: at, comparison: new SqlComparison(`date_${prefix}`, field.name, rungs) };
}

/** Whether two numbers of so many digits differ in one of them. */
function oneDigitOff(a: string, b: string, digits: number): string {
  const terms = Array.from({ length: digits }, (_, at) => `case when floor(${a} / ${10 ** at}) % 10 <> floor(${b} / ${10 ** at}) % 10 then 1 else 0 end`);
  return `(${terms.join(' + ')}) = 1`;
}

/** The last two digits of a year in each other's place. */
function turned(a: string, b: string): string {
  const digit = (year: string, at: number): string => `floor(${year} / ${at}) % 10`;
  return `(floor(${a} / 100) = floor(${b} / 100) and ${digit(a, 10)} = ${digit(b, 1)} and ${digit(a, 1)} = ${digit(b, 10)})`;
}

/** The date as a number: 19870300 for March 1987. */
function dateValue(exporting: Exporting, prefix: string, field: string, columns: readonly string[]): Value {
  const { dialect, cleaned, table, model } = exporting;
  if (columns.length >= 3) {
    return cleaned.value(`mash_${prefix}`, columns, (at) => {
      const number = (column: string): string => `coalesce(case when ${dialect.matches(text(dialect, at(column)), '^[0-9]{1,4}$')} then ${dialect.integer(text(dialect, at(column)))} end, 0)`;
      const [year, month, day] = columns.map(number) as [string, string, string];
      return `case when ${year} <> 0 then ${year} * 10000 + ${month} * 100 + ${day} end`;
    });
  }
  const values = table?.columns.find(({ name }) => name === columns[0])?.values;
  const format = model.comparisons.find((one) => one.kind === 'date' && one.columns[0] === columns[0])?.format;
  const order = (format === undefined ? null : orderOf(format)) ?? (values === undefined ? 'ymd' : guessOrder(values));
  if (values === undefined && format === undefined) exporting.notExpressed.push({ field, level: null, why: 'the order of day, month and year is guessed from the data; taken as year first' });
  const strange = values?.filter((value) => readDate(value, order) !== null && !FORMS.some((form) => form.test(value))).length ?? 0;
  if (strange > 0) exporting.notExpressed.push({ field, level: null, why: `${strange} dates are written with a month's name or a year of two digits: they count as missing` });
  const iso = values?.every((value) => value === '' || /^\d{4}-\d\d-\d\d$/.test(value)) === true;
  return cleaned.value(`mash_${prefix}`, columns, (at) => dateSql(dialect, at(columns[0]!), order, iso));
}

const text = (dialect: Dialect, column: string): string => (dialect.name === 'duckdb' ? `trim(cast(${column} as varchar))` : `trim(cast(${column} as string))`);

function dateSql(dialect: Dialect, column: string, order: 'ymd' | 'dmy' | 'mdy', iso: boolean): string {
  const x = text(dialect, column);
  const piece = (from: number, length: number): string => `substr(${x}, ${from}, ${length})`;
  const number = (...pieces: string[]): string => dialect.integer(`concat(${pieces.join(', ')})`);
  if (iso) return number(piece(1, 4), piece(6, 2), piece(9, 2));
  const compact = order === 'ymd' ? number(piece(1, 8)) : order === 'dmy' ? number(piece(5, 4), piece(3, 2), piece(1, 2)) : number(piece(5, 4), piece(1, 2), piece(3, 2));
  const caught = (pattern: string, group: number): string => `coalesce(${dialect.integer(dialect.capture(x, pattern, group))}, 0)`;
  const whole = (pattern: string, y: number, m: number, d: number): string => `${caught(pattern, y)} * 10000 + ${m === 0 ? 0 : caught(pattern, m)} * 100 + ${d === 0 ? 0 : caught(pattern, d)}`;
  const first = '^[^0-9]*([0-9]{4})[^0-9]+([0-9]{1,2})[^0-9]+([0-9]{1,2})';
  const last = '^[^0-9]*([0-9]{1,2})[^0-9]+([0-9]{1,2})[^0-9]+([0-9]{4})([^0-9]|$)';
  const forms: [string, string][] = [
    ['^[0-9]{8}', compact],
    [first, whole(first, 1, 2, 3)],
    [last, order === 'mdy' ? whole(last, 3, 1, 2) : whole(last, 3, 2, 1)],
    ['^([0-9]{4})[^0-9]([0-9]{1,2})$', whole('^([0-9]{4})[^0-9]([0-9]{1,2})$', 1, 2, 0)],
    ['^([0-9]{4})$', whole('^([0-9]{4})$', 1, 0, 0)],
  ];
  return `case ${forms.map(([pattern, value]) => `when ${dialect.matches(x, pattern)} then ${value}`).join(' ')} end`;
}
