import { RELATION } from '../../fields/tokens.js';
import type { TrainedField } from '../../linking/trained-model.js';
import { type Rung, SqlComparison } from './comparison.js';
import { addStep, type Exporting, type FieldComparison, labelOf, plainName } from './exporting.js';
import { nameData, nameParts } from './name-data.js';
import { NameRelations } from './name-relations.js';
import { nameTables } from './name-tables-sql.js';
import { nameValues } from './name-values.js';
import { Rarity } from './rarity.js';
import { BOTH, GIVEN, otherPart, swappedNames, SURNAME } from './swapped-names.js';

const REST: [keyof typeof RELATION, string][] = [
  ['twoNames', 'two names'],
  ['sound', 'sound'],
  ['jumbled', 'jumbled'],
  ['similar', 'similar'],
  ['initial', 'initial'],
  ['truncated', 'truncated'],
  ['aLittleAlike', 'a little alike'],
];
const WITHOUT_ROWS =
  'which names a letter apart are two names is told by how often each is there; without the rows all count as slips';

const ONE_WORD =
  'over raw columns the first word counts as the given name and a surname as one word; further names, titles and particles need prepared columns';
const ONE_NAME = 'where a cell holds several names they count as one: here the best of all pairs counts';

/** Given name and surname as Splink comparisons (fields/names.ts says what each level means). */
export function nameFields(exporting: Exporting, first: number): FieldComparison[] {
  const { model, table, dialect } = exporting;
  const [given, surname] = [model.fields[first]!, model.fields[first + 1]!];
  const data = table === null ? null : nameData(table, given.columns);
  if (data === null) exporting.notExpressed.push({ field: given.name, level: 'two names', why: WITHOUT_ROWS });
  if (!exporting.cleaned.prepared && !(data?.single.every((one) => one) ?? false))
    exporting.notExpressed.push({ field: `${given.name}, ${surname.name}`, level: 'other part', why: ONE_WORD });
  if (data?.severalNames === true)
    exporting.notExpressed.push({ field: `${given.name}, ${surname.name}`, level: null, why: ONE_NAME });
  const prefix = plainName(given.columns.join(' '));
  const tables = nameTables(data?.words ?? null, data?.twoNames ?? []);
  const columns = { names: given.columns, parts: nameParts(given.columns), single: data?.single ?? [] };
  const values = nameValues(exporting, prefix, columns, tables, data);
  const relations = new NameRelations(dialect, tables);

  const how = (field: TrainedField, part: 'given' | 'surname'): SqlComparison => {
    const says = `How both are related (${field.name}); a step on the way, weighs nothing`;
    const { left, right } = values[part];
    return addStep(exporting, new SqlComparison(`how_${prefix}_${part}`, says, relations.rungs(left, right)));
  };
  const [howGiven, howSurname] = [how(given, 'given'), how(surname, 'surname')];
  const rare = (field: TrainedField, part: 'given' | 'surname'): Rarity =>
    Rarity.of(exporting, field.name, `${prefix}_${part}`, values[part], field.levels, data?.[part] ?? null);
  const [givenRarity, surnameRarity] = [rare(given, 'given'), rare(surname, 'surname')];
  const swapped = addStep(exporting, swappedNames(exporting, { prefix, values, relations, surname, data }));
  const further =
    values.further === null ? null : addStep(exporting, otherPart(exporting, prefix, values, tables, relations));

  const make = (at: number, found: SqlComparison, rarity: Rarity): FieldComparison => {
    const field = model.fields[at]!;
    const isSurname = at !== first;
    const level = (name: string): number => field.levels.findIndex((one) => one.name === name);
    const group = (name: string) => field.levels.filter((one) => one.name === name);
    const banded = (name: string, relation: number): Rung[] =>
      group(name).map((one) => ({
        key: field.levels.indexOf(one),
        label: labelOf(one),
        when: `${found.is(dialect, relation)} and ${rarity.within(one, group(name))}`,
      }));
    const mine = isSurname ? SURNAME : GIVEN;
    const rungs: Rung[] = [
      ...banded('exact', RELATION.same),
      ...banded('variant', RELATION.variant),
      ...banded('typo', RELATION.typo),
      { key: 0, label: 'swapped: weighed by itself', when: `not (${swapped.is(dialect, 0)})` },
      { key: 0, label: 'missing', when: found.is(dialect, 0), missing: true },
      ...(further === null
        ? []
        : [{ key: level('other part'), label: 'other part', when: further.is(dialect, mine, BOTH) }]),
      ...REST.map(([relation, name]): Rung => {
        return { key: level(name), label: name, when: found.is(dialect, RELATION[relation]) };
      }),
      { key: level('different'), label: 'different', when: 'ELSE' },
    ];
    const bandOf = (name: string, step: number): number => field.levels.indexOf(rarity.bandOf(step, group(name)));
    const levelOf = ([related, step, cross, other]: number[]): number => {
      const name = ['', 'exact', 'variant', 'typo'][related!];
      if (name) return bandOf(name, step!);
      if (cross! > 0) return isSurname ? cross! : 0;
      if (related === 0) return 0;
      if (other === BOTH || other === mine) return level('other part');
      const rest = REST.find(([relation]) => RELATION[relation] === related);
      return level(rest === undefined ? 'different' : rest[1]);
    };
    const name = `${isSurname ? 'surname' : 'given_name'}_of_${prefix}`;
    return {
      field: at,
      comparison: new SqlComparison(name, field.name, rungs),
      level: { parts: [found, rarity.step, swapped, ...(further === null ? [] : [further])], of: levelOf },
    };
  };
  return [
    { ...make(first, howGiven, givenRarity), before: { field: first + 1, comparison: swapped } },
    make(first + 1, howSurname, surnameRarity),
  ];
}
