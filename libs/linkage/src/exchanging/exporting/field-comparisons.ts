import { nameColumns } from '../../fields/name-columns.js';
import { dateField } from './date-fields.js';
import type { Exporting, FieldComparison } from './exporting.js';
import { middleField, whyNoMiddle } from './middle-names.js';
import { nameFields } from './name-fields.js';
import { placeField } from './place-fields.js';
import { toldApart } from './told-apart.js';
import { valueField } from './value-fields.js';

const NO_LEVELS = 'a level of it is not known here: the field is left out and weighs nothing';
const NO_WAY = 'there is no way yet to write it in SQL: the field is left out and weighs nothing';
const SEVERAL_NAMES =
  'aliases, former names and several columns of one part cannot be written: the field is left out and weighs nothing';

/**
 * Every field that can be written as a Splink comparison; what cannot is named. Fields that another tells come after it:
 * their conditions look its level up.
 */
export function fieldComparisons(exporting: Exporting): FieldComparison[] {
  const { model } = exporting;
  const made: FieldComparison[] = [];
  model.fields.forEach((_, at) => {
    if (!made.some(({ field }) => field === at)) made.push(...attempt(exporting, at, made));
  });
  const told = made.filter(({ field }) => model.implied.some((one) => one.field === field));
  const others = made.filter((one) => !told.includes(one));
  return [...others, ...told.flatMap((one) => toldApart(exporting, one, others))];
}

/** The field's comparison (a given name's with the surname's), or none: then it is named, and no step of it stays. */
function attempt(exporting: Exporting, at: number, before: readonly FieldComparison[]): FieldComparison[] {
  const { model, steps, notExpressed } = exporting;
  const [stepsBefore, namedBefore] = [steps.length, notExpressed.length];
  const { name } = model.fields[at]!;
  const refuse = (why: string): [] => {
    steps.length = stepsBefore;
    notExpressed.length = namedBefore;
    notExpressed.push({ field: name, level: null, why });
    return [];
  };
  const why = whyNot(exporting, at, before);
  if (why !== null) return refuse(why);
  const made = write(exporting, at, before);
  const known = made.every(({ field, comparison, before }) => {
    const [own, other] = [comparison.rungs, before?.comparison.rungs ?? []];
    const isLevel = (of: number, key: number): boolean => model.fields[of]!.levels[key] !== undefined;
    return own.every(({ key }) => isLevel(field, key)) && other.every(({ key }) => isLevel(before!.field, key));
  });
  if (!known) return refuse(NO_LEVELS);
  nameUnreached(exporting, made);
  return made;
}

function write(exporting: Exporting, at: number, before: readonly FieldComparison[]): FieldComparison[] {
  const { kind, role } = exporting.model.fields[at]!;
  if (role === 'middle') {
    const [given, surname] = namesBefore(at, before);
    return [middleField(exporting, at, given!, surname!)];
  }
  if (kind === 'name') return nameFields(exporting, at);
  if (kind === 'date') return [dateField(exporting, at)];
  if (kind === 'postcode' || kind === 'address' || kind === 'text') return [placeField(exporting, at)];
  return [valueField(exporting, at)];
}

/** Null where the field can be written. */
function whyNot(exporting: Exporting, at: number, before: readonly FieldComparison[]): string | null {
  const { fields, comparisons } = exporting.model;
  const { kind, role, columns } = fields[at]!;
  if (kind !== 'name') return null;
  if (role === 'middle') return namesBefore(at, before).length === 2 ? whyNoMiddle(exporting) : NO_WAY;
  const surname = fields[at + 1];
  const same = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');
  if (role !== 'given' || surname?.role !== 'surname' || !same(surname.columns, columns)) return NO_WAY;
  const parts = nameColumns(columns.map((name) => ({ name })));
  const once = ['given', 'surname', 'full'].every((part) => parts.filter((one) => one.part === part).length <= 1);
  const aliases = parts.some(({ alias }) => alias !== null);
  const one = comparisons.some((comparison) => comparison.kind === 'name' && same(comparison.columns, columns));
  return once && one && !aliases ? null : SEVERAL_NAMES;
}

/** The comparisons of given name and surname that come just before a middle name's. */
function namesBefore(at: number, before: readonly FieldComparison[]): FieldComparison[] {
  return before.filter(({ field }) => field === at - 2 || field === at - 1);
}

/** Levels that some rows cannot show: then no condition leads to them. */
const MAY_LACK = ['swapped', 'other part', 'two names', 'year same, month same, day same'];
/** The same of a place, where there is no postcode or no address. */
const PLACE_LEVEL = /^(same|one edit|other|no) ?(postcode|sector|district|area)?, (same|alike|a little alike|other|no)/;

/** Levels of the model that no condition leads to. */
function nameUnreached({ model, notExpressed }: Exporting, made: readonly FieldComparison[]): void {
  for (const { field } of made) {
    const { name, levels } = model.fields[field]!;
    const reached = new Set(
      made.flatMap(({ field: own, comparison, before }) => [
        ...(own === field ? comparison.rungs.map(({ key }) => key) : []),
        ...(before?.field === field ? before.comparison.rungs.map(({ key }) => key) : []),
      ]),
    );
    const lacking = levels.filter(({ segment }, level) => level > 0 && segment === undefined && !reached.has(level));
    const unknown = lacking.filter((one) => !MAY_LACK.includes(one.name) && !PLACE_LEVEL.test(one.name));
    for (const level of new Set(unknown.map((one) => one.name)))
      notExpressed.push({ field: name, level, why: 'no condition leads to it: other levels stand in for it' });
  }
}
