import { singleColumn } from '../../fields/codes.js';
import { valueComparator } from '../../fields/values.js';
import type { ComparisonKind } from '../../linking/settings.js';
import type { TrainedLevel } from '../../linking/trained-model.js';
import type { Value } from './cleaned.js';
import { type Rung, SqlComparison } from './comparison.js';
import type { Counted } from './counted.js';
import { addStep, type Exporting, type FieldComparison, labelOf, plainName } from './exporting.js';
import { columnOf } from './name-data.js';
import { Rarity } from './rarity.js';
import { valueKinds } from './value-kinds-sql.js';

const EACH_COLUMN = 'rarity is counted in each of the columns by itself, not over all of them';
/** The key of "both are equal" among how two values are related; others are levels. */
const EQUAL = 1;

/** A single value as a Splink comparison (fields/values.ts says what each level means). */
export function valueField(exporting: Exporting, at: number): FieldComparison {
  const { model, dialect } = exporting;
  const field = model.fields[at]!;
  const values = valuesOf(exporting, at);
  const prefix = plainName(field.columns.join(' '));
  const counted = countedOf(exporting, at, values.length);
  const rarities = values.map((value, v) => {
    const name = values.length === 1 ? prefix : plainName(field.columns[v]!);
    return Rarity.of(exporting, field.name, name, value, field.levels, counted?.[v] ?? null);
  });
  const own = field.levels.filter(({ segment }) => segment === undefined);
  const exact = own.filter(({ name }) => name === 'exact');
  const key = (name: string): number => own.findIndex((level) => level.name === name);
  if (values.length > 1) {
    exporting.notExpressed.push({ field: field.name, level: 'exact', why: EACH_COLUMN });
    return severalColumns(exporting, at, values, rarities, exact, key);
  }

  const [{ l, r }, rarity] = [values[0]!, rarities[0]!];
  const says = `How both are related (${field.name}); a step on the way, weighs nothing`;
  const kind = valueKinds(dialect)[field.kind]!;
  const how = addStep(
    exporting,
    new SqlComparison(`how_${prefix}`, says, [
      { key: 0, label: 'missing', when: `${l} is null or ${r} is null`, missing: true },
      { key: EQUAL, label: 'equal', when: `${l} = ${r}` },
      ...kind.levels(l, r).map(([name, when]) => ({ key: key(name), label: name, when })),
      { key: key('different'), label: 'different', when: 'ELSE' },
    ]),
  );
  const others = how.rungs
    .slice(2)
    .map((rung) => ({ ...rung, when: rung.when === 'ELSE' ? 'ELSE' : how.is(dialect, rung.key) }));
  const rungs: Rung[] = [
    { key: 0, label: 'missing', when: how.is(dialect, 0), missing: true },
    ...exact.map((level): Rung => {
      const when = `${how.is(dialect, EQUAL)} and ${rarity.within(level, exact)}`;
      return { key: own.indexOf(level), label: labelOf(level), when };
    }),
    ...others,
  ];
  const of = ([found, step]: number[]): number => (found === EQUAL ? own.indexOf(rarity.bandOf(step!, exact)) : found!);
  return {
    field: at,
    comparison: new SqlComparison(`value_of_${prefix}`, field.name, rungs),
    level: { parts: [how, rarity.step], of },
  };
}

/** Of several columns of one contact or number the best of all pairs; of several that agree the rarest. */
function severalColumns(
  { model, dialect }: Exporting,
  at: number,
  values: readonly Value[],
  rarities: readonly Rarity[],
  exact: readonly TrainedLevel[],
  key: (name: string) => number,
): FieldComparison {
  const field = model.fields[at]!;
  const anyPair = (when: (a: Value, b: Value, x: number) => string): string =>
    values.flatMap((a, x) => values.map((b) => `(${when(a, b, x)})`)).join(' or ');
  const missing = (side: 'l' | 'r'): string => values.map((value) => `${value[side]} is null`).join(' and ');
  const { levels } = valueKinds(dialect)[field.kind]!;
  const comparison = new SqlComparison(`value_of_${plainName(field.columns.join(' '))}`, field.name, [
    { key: 0, label: 'missing', when: `(${missing('l')}) or (${missing('r')})`, missing: true },
    ...exact.toReversed().map((level): Rung => {
      const when = anyPair((a, b, x) => `${a.l} = ${b.r} and ${rarities[x]!.within(level, exact)}`);
      return { key: field.levels.indexOf(level), label: labelOf(level), when };
    }),
    ...levels('', '').map(([name], k): Rung => {
      return { key: key(name), label: name, when: anyPair((a, b) => levels(a.l, b.r)[k]![1]) };
    }),
    { key: key('different'), label: 'different', when: 'ELSE' },
  ]);
  return { field: at, comparison, level: { parts: [comparison], of: ([level]) => level! } };
}

/** Of these each column's value may agree with each of the other record's. */
const SEVERAL: ReadonlySet<string> = new Set(['identifier', 'phone', 'email']);

/** One value a column where each may agree with each, else the columns joined. */
function valuesOf({ model, dialect, cleaned }: Exporting, at: number): Value[] {
  const { columns, kind } = model.fields[at]!;
  const { normal } = valueKinds(dialect)[kind]!;
  const made = (names: readonly string[], sql: (at: (column: string) => string) => string): Value =>
    cleaned.value(`mash_${plainName(names.join(' '))}`, names, sql);
  if (SEVERAL.has(kind) || columns.length === 1)
    return columns.map((column) => made([column], (sql) => normal(dialect.asText(sql(column)))));
  const texts = (sql: (column: string) => string): string[] =>
    columns.map((column) => `nullif(${dialect.asText(sql(column))}, '')`);
  return [made(columns, (sql) => normal(`concat_ws(' ', ${texts(sql).join(', ')})`))];
}

/** How often the engine counts each value; null without the rows. */
function countedOf({ model, table }: Exporting, at: number, values: number): Counted[] | null {
  if (table === null) return null;
  const { kind, columns: names } = model.fields[at]!;
  const columns = names.map((name) => columnOf(table, name));
  const { atoms } = valueComparator(kind as ComparisonKind, columns, table.rows);
  if (values > 1) {
    return columns.map((raw) => ({ raw, codes: atoms.find(({ name }) => name === raw.name)!.codes, words: null }));
  }
  // Joined columns cannot be told by one of them.
  return names.length > 1 ? null : [{ raw: singleColumn(columns, table.rows), codes: atoms[0]!.codes, words: null }];
}
