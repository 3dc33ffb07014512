import type { TrainedField, TrainedModel } from '../linking/trained-model.js';
import { isToldElsewhere } from './explain-pair.js';
import { fieldNames, placeNames } from './field-names.js';
import { groupsOf, isUnseen, type LevelGroup } from './trained-levels.js';

/** Something that one of two records does not say. */
export interface Unknown {
  /** Index of the field. */
  field: number;
  /** What to ask for, as in "ask for the …". */
  wanted: string;
  /** The field's levels if it were known and agreed (of bands the commonest values' first), and if it clearly differed. */
  agree: number[];
  differ: number;
}

/** Dates that are known in part, or stand for "not known": what a whole date that agrees, or differs, would be. */
const PARTIAL_DATES = ['first of January', 'placeholder', 'year and month', 'year'];
const WHOLE_DATE_DIFFERS = 'year same, month far, day far';

/** What a pair's records leave open: fields that are missing, half a place, part of a date, an initial. */
export function unknownsOf(model: TrainedModel, levels: ArrayLike<number>): Unknown[] {
  const names = fieldNames(model);
  return model.fields.flatMap((field, f): Unknown[] => {
    const groups = groupsOf(field).filter(({ segment }) => segment === undefined);
    const { agree, differ } = agreeAndDiffer(field, groups);
    const made = (wanted: string, yes: LevelGroup | undefined, no: LevelGroup | undefined): Unknown[] =>
      yes && no ? [{ field: f, wanted, agree: seenOf(field, yes), differ: no.levels[0]! }] : [];
    if (levels[f] === 0) return isToldElsewhere(model, levels, f) ? [] : made(names[f]!, agree, differ);
    const now = field.levels[levels[f]!]!.name;
    const named = (name: string): LevelGroup | undefined => groups.find((group) => group.name === name);
    if (field.kind === 'date' && PARTIAL_DATES.includes(now))
      return made(`full ${names[f]!}`, named('exact'), named(WHOLE_DATE_DIFFERS));
    if (field.kind === 'name' && now === 'initial')
      return made(`full ${names[f]!}`, named('exact'), named('different'));
    if (field.role === 'place')
      return halfOf(model, field, groups, now).flatMap(({ wanted, yes, no }) => made(wanted, yes, no));
    return [];
  });
}

/** The group most matches show among those that speak for one person, and the one most strangers show among the others. */
function agreeAndDiffer(field: TrainedField, groups: LevelGroup[]): { agree?: LevelGroup; differ?: LevelGroup } {
  const share = ({ levels }: LevelGroup, of: 'm' | 'u'): number =>
    levels.reduce((sum, at) => sum + field.levels[at]![of], 0);
  const speaksFor = (group: LevelGroup): boolean => share(group, 'm') > share(group, 'u');
  return {
    agree: groups.filter(speaksFor).sort((x, y) => share(y, 'm') - share(x, 'm'))[0],
    differ: groups.filter((group) => !speaksFor(group)).sort((x, y) => share(y, 'u') - share(x, 'u'))[0],
  };
}

/** Where both postcode and address are compared and a record lacks one of them. */
function halfOf(
  model: TrainedModel,
  field: TrainedField,
  groups: LevelGroup[],
  now: string,
): { wanted: string; yes?: LevelGroup; no?: LevelGroup }[] {
  const { postcode, address } = placeNames(field, model);
  if (postcode === null || address === null) return [];
  const [p, a] = now.split(', ') as [string, string];
  if (p === 'no postcode') {
    const half = groups.filter(({ name }) => name.endsWith(`, ${a}`) && name !== now);
    return [
      {
        wanted: postcode,
        yes: half.find(({ name }) => name.startsWith('same postcode')),
        no: agreeAndDiffer(field, half).differ,
      },
    ];
  }
  if (a === 'no address') {
    const half = groups.filter(({ name }) => name.startsWith(`${p}, `) && name !== now);
    return [
      {
        wanted: address,
        yes: half.find(({ name }) => name.endsWith('same address')),
        no: half.find(({ name }) => name.endsWith('other address')),
      },
    ];
  }
  return [];
}

function seenOf(field: TrainedField, { levels }: LevelGroup): number[] {
  const seen = levels.filter((at) => !isUnseen(field.levels[at]!));
  return seen.length > 0 ? seen : levels;
}
