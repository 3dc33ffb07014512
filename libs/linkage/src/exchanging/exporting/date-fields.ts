import { type Rung, SqlComparison } from './comparison.js';
import { dateValues } from './date-values-sql.js';
import { addStep, type Exporting, type FieldComparison, plainName } from './exporting.js';

/** Years between parent and child at least, as in fields/dates.ts. */
const GENERATION = 15;
/** The dates are told by how year, month and day are related. */
const BY_PARTS = 'by parts';
const THREE = ['same', 'near', 'far'];
const MISSING = -1;
const FAR_YEARS = 3;

/** A date of birth as a Splink comparison (fields/dates.ts says what each level means). */
export function dateField(exporting: Exporting, at: number): FieldComparison {
  const { model, dialect } = exporting;
  const field = model.fields[at]!;
  const prefix = plainName(field.columns.join(' '));
  const { years, months, days, kind, kinds } = dateSteps(exporting, prefix, at);
  const level = (name: string): number => field.levels.findIndex((one) => one.name === name);
  const byParts = (y: number, m: number, d: number): string =>
    `year ${THREE[y]!}, month ${THREE[m]!}, day ${THREE[d]!}`;
  const rungs: Rung[] = [
    { key: 0, label: 'missing', when: kind.is(dialect, MISSING), missing: true },
    ...kinds.slice(0, -1).map((label, key): Rung => {
      return { key: level(label), label, when: kind.is(dialect, key) };
    }),
    {
      key: level('generation'),
      label: 'generation',
      when: `${years.is(dialect, FAR_YEARS)} and not (${months.is(dialect, 0)} and ${days.is(dialect, 0)})`,
    },
  ];
  for (let y = 0; y < 3; y++) {
    for (let m = 0; m < 3; m++) {
      for (let d = 0; d < 3; d++) {
        const year = years.is(dialect, ...(y === 2 ? [2, FAR_YEARS] : [y]));
        const when = y + m + d === 6 ? 'ELSE' : `${year} and ${months.is(dialect, m)} and ${days.is(dialect, d)}`;
        if (y + m + d > 0) rungs.push({ key: level(byParts(y, m, d)), label: byParts(y, m, d), when });
      }
    }
  }
  const levelOf = ([whole, y, m, d]: number[]): number => {
    if (whole === MISSING) return 0;
    const name = kinds[whole!]!;
    if (name !== BY_PARTS) return level(name);
    // All three the same: the dates are equal, which was told before.
    if (y! + m! + d! === 0) return level('exact');
    return y === FAR_YEARS && m! + d! > 0 ? level('generation') : level(byParts(Math.min(y!, 2), m!, d!));
  };
  const comparison = new SqlComparison(`date_${prefix}`, field.name, rungs);
  return { field: at, comparison, level: { parts: [kind, years, months, days], of: levelOf } };
}

interface DateSteps {
  /** Same, near, far, or so far that a generation may lie between. */
  years: SqlComparison;
  months: SqlComparison;
  days: SqlComparison;
  /** Keys: places in `kinds`. */
  kind: SqlComparison;
  kinds: string[];
}

function dateSteps(exporting: Exporting, prefix: string, at: number): DateSteps {
  const { dialect } = exporting;
  const { l, r } = dateValues(exporting, prefix, at);
  const step = (name: string, says: string, rungs: readonly [string, string][], missing: Rung[] = []) =>
    addStep(
      exporting,
      new SqlComparison(`${name}_of_${prefix}`, `How the ${says} are related; a step on the way, weighs nothing`, [
        ...missing,
        ...rungs.map(([label, when], key) => ({ key, label, when })),
      ]),
    );
  const apart = (a: string, b: string): string => `abs(${dialect.integer(a)} - ${dialect.integer(b)})`;
  // Of one length, so one digit off.
  const slip = (a: string, b: string): string => `levenshtein(${a}, ${b}) = 1`;
  const digit = (year: string, from: number, length: number): string => `substr(${year}, ${from}, ${length})`;
  const crossed = (x: number, y: number, length: number): string =>
    `${digit(l.year, x, length)} = ${digit(r.year, y, length)}`;
  const years = step('year', 'years', [
    ['same', `${l.year} = ${r.year}`],
    [
      'near',
      `${apart(l.year, r.year)} in (1, 10, 100) or ${slip(l.year, r.year)} or (${crossed(1, 1, 2)} and ${crossed(3, 4, 1)} and ${crossed(4, 3, 1)})`,
    ],
    ['far', `${apart(l.year, r.year)} < ${GENERATION}`],
    ['a generation', 'ELSE'],
  ]);
  const near = (part: 'month' | 'day', within: number): [string, string][] => [
    ['same', `${l[part]} = ${r[part]}`],
    ['near', `${apart(l[part], r[part])} <= ${within} or ${slip(l[part], r[part])}`],
    ['far', 'ELSE'],
  ];
  const months = step('month', 'months', near('month', 1));
  const days = step('day', 'days', near('day', 3));
  const part = `(${[l.month, r.month, l.day, r.day].map((one) => `${one} = '00'`).join(' or ')})`;
  const sameYear = `${l.year} = ${r.year}`;
  const first = (one: typeof l): string => `(${one.month} = '01' and ${one.day} = '01')`;
  const kinds: [string, string][] = [
    ['year and month', `${part} and ${sameYear} and ${l.month} <> '00' and ${l.month} = ${r.month}`],
    ['year', `${part} and ${sameYear}`],
    ['next year', `${part} and ${apart(l.year, r.year)} = 1`],
    ['generation', `${part} and ${apart(l.year, r.year)} >= ${GENERATION}`],
    ['other year', part],
    ['first of January', `${l.whole} = ${r.whole} and ${first(l)}`],
    ['exact', `${l.whole} = ${r.whole}`],
    ['day and month swapped', `${sameYear} and ${l.day} = ${r.month} and ${l.month} = ${r.day}`],
    ['placeholder', `${sameYear} and (${first(l)} or ${first(r)})`],
    [BY_PARTS, 'ELSE'],
  ];
  const missing: Rung = {
    key: MISSING,
    label: 'missing',
    when: `${l.whole} is null or ${r.whole} is null`,
    missing: true,
  };
  const kind = step('kind', 'dates as a whole', kinds, [missing]);
  return { years, months, days, kind, kinds: kinds.map(([label]) => label) };
}
