import { guessOrder, orderOf, readDate } from '../../fields/date-values.js';
import type { Value } from './cleaned.js';
import { type Rung, SqlComparison } from './comparison.js';
import type { Dialect } from './dialect.js';
import { addStep, type Exporting, type FieldComparison, levelBySteps, plainName } from './exporting.js';

/** Years between parent and child at least, as in fields/dates.ts. */
const GENERATION = 15;
/** The dates are told by how year, month and day are related. */
const BY_PARTS = 'by parts';
const FORMS = [
  /^\d{8}/,
  /^\D*\d{4}\D+\d{1,2}\D+\d{1,2}/,
  /^\D*\d{1,2}\D+\d{1,2}\D+\d{4}(\D|$)/,
  /^\d{4}\D\d{1,2}$/,
  /^\d{4}$/,
];

/** A date of birth as a Splink comparison (fields/dates.ts says what each level means). */
export function dateField(exporting: Exporting, at: number): FieldComparison {
  const { model, dialect } = exporting;
  const field = model.fields[at]!;
  const prefix = plainName(field.columns.join(' '));
  const date = dateValue(exporting, prefix, field.name, field.columns);
  const digits = (side: 'l' | 'r', by: number, upTo: number): string => `(floor(${date[side]} / ${by}) % ${upTo})`;
  const of = (by: number, upTo: number): [string, string] => [digits('l', by, upTo), digits('r', by, upTo)];
  const [yl, yr] = of(10_000, 10_000);
  const [ml, mr] = of(100, 100);
  const [dl, dr] = of(1, 100);
  const step = (name: string, ...rungs: [string, string][]): SqlComparison<number> =>
    addStep(
      exporting,
      new SqlComparison(
        `${name}_of_${prefix}`,
        `How the ${name}s are related; a step on the way, weighs nothing`,
        rungs.map(([label, when], key) => ({ key, label, when })),
      ),
    );
  const near = (a: string, b: string, within: number): string =>
    `abs(${a} - ${b}) <= ${within} or ${oneDigitOff(a, b, 2)}`;
  const apart = `abs(${yl} - ${yr})`;
  const years = step(
    'year',
    ['same', `${yl} = ${yr}`],
    ['near', `${apart} in (1, 10, 100) or ${oneDigitOff(yl, yr, 4)} or ${turned(yl, yr)}`],
    ['far', `${apart} < ${GENERATION}`],
    ['a generation', 'ELSE'],
  );
  const months = step('month', ['same', `${ml} = ${mr}`], ['near', near(ml, mr, 1)], ['far', 'ELSE']);
  const days = step('day', ['same', `${dl} = ${dr}`], ['near', near(dl, dr, 3)], ['far', 'ELSE']);
  const part = `(${ml} = 0 or ${mr} = 0 or ${dl} = 0 or ${dr} = 0)`;
  const kinds: [string, string][] = [
    ['year and month', `${part} and ${yl} = ${yr} and ${ml} <> 0 and ${ml} = ${mr}`],
    ['year', `${part} and ${yl} = ${yr}`],
    ['next year', `${part} and ${apart} = 1`],
    ['generation', `${part} and ${apart} >= ${GENERATION}`],
    ['other year', part],
    ['first of January', `${date.l} = ${date.r} and ${ml} = 1 and ${dl} = 1`],
    ['exact', `${date.l} = ${date.r}`],
    ['day and month swapped', `${yl} = ${yr} and ${dl} = ${mr} and ${ml} = ${dr}`],
    ['placeholder', `${yl} = ${yr} and ((${ml} = 1 and ${dl} = 1) or (${mr} = 1 and ${dr} = 1))`],
    [BY_PARTS, 'ELSE'],
  ];
  const kind = addStep(
    exporting,
    new SqlComparison<number>(
      `kind_of_${prefix}`,
      'How the dates are related as a whole; a step on the way, weighs nothing',
      [
        { key: -1, label: 'missing', when: `${date.l} is null or ${date.r} is null`, missing: true },
        ...kinds.map(([label, when], key) => ({ key, label, when })),
      ],
    ),
  );

  const level = (name: string): number => field.levels.findIndex((one) => one.name === name);
  const three = ['same', 'near', 'far'];
  const byParts = (y: number, m: number, d: number): string =>
    `year ${three[y]!}, month ${three[m]!}, day ${three[d]!}`;
  const rungs: Rung<number>[] = [
    { key: 0, label: 'missing', when: kind.is(dialect, -1), missing: true },
    ...kinds
      .slice(0, -1)
      .map(([label], key): Rung<number> => ({ key: level(label), label, when: kind.is(dialect, key) })),
    {
      key: level('generation'),
      label: 'generation',
      when: `${years.is(dialect, 3)} and not (${months.is(dialect, 0)} and ${days.is(dialect, 0)})`,
    },
  ];
  for (let y = 0; y < 3; y++) {
    for (let m = 0; m < 3; m++) {
      for (let d = 0; d < 3; d++) {
        const when =
          y + m + d === 6
            ? 'ELSE'
            : [years.is(dialect, ...(y === 2 ? [2, 3] : [y])), months.is(dialect, m), days.is(dialect, d)].join(
                ' and ',
              );
        if (y + m + d > 0) rungs.push({ key: level(byParts(y, m, d)), label: byParts(y, m, d), when });
      }
    }
  }
  const levelOf = ([whole, y, m, d]: number[]): number => {
    if (whole === -1) return 0;
    const name = kinds[whole!]![0];
    if (name !== BY_PARTS) return level(name);
    return y === 3 && m! + d! > 0 ? level('generation') : level(byParts(Math.min(y!, 2), m!, d!));
  };
  return {
    field: at,
    comparison: new SqlComparison(`date_${prefix}`, field.name, rungs),
    level: levelBySteps(dialect, [kind, years, months, days], levelOf),
  };
}

/** Whether two numbers of so many digits differ in one of them. */
function oneDigitOff(a: string, b: string, digits: number): string {
  const terms = Array.from(
    { length: digits },
    (_, at) => `case when floor(${a} / ${10 ** at}) % 10 <> floor(${b} / ${10 ** at}) % 10 then 1 else 0 end`,
  );
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
      const number = (column: string): string =>
        `coalesce(case when ${dialect.matches(text(dialect, at(column)), '^[0-9]{1,4}$')} then ${dialect.integer(text(dialect, at(column)))} end, 0)`;
      const [year, month, day] = columns.map(number) as [string, string, string];
      return `case when ${year} <> 0 then ${year} * 10000 + ${month} * 100 + ${day} end`;
    });
  }
  const values = table?.columns.find(({ name }) => name === columns[0])?.values;
  const format = model.comparisons.find((one) => one.kind === 'date' && one.columns[0] === columns[0])?.format;
  const order = (format === undefined ? null : orderOf(format)) ?? (values === undefined ? 'ymd' : guessOrder(values));
  if (values === undefined && format === undefined)
    exporting.notExpressed.push({
      field,
      level: null,
      why: 'the order of day, month and year is guessed from the data; taken as year first',
    });
  const strange =
    values?.filter((value) => readDate(value, order) !== null && !FORMS.some((form) => form.test(value))).length ?? 0;
  if (strange > 0)
    exporting.notExpressed.push({
      field,
      level: null,
      why: `${strange} dates are written with a month's name or a year of two digits: they count as missing`,
    });
  const iso = values?.every((value) => value === '' || /^\d{4}-\d\d-\d\d$/.test(value)) === true;
  return cleaned.value(`mash_${prefix}`, columns, (at) => dateSql(dialect, at(columns[0]!), order, iso));
}

const text = (dialect: Dialect, column: string): string =>
  dialect.name === 'duckdb' ? `trim(cast(${column} as varchar))` : `trim(cast(${column} as string))`;

function dateSql(dialect: Dialect, column: string, order: 'ymd' | 'dmy' | 'mdy', iso: boolean): string {
  const x = text(dialect, column);
  const piece = (from: number, length: number): string => `substr(${x}, ${from}, ${length})`;
  const number = (...pieces: string[]): string => dialect.integer(`concat(${pieces.join(', ')})`);
  if (iso) return number(piece(1, 4), piece(6, 2), piece(9, 2));
  const compact =
    order === 'ymd'
      ? number(piece(1, 8))
      : order === 'dmy'
        ? number(piece(5, 4), piece(3, 2), piece(1, 2))
        : number(piece(5, 4), piece(1, 2), piece(3, 2));
  const caught = (pattern: string, group: number): string =>
    `coalesce(${dialect.integer(dialect.capture(x, pattern, group))}, 0)`;
  const whole = (pattern: string, y: number, m: number, d: number): string =>
    `${caught(pattern, y)} * 10000 + ${m === 0 ? 0 : caught(pattern, m)} * 100 + ${d === 0 ? 0 : caught(pattern, d)}`;
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
