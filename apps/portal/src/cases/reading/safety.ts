import type { PersonRole } from '#contracts';
import type { OpenedPerson, Source } from './opened-people.js';

type Person = OpenedPerson & { role: PersonRole };

/** How to reach somebody safely, as one source gives it. */
export interface SafeContact {
  subjectId: string;
  agency: string;
  feed: string;
  receivedAt: Date;
  /** false: somebody said that no contact is safe */
  safe: boolean | null;
  facts: { label: string; value: string }[];
}

/** What stands first on every page about people. */
export interface Safety {
  contacts: SafeContact[];
  /** subjects of whom a confidential address exists, held elsewhere: its whereabouts are not in the hub */
  confidential: string[];
  conflicts: { agency: string; subjectId: string; kind: string }[];
}

/** What must be known before anybody acts on a case, from its people's current records. */
export function safetyOf(people: readonly Person[], conflicts: Safety['conflicts']): Safety {
  const victims = people.filter(({ role }) => role === 'victim');
  return {
    contacts: victims.flatMap((person) =>
      person.sources.filter(current).flatMap((source) => contactOf(person.subjectId, source)),
    ),
    confidential: people
      .filter(({ sources }) => sources.some((source) => source.items.some(tellsOfRefuge)))
      .map(({ subjectId }) => subjectId),
    conflicts: conflicts.map(({ agency, subjectId, kind }) => ({ agency, subjectId, kind })),
  };
}

function contactOf(subjectId: string, source: Source): SafeContact[] {
  const told = source.items.filter((item) => item.field.startsWith('safeContact.'));
  if (told.length === 0) return [];
  const safe = told.find((item) => item.field === 'safeContact.safe')?.value;
  const facts = told.filter((item) => item.field !== 'safeContact.safe').map(({ label, value }) => ({ label, value }));
  const { agency, feed, receivedAt } = source;
  return [{ subjectId, agency, feed, receivedAt, safe: safe === undefined ? null : safe === 'Yes', facts }];
}

/** A refuge's client has an address that the hub does not hold and must not look for. */
function tellsOfRefuge(item: Source['items'][number]): boolean {
  return item.confidential || (item.field === 'serviceType' && /refuge/i.test(item.value));
}

function current(source: Source): boolean {
  return source.state === 'active';
}

/** What the victim says, apart from what anybody makes of it. */
export interface VictimsWords {
  agency: string;
  receivedAt: Date;
  afraidOf: string | null;
  /** whether the victim knows of the referral */
  aware: string | null;
}

/** What the victims said themselves, source by source. Records that have ended are left out. */
export function victimsWords(people: readonly Person[]): VictimsWords[] {
  const sources = people.filter(({ role }) => role === 'victim').flatMap((person) => person.sources.filter(current));
  return sources.flatMap(({ items, agency, receivedAt }) => {
    const said = (field: string) => items.find((item) => item.field === field)?.value ?? null;
    const [afraidOf, aware] = [said('afraidOf'), said('victimAware')];
    return afraidOf || aware ? [{ agency, receivedAt, afraidOf, aware }] : [];
  });
}
