import { singleColumn } from '../../fields/codes.js';
import { valueComparator } from '../../fields/values.js';
import type { ComparisonKind } from '../../linking/settings.js';
import type { Value } from './cleaned.js';
import { type Rung, SqlComparison } from './comparison.js';
import { type Exporting, type FieldComparison, levelBySteps, plainName } from './exporting.js';
import { columnOf } from './name-data.js';
import { labelOf } from './name-fields.js';
import { type Counted, Rarity } from './rarity.js';
import { valueKinds } from './value-kinds-sql.js';

/** A single value as a Splink comparison; of several columns of one contact or number the best of all pairs. */
export function valueField(exporting: Exporting, at: number): FieldComparison {
  const { model, dialect, table } = exporting;
  const field = model.fields[at]!;
  const kind = valueKinds(dialect)[field.kind]!;
  const values = valuesOf(exporting, at);
  const codes =
    table === null
      ? null
      : valueComparator(
          field.kind as ComparisonKind,
          field.columns.map((name) => columnOf(table, name)),
          table.rows,
        ).atoms.filter(({ name }) => field.columns.includes(name) || values.length === 1);
  const rarities = values.map((value, one) => {
    const counted: Counted | null =
      table === null
        ? null
        : {
            raw: singleColumn(
              (values.length === 1 ? field.columns : [field.columns[one]!]).map((name) => columnOf(table, name)),
              table.rows,
            ),
            codes: codes![one]!.codes,
            words: null,
          };
    return Rarity.of(
      exporting,
      field.name,
      plainName(values.length === 1 ? field.columns.join(' ') : field.columns[one]!),
      value,
      field.levels,
      field.columns.length > 1 && values.length === 1 ? null : counted,
    );
  });
  if (values.length > 1)
    exporting.notExpressed.push({
      field: field.name,
      level: 'exact',
      why: 'rarity is counted in each of the columns by itself, not over all of them',
    });

  const anyPair = (when: (a: Value, b: Value, x: number) => string): string =>
    values.flatMap((a, x) => values.map((b) => `(${when(a, b, x)})`)).join(' or ');
  const exact = field.levels.filter(({ name }) => name === 'exact');
  const own = field.levels.filter(({ segment }) => segment === undefined);
  const missing = (side: 'l' | 'r'): string => values.map((value) => `${value[side]} is null`).join(' and ');
  const rungs: Rung<number>[] = [
    { key: 0, label: 'missing', when: `(${missing('l')}) or (${missing('r')})`, missing: true },
    // Of several that agree the rarest counts.
    ...exact.toReversed().map((level): Rung<number> => ({
      key: own.indexOf(level),
      label: labelOf(level),
      when: anyPair((a, b, x) => `${a.l} = ${b.r} and ${rarities[x]!.within(level, exact)}`),
    })),
    ...kind.levels('', '').map(([name], k): Rung<number> => ({
      key: own.findIndex((level) => level.name === name),
      label: name,
      when: anyPair((a, b) => kind.levels(a.l, b.r)[k]![1]),
    })),
    { key: own.findIndex(({ name }) => name === 'different'), label: 'different', when: 'ELSE' },
  ];
  const comparison = new SqlComparison(plainName(`value of ${field.columns.join(' ')}`), field.name, rungs);
  return { field: at, comparison, level: levelBySteps(dialect, [comparison], ([level]) => level!) };
}

/** One value a column where each may agree with each, else the columns joined. */
function valuesOf({ model, dialect, cleaned }: Exporting, at: number): Value[] {
  const { columns, role, kind } = model.fields[at]!;
  const { normal } = valueKinds(dialect)[kind]!;
  const many = role === 'identifier' || role === 'contact';
  const text = (column: string): string => `cast(${column} as ${dialect.name === 'duckdb' ? 'varchar' : 'string'})`;
  if (many || columns.length === 1)
    return columns.map((column) =>
      cleaned.value(`mash_${plainName(column)}`, [column], (sql) => normal(text(sql(column)))),
    );
  return [
    cleaned.value(`mash_${plainName(columns.join(' '))}`, columns, (sql) =>
      normal(`concat_ws(' ', ${columns.map((column) => `nullif(${text(sql(column))}, '')`).join(', ')})`),
    ),
  ];
}
