import type { TrainedField } from '../../linking/trained-model.js';
import type { Value } from './cleaned.js';
import { type Rung, SqlComparison } from './comparison.js';
import { type Exporting, labelOf } from './exporting.js';
import type { NameData } from './name-data.js';
import type { NameRelations } from './name-relations.js';
import { type NameTables, wordSql } from './name-tables-sql.js';
import type { NameValues } from './name-values.js';
import { Rarity } from './rarity.js';

/** Whose name is among the other's further names. */
export const GIVEN = 1;
export const SURNAME = 2;
export const BOTH = 3;

interface Names {
  prefix: string;
  values: NameValues;
  relations: NameRelations;
  surname: TrainedField;
  data: NameData | null;
}

/**
 * Given name and surname in each other's place, or somebody with one name only who has it there: a comparison of its own,
 * whose keys are the surname's levels, 0 where nothing is swapped. (Splink would work the long condition out again for
 * each level that speaks of it.)
 */
export function swappedNames(exporting: Exporting, names: Names): SqlComparison {
  const { prefix, values, relations, surname, data } = names;
  const { given: g, surname: s } = values;
  const levels = surname.levels.filter(({ name }) => name === 'swapped');
  const counted = data?.surname == null ? null : { ...data.surname, words: ['', ...data.words] };
  const name = `${prefix}_swapped`;
  const rarity =
    counted === null
      ? Rarity.of(exporting, surname.name, name, s, levels, null)
      : Rarity.listed(exporting, surname.name, name, inTheOthersPlace(g, s), levels, counted);
  const close = (value: NameValues['given']): string =>
    `coalesce(${relations.typoOrBetter(value.left, value.right)}, 1 = 0)`;
  const apart = `not ${close(g)} and not ${close(s)}`;
  const one = `(${relations.typoOrBetter(g.left, s.right)} and (${s.l} is null or ${g.r} is null or ${relations.similarOrBetter(s.left, g.right)}))`;
  const two = `(${relations.typoOrBetter(s.left, g.right)} and (${g.l} is null or ${s.r} is null or ${relations.similarOrBetter(g.left, s.right)}))`;
  const swapped = `(${apart} and (coalesce(${one}, 1 = 0) or coalesce(${two}, 1 = 0)))`;
  const bands = levels.map((level): Rung => {
    return { key: surname.levels.indexOf(level), label: labelOf(level), when: rarity.within(level, levels) };
  });
  bands[bands.length - 1] = { ...bands.at(-1)!, when: 'ELSE' };
  return new SqlComparison(`swapped_${prefix}`, 'Given name and surname in each other’s place', [
    { key: 0, label: 'not swapped', when: `not ${swapped}` },
    ...bands,
  ]);
}

/** The words that stand where the other has its other name: how common they are as surnames counts. */
function inTheOthersPlace(g: Value, s: Value): Value {
  const lacking = `${g.l} is null or ${s.r} is null`;
  return {
    l: `case when ${lacking} then ${s.l} else ${g.l} end`,
    r: `case when (${lacking}) or (${s.l} is not null and ${g.r} is not null) then ${g.r} else ${s.r} end`,
    column: null,
  };
}

/** A name that is one of the other's further words. */
export function otherPart(
  { dialect }: Exporting,
  prefix: string,
  { given, surname, further }: NameValues,
  tables: NameTables,
  relations: NameRelations,
): SqlComparison {
  const among = (list: string, word: NameValues['given']['left']): string =>
    `${dialect.size(dialect.filter(list, 'x', relations.typoOrBetter(wordSql(dialect, tables, 'x'), word)))} > 0`;
  const meets = ({ left, right }: NameValues['given']): string =>
    `(${among(further!.l, right)} or ${among(further!.r, left)})`;
  const says = 'A name is among the other’s further names; a step on the way, weighs nothing';
  return new SqlComparison(`further_${prefix}`, says, [
    { key: BOTH, label: 'both', when: `${meets(given)} and ${meets(surname)}` },
    { key: GIVEN, label: 'given name', when: meets(given) },
    { key: SURNAME, label: 'surname', when: meets(surname) },
    { key: 0, label: 'neither', when: 'ELSE' },
  ]);
}
