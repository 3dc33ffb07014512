import type { PackCase } from '#contracts';
import type { DecidedItem } from '../deciding/decide-pack.js';
import { shownValue } from './shown-value.js';

type SafeContact = NonNullable<PackCase['safeContact']>;

/**
 * How to reach the victim safely, from what was released about her. Where sources differ the safer word holds: one "no" is no, and
 * everybody one of them warns of is named. Number and times are those of the newest source that gives them.
 */
export function safeContactOf(
  released: readonly DecidedItem[],
  people: readonly { id: string; role: string }[],
): SafeContact | null {
  const victims = new Set(people.filter(({ role }) => role === 'victim').map(({ id }) => id));
  const told = released.filter(({ item }) => victims.has(item.person) && item.field.startsWith('safeContact.'));
  if (told.length === 0) return null;
  const newestFirst = [...told].sort((a, b) => Number(b.item.receivedAt) - Number(a.item.receivedAt));
  const values = (field: string) =>
    newestFirst.filter(({ item }) => item.field === `safeContact.${field}`).map(shownValue);
  const everyYes = (field: string) => {
    const said = values(field);
    return said.length === 0 ? {} : { [field]: said.every((value) => value === 'Yes') };
  };
  const newest = (field: string) => {
    const [value] = values(field);
    return value === undefined ? {} : { [field]: value };
  };
  const warned = [...new Set(values('notSafeToTalkTo').flatMap((value) => value.split('; ')))];
  return {
    ...everyYes('safe'),
    ...newest('number'),
    ...newest('times'),
    ...everyYes('messageOk'),
    ...(warned.length > 0 ? { notSafeToTalkTo: warned } : {}),
  };
}

/** Why the case is at MARAC, from what was released: the DASH score and the four grounds. */
export function criteriaOf(released: readonly DecidedItem[]): NonNullable<PackCase['criteria']> | null {
  const told = released.filter(({ item }) => item.field.startsWith('criteria.'));
  if (told.length === 0) return null;
  return Object.fromEntries(
    told.map(({ item }) => {
      const name = item.field.slice('criteria.'.length);
      return [name, name === 'dashScore' ? Number(item.value) : item.value === 'Yes'];
    }),
  );
}

const FIRST = ['marac-referral', 'dv-service', 'agency-history'];

/** The person's name as a released source gives it; undefined when no name was released. */
export function displayNameOf(own: readonly DecidedItem[]): string | undefined {
  const named = own.filter(({ item }) => item.field === 'person.forenames' || item.field === 'person.surname');
  const rank = (category: string) => (FIRST.indexOf(category) + FIRST.length + 1) % (FIRST.length + 1);
  const best = [...named].sort((a, b) => rank(a.item.category) - rank(b.item.category))[0];
  if (!best) return undefined;
  const part = (field: string) => {
    const found = named.find((n) => n.item.field === field && n.item.recordId === best.item.recordId);
    return found && shownValue(found);
  };
  return [part('person.forenames'), part('person.surname')].filter(Boolean).join(' ');
}
