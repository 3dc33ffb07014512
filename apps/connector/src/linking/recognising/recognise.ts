import type { ComparisonSettings } from '#linkage';
import type { TableRead } from '../reading/read-table.js';
import { chooseId, type IdColumns, namesIn } from './choose-id.js';
import { judge, looksLikeBirthdays, seeColumns, type Judged } from './columns.js';
import type { Role } from './heading-role.js';
import { saysTheSame } from './same-names.js';

/** The parts of an address in the order in which they are written. */
export const ADDRESS_ROLES = ['houseNumber', 'addressLine', 'street', 'locality', 'town'] as const satisfies Role[];
const MOST_CATEGORIES = 12;
/** Of each other kind of which there may be several: in all no more than settings may name. */
const MOST_OF_A_KIND = 8;

/** What was made of files without settings. */
export interface Recognised {
  /** The column's name, or each file's; null: rows are called by their numbers. */
  id: IdColumns | null;
  comparisons: ComparisonSettings[];
  leftOut: { column: string; why: string }[];
}

/** Says of which kind a column of words is that has no telling heading; null when it holds no names. */
export type NameSense = (words: string[]) => 'forename' | 'surname' | null;

/**
 * Finds the id and the comparisons by the columns' names and content.
 * @param idGiven the id's column where settings name it
 */
export function recognise(
  read: TableRead,
  type: 'dedupe' | 'link',
  nameSense: NameSense,
  idGiven?: IdColumns,
): Recognised {
  const seen = seeColumns(read);
  const id = idGiven ?? chooseId(read, seen, type);
  const ids = namesIn(id).map((name, file) => read.columnOf(name, file));
  const judged = seen
    .filter(({ column, name }) => name !== id && !ids.includes(column))
    .map((one) =>
      judge(
        one,
        read.files.every((_, i) => read.has(one.name, i)),
      ),
    );
  const taken = new Columns(judged);
  guessNames(taken, nameSense);
  for (const role of ['identifier', 'email', 'phone', 'text'] as const) taken.keepMost(MOST_OF_A_KIND, fullness, role);
  const comparisons = [
    names(taken),
    ...dates(taken),
    one(taken, 'postcode'),
    address(taken),
    ...each(taken, 'identifier'),
    ...each(taken, 'email'),
    ...each(taken, 'phone'),
    ...categories(taken),
    ...each(taken, 'text'),
  ].filter((comparison) => comparison !== null);
  return { id, comparisons, leftOut: taken.leftOut() };
}

/** Columns by role, as long as nothing has taken them. */
class Columns {
  private readonly used = new Set<Judged>();

  constructor(readonly all: Judged[]) {}

  /** In the order of their names, whatever their order in the files. */
  of(...roles: Role[]): Judged[] {
    return this.all.filter((one) => one.why === null && !this.used.has(one) && one.role && roles.includes(one.role));
  }

  fullest(role: Role): Judged | undefined {
    return this.of(role).toSorted((a, b) => b.content.present - a.content.present)[0];
  }

  use(kind: ComparisonSettings['kind'], columns: Judged[]): ComparisonSettings | null {
    for (const column of columns) this.used.add(column);
    return columns.length === 0 ? null : { columns: columns.map(({ name }) => name), kind };
  }

  /** Leaves out all but the `most` columns of which `worth` is highest; of equals those that stand first. */
  keepMost(most: number, worth: (column: Judged) => number, ...roles: Role[]): void {
    const all = this.of(...roles);
    this.leave(all.toSorted((a, b) => worth(b) - worth(a)).slice(most), 'too many');
  }

  leave(columns: Judged[], why: string): void {
    for (const column of columns) column.why = why;
  }

  leftOut(): { column: string; why: string }[] {
    return this.all
      .filter((column) => !this.used.has(column))
      .map(({ name, why }) => ({ column: name, why: why ?? 'another column says it already' }));
  }
}

/** Where no heading tells a name, the words do. */
function guessNames(taken: Columns, nameSense: NameSense): void {
  if (taken.of('forename', 'surname', 'fullName').length > 0) return;
  for (const column of taken.all) {
    if (column.heading.role !== null || column.heading.ofOthers || column.content.shares.words < 0.8) continue;
    const role = nameSense(column.content.sample);
    if (role === null || taken.of(role).length > 0) continue;
    column.role = role;
    column.why = null;
  }
}

function names(taken: Columns): ComparisonSettings | null {
  // What the engine takes a heading for depends on its place where the heading does not say it: the last is the surname.
  const [after, before] = [true, false].map((says) =>
    taken.of('formerName').filter(({ name }) => /surname|maiden/i.test(name) === says),
  ) as [Judged[], Judged[]];
  const parts = [...taken.of('forename'), ...taken.of('middle'), ...before, ...taken.of('surname'), ...after];
  const whole = taken.of('fullName');
  if (taken.of('forename').length === 0 || taken.of('surname').length === 0) {
    const fullest = taken.fullest('fullName');
    taken.leave(
      whole.filter((column) => column !== fullest),
      'another column holds whole names',
    );
    return taken.use('name', fullest ? [...parts.filter(({ role }) => role === 'formerName'), fullest] : parts);
  }
  const same = whole.filter(({ column }) =>
    saysTheSame(
      column,
      parts.map((part) => part.column),
    ),
  );
  taken.leave(same, 'forename and surname columns say the same');
  return taken.use('name', [...parts, ...whole.filter((column) => !same.includes(column))]);
}

/** A birthday in one column or in three, and a day of death. */
function dates(taken: Columns): (ComparisonSettings | null)[] {
  const parts = (['birthYear', 'birthMonth', 'birthDay'] as const).map((role) => taken.fullest(role));
  const bare = (['year', 'month', 'day'] as const).map((role) => bareColumn(taken, role));
  const whole =
    taken.fullest('birthDate') ??
    taken.all.find(
      (column) =>
        column.role === null &&
        looksLikeBirthdays(column) &&
        column.heading.role !== 'apart' &&
        !column.heading.ofOthers &&
        !column.heading.formerly,
    );
  const death = taken.of('deathDate').slice(0, 1);
  const three = [parts, bare].find((some) => some.every((column) => column !== undefined));
  let birth: Judged[] = [];
  if (whole && (!three || whole.content.present >= three[0]!.content.present / 2)) birth = [whole];
  else if (three) birth = three as Judged[];
  else if (parts[0]) birth = [parts[0]];
  for (const column of birth) column.why = null;
  return [taken.use('date', birth), taken.use('date', death)];
}

/** Columns called just "year", "month" and "day" are a date when there are all three. */
function bareColumn(taken: Columns, role: 'year' | 'month' | 'day'): Judged | undefined {
  return taken.all.find(({ heading, content }) => heading.role === role && content.shares.number > 0.5);
}

function address(taken: Columns): ComparisonSettings | null {
  const lines = taken.of('houseNumber', 'addressLine', 'street');
  if (lines.every(({ role }) => role === 'houseNumber')) return taken.use('address', taken.of('locality'));
  return taken.use(
    'address',
    ADDRESS_ROLES.flatMap((role) => taken.of(role)),
  );
}

/** Columns of few words, towns that no address has taken among them. */
function categories(taken: Columns): (ComparisonSettings | null)[] {
  taken.keepMost(MOST_CATEGORIES, telling, 'category', 'town');
  // What tells most comes first: what a later one adds to it is then weighed as less (a title says somebody's sex).
  const all = [...taken.of('category'), ...taken.of('town')].toSorted((a, b) => telling(b) - telling(a));
  return all.map((column) => taken.use('category', [column]));
}

/** A column of more words tells more, a full one too; one of very many is hardly a category. */
function telling(column: Judged): number {
  const { distinct } = column.content;
  return distinct >= 2 && distinct <= 1000 ? Math.log2(distinct) * fullness(column) : 0;
}

function fullness({ content: { present, rows } }: Judged): number {
  return present / Math.max(rows, 1);
}

function one(taken: Columns, role: Role & ComparisonSettings['kind']): ComparisonSettings | null {
  const fullest = taken.fullest(role);
  return fullest ? taken.use(role, [fullest]) : null;
}

function each(taken: Columns, role: Role & ComparisonSettings['kind']): (ComparisonSettings | null)[] {
  return taken.of(role).map((column) => taken.use(role, [column]));
}
