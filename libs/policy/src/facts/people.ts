import type { NecessaryFields, Policy } from '../policy.js';
import type { CasePerson, DecisionRequest, EchoId } from '../request.js';

/** What the rows ask about an item's person. */
export interface Subject {
  readonly inCase: boolean;
  readonly isVictim: boolean;
  readonly isVictimOrChild: boolean;
  readonly adultAtRisk: boolean;
  /** One list for each role the person has; a role without a list has an empty one. */
  readonly necessary: readonly NecessaryFields[];
  /** Categories the person's active consent covers, for this recipient, purpose and moment. */
  readonly consentedTo: ReadonlySet<string>;
  /** Whether the decision to share without consent counts, being later than this person's withdrawals. */
  readonly sharedWithoutConsent: boolean;
}

const NOTHING: ReadonlySet<string> = new Set();
const NO_FIELDS: NecessaryFields = new Map();

/** Somebody who is not one of the case's people: nothing holds for them. */
export const STRANGER: Subject = {
  inCase: false,
  isVictim: false,
  isVictimOrChild: false,
  adultAtRisk: false,
  necessary: [NO_FIELDS],
  consentedTo: NOTHING,
  sharedWithoutConsent: false,
};

export interface ConsentFacts {
  readonly consentedTo: ReadonlySet<string>;
  readonly sharedWithoutConsent: boolean;
}

/**
 * The case's people by id. Somebody entered twice is one person with both roles, read the stricter way: a protection holds
 * if either entry gives it, a permission only if both do.
 */
export function gatherPeople(
  policy: Policy,
  request: DecisionRequest<EchoId>,
  consentOf: (person: string) => ConsentFacts,
): ReadonlyMap<string, Subject> {
  const lists = policy.necessary.get(request.purpose);
  const people = new Map<string, Subject>();
  for (const person of request.case.people) {
    const before = people.get(person.id);
    const now = subject(person, lists?.get(person.role) ?? NO_FIELDS, before ?? consentOf(person.id));
    people.set(person.id, before ? strictest(before, now) : now);
  }
  return people;
}

function subject(person: CasePerson, necessary: NecessaryFields, consent: ConsentFacts): Subject {
  return {
    inCase: true,
    isVictim: person.role === 'victim',
    isVictimOrChild: person.role === 'victim' || person.role === 'child',
    adultAtRisk: person.adultAtRisk === true,
    necessary: [necessary],
    consentedTo: consent.consentedTo,
    sharedWithoutConsent: consent.sharedWithoutConsent,
  };
}

function strictest(a: Subject, b: Subject): Subject {
  return {
    ...a,
    isVictim: a.isVictim || b.isVictim,
    isVictimOrChild: a.isVictimOrChild || b.isVictimOrChild,
    adultAtRisk: a.adultAtRisk && b.adultAtRisk,
    necessary: [...a.necessary, ...b.necessary],
  };
}
