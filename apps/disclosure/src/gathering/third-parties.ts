import { householdIn, peopleIn, type Item } from '#contracts';
import type { OpenedRecord } from './gathered.js';
import { formsOf, plain } from './names.js';

const REMOVED = '[name removed]';

/** Somebody a record names who is not one of the case's people, and how texts may call them. */
interface Stranger {
  id: string;
  forms: string[];
}

export interface Naming {
  thirdParties: string[];
  hide: (text: string) => string;
  redacted?: string;
}

const NOBODY: Naming = { thirdParties: [], hide: (text) => text };

/**
 * Whom an item names beside its own person (row 9). What a record says in fields is known exactly: household members, the
 * referrer, its other people. In free text those same people are looked for by name; somebody the record itself does not
 * know cannot be found there.
 * @param inCase whether a part of this record is one of the case's people
 * @param caseNames how the case's people are called, as `plain` gives it: their names are left in
 */
export function namesIn(
  record: OpenedRecord,
  inCase: (part: string) => boolean,
  caseNames: ReadonlySet<string>,
): (item: Item) => Naming {
  const strangers = strangersIn(record, inCase, caseNames);
  return (item) => {
    if (!item.namesThirdParty) return NOBODY;
    return household(record, item, caseNames) ?? referrer(record, item) ?? named(item, strangers);
  };
}

function strangersIn(
  record: OpenedRecord,
  inCase: (part: string) => boolean,
  caseNames: ReadonlySet<string>,
): Stranger[] {
  const known = (form: string) => caseNames.has(plain(form));
  const people = peopleIn(record.feed, record.row as never)
    .filter(({ part, person }) => !inCase(part) && !known(formsOf(person)[0] ?? ''))
    .map(({ part, person }) => ({ id: `third-party:${record.id}/${part}`, forms: formsOf(person) }));
  const members = householdIn(record.feed, record.row as never)
    .filter(({ name }) => !known(name))
    .map(({ name }, i) => ({ id: `third-party:${record.id}/household.${i}`, forms: [name] }));
  return [...people, ...members].map(({ id, forms }) => ({ id, forms: forms.filter((form) => !known(form)) }));
}

/** A household member is one person a line: without the name, the date of birth goes too. */
function household(record: OpenedRecord, item: Item, caseNames: ReadonlySet<string>): Naming | null {
  const member =
    item.field === 'household' && householdIn(record.feed, record.row as never)[Number(item.path.split('.')[1])];
  if (!member || caseNames.has(plain(member.name))) return null;
  const redacted = [REMOVED, member.relationship].filter(Boolean).join(', ');
  return { thirdParties: [`third-party:${record.id}/${item.path}`], hide: () => redacted, redacted };
}

/** Of the referrer, the office stays. */
function referrer(record: OpenedRecord, item: Item): Naming | null {
  const by = item.field === 'referrer' && (record.row as { referrer?: unknown }).referrer;
  if (!by || typeof by !== 'object') return null;
  const { name, role, agency, telephone, email } = by as Record<string, string | undefined>;
  if (!name && !telephone && !email) return null;
  const redacted = [role, agency].filter(Boolean).join(', ') || REMOVED;
  return { thirdParties: [`third-party:${record.id}/referrer`], hide: () => redacted, redacted };
}

function named(item: Item, strangers: Stranger[]): Naming {
  const found = strangers.filter(({ forms }) => forms.some((form) => pattern(form).test(item.value)));
  if (found.length === 0) return NOBODY;
  const forms = found.flatMap((stranger) => stranger.forms);
  const hide = (text: string) => forms.reduce((left, form) => left.replace(pattern(form), REMOVED), text);
  return { thirdParties: found.map(({ id }) => id), hide };
}

/** The name as whole words, whatever its case. */
function pattern(form: string): RegExp {
  const escaped = form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu');
}
