import { RELATION } from '../../fields/tokens.js';
import { type Rung, SqlComparison } from './comparison.js';
import { stepOf } from './counted.js';
import { addStep, type Exporting, type FieldComparison, labelOf, plainName } from './exporting.js';
import { nameData, nameParts } from './name-data.js';
import { NameRelations } from './name-relations.js';
import { nameTables, type Word, wordSql } from './name-tables-sql.js';
import { nameValues } from './name-values.js';
import { BOTH, GIVEN, SURNAME } from './swapped-names.js';

/** Why given names after the first cannot be written; null where they can. */
export function whyNoMiddle({ cleaned, table }: Exporting): string | null {
  if (!cleaned.prepared) return 'lists of middle names need prepared columns: the field is left out and weighs nothing';
  return table === null ? 'how rare middle names are is counted in the rows, which are not at hand' : null;
}

/**
 * Given names after the first as a Splink comparison (fields/middle-names.ts says what each level means). In: the
 * comparisons of the same columns' given name and surname. A name met as the other's given name or surname is not to
 * speak twice.
 */
export function middleField(
  exporting: Exporting,
  at: number,
  given: FieldComparison,
  surname: FieldComparison,
): FieldComparison {
  const { model, table, dialect } = exporting;
  const field = model.fields[at]!;
  const prefix = plainName(field.columns.join(' '));
  const data = nameData(table!, field.columns);
  const tables = nameTables(data.words, data.twoNames);
  const columns = { names: field.columns, parts: nameParts(field.columns), single: data.single };
  const { l, r } = nameValues(exporting, prefix, columns, tables, data).middle!;
  const relations = new NameRelations(dialect, tables);
  const level = (name: string): number => field.levels.findIndex((one) => one.name === name);

  const exact = field.levels.filter(({ name }) => name === 'exact');
  const commoner = commonerThan(
    exact.map(({ band }) => band),
    data.middles,
  );
  const anyPair = (holds: (a: Word, b: Word) => string): string => {
    const [a, b] = [wordSql(dialect, tables, 'x'), wordSql(dialect, tables, 'y')];
    const near = dialect.filter(r, 'y', holds(a, b));
    return `${dialect.size(dialect.filter(l, 'x', `${dialect.size(near)} > 0`))} > 0`;
  };
  const long = (a: Word, b: Word): string => `length(${a.text}) > 1 and length(${b.text}) > 1`;
  const rungs: Rung[] = [
    { key: 0, label: 'missing', when: `${dialect.size(l)} = 0 or ${dialect.size(r)} = 0`, missing: true },
    ...exact.toReversed().map((one): Rung => {
      const words = commoner.get(one.band)!;
      const rare = words.length === 0 ? '' : ` and not ${dialect.isOneOf(words, 'w')}`;
      const shared = dialect.filter(dialect.common(l, r), 'w', `length(w) > 1${rare}`);
      return { key: field.levels.indexOf(one), label: labelOf(one), when: `${dialect.size(shared)} > 0` };
    }),
    ...(
      [
        ['variant', (a, b) => `${long(a, b)} and ${relations.variant(a, b)}`],
        // Of two equal initials there is no telling whether they stand for one name.
        ['typo', (a, b) => `${long(a, b)} and ${relations.typoOrBetter(a, b)}`],
        ['similar', (a, b) => `${long(a, b)} and ${relations.anyAlike(a, b)}`],
        ['initial', (a, b) => relations.initials(a, b)],
      ] as [string, (a: Word, b: Word) => string][]
    ).map(([name, holds]): Rung => {
      return { key: level(name), label: name, when: anyPair((a, b) => `coalesce(${holds(a, b)}, 1 = 0)`) };
    }),
    { key: level('different'), label: 'different', when: 'ELSE' },
  ];
  const says = 'How the middle names are related; a step on the way, weighs nothing';
  const how = addStep(exporting, new SqlComparison(`how_${prefix}_middle`, says, rungs));

  const met = (one: FieldComparison, ...keys: number[]): string => {
    const [related, , swapped, further] = one.level.parts;
    const close = related!.is(dialect, 0, RELATION.same, RELATION.variant, RELATION.typo);
    return `(${further!.is(dialect, ...keys)} and ${swapped!.is(dialect, 0)} and not ${close})`;
  };
  const [asGiven, asSurname] = [met(given, GIVEN, BOTH), met(surname, SURNAME, BOTH)];
  const spent = `${asGiven} or (${asSurname} and ${how.is(dialect, level('different'))})`;
  const comparison = new SqlComparison(`middle_name_of_${prefix}`, field.name, [
    { key: 0, label: 'missing, or met as another part', when: `${how.is(dialect, 0)} or ${spent}`, missing: true },
    ...rungs.slice(1).map((rung) => ({ ...rung, when: rung.when === 'ELSE' ? 'ELSE' : how.is(dialect, rung.key) })),
  ]);
  return { field: at, comparison, level: { parts: [comparison], of: ([found]) => found! } };
}

/** Per band the words that are commoner than its lower edge. */
function commonerThan(bands: readonly number[], middles: ReadonlyMap<string, number>): Map<number, string[]> {
  const edges = bands.filter((band) => band > 0);
  const present = Math.max(
    [...middles.values()].reduce((sum, count) => sum + count, 0),
    2,
  );
  const steps = new Map([...middles].map(([word, count]) => [word, stepOf(edges, count / present)]));
  return new Map(
    bands.map((band) => [
      band,
      [...steps].flatMap(([word, step]) => (step < edges.filter((edge) => edge <= band).length ? [word] : [])),
    ]),
  );
}
