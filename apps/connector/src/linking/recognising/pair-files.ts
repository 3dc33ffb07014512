import type { Sides } from '../reading/paired-columns.js';
import type { ReadColumn } from '../reading/read-column.js';
import type { TableRead } from '../reading/read-table.js';
import { judge, looksLikeBirthdays, seeColumns, type Seen } from './columns.js';
import type { Role } from './heading-role.js';
import { ADDRESS_ROLES, type NameSense } from './recognise.js';

/** Found in one file under a heading, in the other by its cells: of these a person has one each. */
const BY_ROLE = [
  'forename',
  'middle',
  'surname',
  'fullName',
  'birthDate',
  'postcode',
  'email',
  'phone',
] as const satisfies Role[];
/** Columns of other things are the same when they hold the same values: so many at least, this share of them. */
const VALUES = { least: 8, share: 0.5 };
const LOOKED_AT = 500;
/** Of so many columns nobody would look through what their values made of them, and looking takes minutes. */
const MOST_LOOKED_AT = 100_000;

/** A column of one of two files that has none beside it in the other. */
interface Lone {
  column: ReadColumn;
  heading: string;
  role: Role | null;
  /** Whether its heading says the role. */
  told: boolean;
  /** Some of its values, once somebody asked. */
  sample?: Uint8Array[];
}

/**
 * Columns of two files that mean the same though their headings do not say so: by what their cells are, by the values
 * they share, or because one file has whole what the other has in parts (a name, a date, an address).
 */
export function pairsOf(read: TableRead, nameSense: NameSense): Sides[] {
  if (read.files.length < 2) return [];
  const seen = seeColumns(read);
  const both = new Set(
    seen.filter((one) => isIn(one, 0) && isIn(one, 1)).flatMap((one) => roleOf(one, nameSense) ?? []),
  );
  const [left, right] = [0, 1].map((file) =>
    seen.filter((one) => isIn(one, file) && !isIn(one, 1 - file)).flatMap((one) => loneOf(one, file, nameSense)),
  ) as [Lone[], Lone[]];
  return new Pairing(left, right, both).found;
}

class Pairing {
  readonly found: Sides[] = [];

  constructor(
    private left: Lone[],
    private right: Lone[],
    /** Roles that a column of both files has. */
    private readonly both: Set<Role>,
  ) {
    for (const role of BY_ROLE) this.byRole(role);
    this.byValues();
    this.wholeName();
    this.wholeDate();
    this.addresses();
  }

  private of(side: 'left' | 'right', role: Role): Lone[] {
    return this[side].filter((one) => one.role === role);
  }

  private take(left: Lone[], right: Lone[], joint: Sides['joint'] = ' '): void {
    this.found.push({ left: left.map(({ heading }) => heading), right: right.map(({ heading }) => heading), joint });
    for (const { role } of [...left, ...right]) if (role) this.both.add(role);
    this.left = this.left.filter((one) => !left.includes(one));
    this.right = this.right.filter((one) => !right.includes(one));
  }

  private byRole(role: Role): void {
    const [lefts, rights] = [this.of('left', role), this.of('right', role)];
    if (!this.both.has(role) && lefts.length === 1 && rights.length === 1) this.take(lefts, rights);
  }

  private byValues(): void {
    if (this.left.length * this.right.length > MOST_LOOKED_AT) return;
    for (const one of this.left) {
      const like = this.right.filter((other) => shareValues(one, other));
      if (like.length === 1 && this.left.filter((another) => shareValues(another, like[0]!)).length === 1)
        this.take([one], like);
    }
  }

  private wholeName(): void {
    for (const [whole, parts] of BOTH_WAYS) {
      const names = this.of(whole, 'fullName');
      const [forenames, middles, surnames] = (['forename', 'middle', 'surname'] as const).map((role) =>
        this.of(parts, role),
      ) as [Lone[], Lone[], Lone[]];
      if (names.length === 1 && forenames.length > 0 && surnames.length === 1)
        this.takeWhole(whole, names, [...forenames, ...middles, ...surnames]);
    }
  }

  private wholeDate(): void {
    for (const [whole, parts] of BOTH_WAYS) {
      const dates = this.of(whole, 'birthDate');
      const three = (['birthYear', 'birthMonth', 'birthDay'] as const).flatMap((role) => this.of(parts, role));
      const bare = (['year', 'month', 'day'] as const).flatMap((role) => this.of(parts, role));
      const some = [three, bare].find(({ length }) => length === 3);
      if (dates.length === 1 && some && new Set(some.map(({ role }) => role)).size === 3)
        this.takeWhole(whole, dates, some, '-');
    }
  }

  /** What is left of two addresses: as one text each. */
  private addresses(): void {
    const [lefts, rights] = (['left', 'right'] as const).map((side) =>
      ADDRESS_ROLES.flatMap((role) => this.of(side, role)),
    ) as [Lone[], Lone[]];
    const isPlace = ({ role }: Lone): boolean => role === 'addressLine' || role === 'street';
    if (lefts.some(isPlace) && rights.some(isPlace)) this.take(lefts, rights);
  }

  private takeWhole(whole: 'left' | 'right', one: Lone[], parts: Lone[], joint?: Sides['joint']): void {
    if (whole === 'left') this.take(one, parts, joint);
    else this.take(parts, one, joint);
  }
}

const BOTH_WAYS = [
  ['left', 'right'],
  ['right', 'left'],
] as const;

function isIn({ column }: Seen, file: number): boolean {
  return column.called[file]!.length > 0;
}

function loneOf(seen: Seen, file: number, nameSense: NameSense): Lone[] {
  const { heading, column } = seen;
  const headings = column.called[file]!;
  if (headings.length !== 1 || heading.formerly || heading.ofOthers || heading.role === 'apart') return [];
  const role = roleOf(seen, nameSense);
  // Nor is an id paired with anything: each file may have its own.
  if (heading.role === 'recordId') return [];
  return [{ column, heading: headings[0]!, role, told: heading.role !== null && heading.role === role }];
}

function roleOf(seen: Seen, nameSense: NameSense): Role | null {
  const { heading, content } = seen;
  if ((heading.role === 'year' || heading.role === 'month' || heading.role === 'day') && content.shares.number > 0.5)
    return heading.role;
  const { role } = judge(seen, true);
  if (role !== null && role !== 'category') return role;
  if (heading.role !== null) return role;
  if (looksLikeBirthdays(seen)) return 'birthDate';
  return content.shares.words >= 0.8 ? (nameSense(content.sample) ?? role) : role;
}

function shareValues(a: Lone, b: Lone): boolean {
  if (a.role === null || a.role !== b.role || (a.told && b.told && a.role !== 'identifier')) return false;
  const [few, many] = a.column.distinct <= b.column.distinct ? [a, b] : [b, a];
  if (few.column.distinct < VALUES.least || many.column.distinct > 20 * few.column.distinct) return false;
  const sample = (few.sample ??= few.column.dictionary.sample(LOOKED_AT).map((value) => Buffer.from(value)));
  const shared = sample.filter((value) => many.column.dictionary.find(value) > 0);
  return shared.length >= VALUES.share * sample.length && shared.length >= VALUES.least / 2;
}
