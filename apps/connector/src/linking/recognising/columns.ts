import type { ReadColumn } from '../reading/read-column.js';
import type { TableRead } from '../reading/read-table.js';
import { contentOf, type Content } from './content.js';
import { headingOf, type Heading, type Role } from './heading-role.js';

/** A column under examination. */
export interface Seen {
  column: ReadColumn;
  name: string;
  heading: Heading;
  content: Content;
}

/** What a column was taken for, and how that was found. */
export interface Judged extends Seen {
  role: Role | null;
  /** When it is left out: why. */
  why: string | null;
}

/** Half of the values suffice where the heading says it: damaged cells are what linking is for. */
const AS_THE_HEADING_SAYS = 0.5;
const BY_CONTENT_ALONE = 0.8;
const FEW = 200;

/**
 * The columns in an order that depends neither on their order in the files nor on which file is given first, so that
 * what is made of them does not either.
 */
export function seeColumns(read: Pick<TableRead, 'columns'>): Seen[] {
  return inNaturalOrder(read.columns, ({ called }) =>
    called
      .flat()
      .sort((a, b) => (a < b ? -1 : 1))
      .join('\n'),
  ).map(seen);
}

export function seen(column: ReadColumn): Seen {
  return { column, name: column.name, heading: headingOfEither(column), content: contentOf(column) };
}

/** What either file's heading says; of a text put together from several columns, what its own name says. */
function headingOfEither({ called, name }: ReadColumn): Heading {
  const own = headingOf(name);
  if (own.role !== null || own.formerly || own.ofOthers) return own;
  const others = called.filter((headings) => headings.length === 1).map(([heading]) => headingOf(heading!));
  return others.find(({ role, formerly, ofOthers }) => role !== null && !formerly && !ofOthers) ?? own;
}

const BY_LETTERS = new Intl.Collator('en', { numeric: true });

/** `line 2` before `line 10`. */
export function inNaturalOrder<T>(all: readonly T[], textOf: (one: T) => string): T[] {
  return all
    .map((one) => ({ one, text: textOf(one) }))
    .sort((a, b) => BY_LETTERS.compare(a.text, b.text) || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ one }) => one);
}

/** What a column is: as its heading says when the cells bear that out, else by the cells alone. */
export function judge(seen: Seen, inEveryFile: boolean): Judged {
  const left = (why: string): Judged => ({ ...seen, role: null, why });
  const { content, heading } = seen;
  if (!inEveryFile) return left('only one of the files has it');
  if (content.present === 0) return left('all its cells are empty');
  if (content.distinct === 1) return left('it says the same in every row');
  if (heading.role === 'apart') return left('it is about the row, not the person');
  if (content.shares.structure > AS_THE_HEADING_SAYS) return left('its cells hold structures, not values');
  if (heading.formerly && heading.role !== 'formerName') return left('it is of an earlier time');
  if (heading.role && !heading.ofOthers && bearsOut(heading.role, content))
    return { ...seen, role: heading.role, why: null };
  const role = byContent(content);
  if (role === 'date') return left('it holds dates, and nothing says that they are birthdays');
  if (role === null) return left('neither its heading nor its cells say what it is');
  if (heading.ofOthers && role !== 'category') return left('it is about somebody else');
  return { ...seen, role, why: null };
}

function bearsOut(role: Role, { shares, distinct, present }: Content): boolean {
  const most = AS_THE_HEADING_SAYS;
  switch (role) {
    case 'birthDate':
    case 'deathDate':
      return shares.date + shares.year >= most;
    case 'birthYear':
      return shares.number >= most;
    case 'birthMonth':
    case 'birthDay':
      return shares.small >= most || shares.words >= most;
    case 'email':
      return shares.email >= most;
    case 'postcode':
      return shares.hasDigit >= most;
    case 'phone':
      return shares.phone >= most || shares.number >= most;
    case 'forename':
    case 'middle':
    case 'surname':
    case 'formerName':
    case 'fullName':
      return shares.hasDigit < most && shares.email < most;
    case 'identifier':
      return shares.hasDigit >= most;
    case 'addressLine':
    case 'street':
    case 'locality':
    case 'town':
      return shares.date < most && shares.email < most;
    case 'category':
      return shares.date < most && (distinct < present || present < FEW);
    case 'year':
    case 'month':
    case 'day':
    case 'recordId':
      return false;
    default:
      return true;
  }
}

function byContent({ shares, distinct, present }: Content): Role | 'date' | null {
  const most = BY_CONTENT_ALONE;
  if (shares.email >= most) return 'email';
  if (shares.postcode >= most) return 'postcode';
  if (shares.date >= most) return 'date';
  if (shares.phone >= most) return 'phone';
  if (shares.sentence >= AS_THE_HEADING_SAYS) return 'text';
  if (shares.amount >= 0.3) return null;
  if (looksLikeIdentifiers(shares, distinct / present) && present > 10) return 'identifier';
  if (distinct <= FEW && distinct <= present / 2) return 'category';
  return shares.words >= most && distinct < present ? 'category' : null;
}

/** Codes of which nearly every row has its own; long ones may repeat more: their people do. */
function looksLikeIdentifiers(shares: Content['shares'], ownShare: number): boolean {
  if (shares.code < BY_CONTENT_ALONE || shares.hasDigit < BY_CONTENT_ALONE || shares.small > 0.2) return false;
  return ownShare > 0.9 || (ownShare > 0.3 && shares.long >= BY_CONTENT_ALONE);
}

/** A column of dates that no heading explains is a birthday when the dates spread as people's do. */
export function looksLikeBirthdays({ content }: Seen): boolean {
  if (content.shares.date < BY_CONTENT_ALONE) return false;
  const years = content.sample.flatMap((value) => /(1[5-9]|20)\d\d/.exec(value)?.[0] ?? []).map(Number);
  years.sort((a, b) => a - b);
  const at = (share: number): number => years[Math.floor(share * (years.length - 1))] ?? 0;
  return years.length > 0 && at(0.9) - at(0.1) >= 20;
}
