import { RELATION } from '../../fields/tokens.js';
import type { TrainedField, TrainedLevel } from '../../linking/trained-model.js';
import { type Rung, SqlComparison } from './comparison.js';
import { addStep, type Exporting, type FieldComparison, levelBySteps, plainName } from './exporting.js';
import { nameData, nameParts } from './name-data.js';
import { NameRelations } from './name-relations.js';
import { type NameValues, nameValues } from './name-words.js';
import { Rarity } from './rarity.js';

const REST: [keyof typeof RELATION, string][] = [
  ['twoNames', 'two names'],
  ['sound', 'sound'],
  ['jumbled', 'jumbled'],
  ['similar', 'similar'],
  ['initial', 'initial'],
  ['truncated', 'truncated'],
  ['aLittleAlike', 'a little alike'],
];

/** Whose name is among the other's further names. */
const GIVEN = 1;
const SURNAME = 2;
const BOTH = 3;

/** Given name and surname as Splink comparisons (fields/names.ts says what each level means). */
export function nameFields(exporting: Exporting, first: number): FieldComparison[] {
  const { model, table, dialect, cleaned } = exporting;
  const [given, surname] = [model.fields[first]!, model.fields[first + 1]!];
  const parts = nameParts(given.columns);
  const data = table === null ? null : nameData(table, given.columns);
  const prefix = plainName(given.columns.join(' '));
  const values = nameValues(
    dialect,
    cleaned,
    `mash_${prefix}`,
    given.columns,
    parts,
    data?.single ?? [],
    data?.furtherWords ?? true,
  );
  const relations = new NameRelations(dialect, data?.words ?? null, data?.twoNames ?? []);
  if (data === null)
    exporting.notExpressed.push({
      field: given.name,
      level: 'two names',
      why: 'which names one letter apart are two names is told by how often each is there; without the rows all count as slips',
    });

  const how = (field: TrainedField, name: string, value: { l: string; r: string }): SqlComparison<number> =>
    addStep(
      exporting,
      new SqlComparison(
        `how_${name}`,
        `How both are related (${field.name}); a step on the way, weighs nothing`,
        relations.rungs(value.l, value.r),
      ),
    );
  const [howGiven, howSurname] = [
    how(given, `${prefix}_given`, values.given),
    how(surname, `${prefix}_surname`, values.surname),
  ];
  const rare = (field: TrainedField, name: 'given' | 'surname'): Rarity =>
    Rarity.of(exporting, field.name, `${prefix}_${name}`, values[name], field.levels, data?.[name] ?? null);
  const [givenRarity, surnameRarity] = [rare(given, 'given'), rare(surname, 'surname')];
  const swapped = addStep(exporting, crossed(exporting, prefix, values, relations, howGiven, howSurname));
  const other = values.extra === null ? null : addStep(exporting, otherPart(exporting, prefix, values, relations));

  const make = (
    field: TrainedField,
    at: number,
    found: SqlComparison<number>,
    rarity: Rarity,
    isSurname: boolean,
  ): FieldComparison => {
    const is = (...keys: number[]): string => found.is(dialect, ...keys);
    const banded = (name: string, when: string): Rung<number>[] => {
      const group = field.levels.filter((level) => level.name === name);
      return group.map((level) => ({
        key: field.levels.indexOf(level),
        label: labelOf(level),
        when: `${when} and ${rarity.within(level, group)}`,
      }));
    };
    const level = (name: string): number => field.levels.findIndex((one) => one.name === name);
    const missing: Rung<number> = { key: 0, label: 'missing', when: is(0), missing: true };
    const crossing = swapped.is(dialect, 1);
    const rungs = [
      ...banded('exact', is(RELATION.same)),
      ...banded('variant', is(RELATION.variant)),
      ...banded('typo', is(RELATION.typo)),
      ...(isSurname
        ? [...banded('swapped', crossing), missing]
        : [{ key: 0, label: 'swapped: weighed with the surname', when: crossing }]),
      ...(other === null
        ? []
        : [
            {
              key: level('other part'),
              label: 'other part',
              when: other.is(dialect, isSurname ? SURNAME : GIVEN, BOTH),
            },
          ]),
      ...REST.map(([relation, name]): Rung<number> => ({
        key: level(name),
        label: name,
        when: is(RELATION[relation]),
      })),
      { key: level('different'), label: 'different', when: 'ELSE' },
    ];
    const groups = ['exact', 'variant', 'typo', 'swapped'].map((name) =>
      field.levels.filter((one) => one.name === name),
    );
    const bandOf = (group: number, step: number): number => field.levels.indexOf(rarity.bandOf(step, groups[group]!));
    const rest = new Map([
      ...REST.map(([relation, name]): [number, number] => [RELATION[relation], level(name)]),
      [RELATION.different, level('different')],
    ]);
    const levelOf = ([related, step, cross, further]: number[]): number => {
      if (related! >= RELATION.same && related! <= RELATION.typo) return bandOf(related! - RELATION.same, step!);
      if (cross === 1) return isSurname ? bandOf(3, step!) : 0;
      if (related === 0) return 0;
      return further === BOTH || further === (isSurname ? SURNAME : GIVEN) ? level('other part') : rest.get(related!)!;
    };
    return {
      field: at,
      comparison: new SqlComparison(
        `${isSurname ? 'surname' : 'given_name'}_of_${prefix}`,
        field.name,
        isSurname ? rungs : [missing, ...rungs],
      ),
      level: levelBySteps(dialect, [found, rarity.step, swapped, ...(other === null ? [] : [other])], levelOf),
    };
  };
  return [make(given, first, howGiven, givenRarity, false), make(surname, first + 1, howSurname, surnameRarity, true)];
}

export function labelOf({ name, band }: TrainedLevel): string {
  return band < 0 ? name : `${name}, rarity from ${band} bits`;
}

/** Given name and surname in each other's place, or somebody with one name only who has it there. */
function crossed(
  { dialect }: Exporting,
  prefix: string,
  { given, surname }: NameValues,
  relations: NameRelations,
  howGiven: SqlComparison<number>,
  howSurname: SqlComparison<number>,
): SqlComparison<number> {
  const close = [RELATION.same, RELATION.variant, RELATION.typo];
  const [gl, gr, sl, sr] = [given.l, given.r, surname.l, surname.r];
  const slip = (a: string, b: string): string => relations.typoOrBetter(a, b);
  const alike = (a: string, b: string): string => relations.similarOrBetter(a, b);
  const whole = [gl, gr, sl, sr].map((word) => `${word} is not null`).join(' and ');
  const lacking = [gl, gr, sl, sr].map((word) => `${word} is null`).join(' or ');
  const both = `((${slip(gl, sr)} and ${alike(sl, gr)}) or (${slip(sl, gr)} and ${alike(gl, sr)}))`;
  const apart = `not (${howGiven.is(dialect, ...close)}) and not (${howSurname.is(dialect, ...close)})`;
  return new SqlComparison(`crossed_${prefix}`, 'Given name and surname swapped; a step on the way, weighs nothing', [
    {
      key: 1,
      label: 'swapped',
      when: `${apart} and ((${whole} and ${both}) or ((${lacking}) and (coalesce(${slip(gl, sr)}, 1 = 0) or coalesce(${slip(sl, gr)}, 1 = 0))))`,
    },
    { key: 0, label: 'not swapped', when: 'ELSE' },
  ]);
}

/** A name that is one of the other's further words. */
function otherPart(
  { dialect }: Exporting,
  prefix: string,
  { given, surname, extra }: NameValues,
  relations: NameRelations,
): SqlComparison<number> {
  const among = (list: string, word: string): string =>
    `${dialect.size(dialect.filter(list, 'x', relations.typoOrBetter('x', word)))} > 0`;
  const meets = ({ l, r }: { l: string; r: string }): string => `(${among(extra!.l, r)} or ${among(extra!.r, l)})`;
  return new SqlComparison(
    `further_${prefix}`,
    'A name is among the other’s further names; a step on the way, weighs nothing',
    [
      { key: BOTH, label: 'both', when: `${meets(given)} and ${meets(surname)}` },
      { key: GIVEN, label: 'given name', when: meets(given) },
      { key: SURNAME, label: 'surname', when: meets(surname) },
      { key: 0, label: 'neither', when: 'ELSE' },
    ],
  );
}
