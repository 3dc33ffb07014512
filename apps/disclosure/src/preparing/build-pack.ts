import type { Pack, PackCase, PackItem, PackPerson } from '#contracts';
import type { DecidedCase, DecidedItem } from '../deciding/decide-pack.js';
import type { Occasion } from '../gathering/case-facts.js';
import { chronologyOf } from './chronology.js';
import { criteriaOf, displayNameOf, safeContactOf } from './safety.js';
import { shownValue } from './shown-value.js';

/**
 * Reasons whose telling tells nothing about anybody. All others are counted as one: a refuge, or whom the recipient is close to, must
 * not be told apart from what is left out of every pack.
 */
const NAMED = new Set(['no_agreement', 'no_consent', 'threshold_not_met', 'not_on_panel']);
const ROLES = ['victim', 'perpetrator', 'child', 'other'] as const;

export interface PackHead {
  id: string;
  recipient: string;
  policy: string;
  createdAt: Date;
}

/** The pack as data: only what was released, each item with its basis, and how much was not. Cases of a conflict are not named. */
export function buildPack(head: PackHead, occasion: Occasion, decided: readonly DecidedCase[]): Pack {
  const { id, number, heldAt, purpose } = occasion;
  const cases = decided.filter(({ conflicted }) => !conflicted);
  return {
    format: 'mash.pack/1',
    id: head.id,
    purpose,
    recipient: head.recipient,
    ...(purpose === 'marac'
      ? { meeting: { id, number, ...(heldAt ? { at: heldAt.toISOString() } : {}) } }
      : { review: { id, number } }),
    createdAt: head.createdAt.toISOString(),
    policy: head.policy,
    cases: cases.map(packCase),
    ...(purpose === 'dhr' ? { chronology: chronologyOf(cases.flatMap(({ items }) => items)) } : {}),
  };
}

function packCase({ facts, items }: DecidedCase): PackCase {
  const released = items.filter(({ decision }) => decision.outcome !== 'withhold');
  const people = [...new Map(facts.people.map((person) => [person.id, person])).values()].sort(byRole);
  const safeContact = safeContactOf(released, people);
  const criteria = criteriaOf(released);
  return {
    caseId: facts.id,
    number: facts.number,
    ...(safeContact ? { safeContact } : {}),
    ...(criteria ? { criteria } : {}),
    people: people.map(({ id, role }) => packPerson(id, role, released)),
    withheld: withheldCounts(items),
  };
}

function packPerson(id: string, role: string, released: readonly DecidedItem[]): PackPerson {
  const own = released.filter(({ item }) => item.person === id);
  const displayName = displayNameOf(own);
  return {
    id,
    role: ROLES.find((known) => known === role) ?? 'other',
    ...(displayName ? { displayName } : {}),
    // Events stand in the chronology, in the order they happened.
    items: own.filter(({ item }) => !item.event).map(packItem),
  };
}

function packItem({ item, decision }: DecidedItem): PackItem {
  return {
    id: item.id,
    field: item.field,
    label: item.label,
    kind: item.kind,
    value: shownValue({ item, decision }),
    source: { agency: item.source, feed: item.category, receivedAt: item.receivedAt.toISOString() },
    outcome: decision.outcome === 'redact' ? 'redact' : 'release',
    basis: decision.basis!,
    rule: decision.rule,
  };
}

function withheldCounts(items: readonly DecidedItem[]): PackCase['withheld'] {
  const counts = new Map<string, number>();
  const kindOf = ({ item }: DecidedItem) => `${item.source}/${item.category}`;
  const uncovered = new Set(items.filter(({ decision }) => decision.reason === 'no_agreement').map(kindOf));
  for (const decided of items) {
    const { outcome, reason } = decided.decision;
    if (outcome !== 'withhold') continue;
    // The policy asks for a refuge before it asks for an agreement: one item told apart where no agreement covers any would tell of it.
    const told = uncovered.has(kindOf(decided)) ? 'no_agreement' : NAMED.has(reason) ? reason : 'not_shared';
    counts.set(told, (counts.get(told) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => a.reason.localeCompare(b.reason));
}

function byRole(a: { role: string }, b: { role: string }): number {
  const rank = (role: string) => (ROLES.findIndex((known) => known === role) + ROLES.length) % ROLES.length;
  return rank(a.role) - rank(b.role);
}
