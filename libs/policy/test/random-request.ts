import fc from 'fast-check';
import { ITEM_KINDS, type DecisionRequest, type Policy } from '../src/index.js';

/**
 * Random requests from small vocabularies, so that scopes meet, moments coincide and people return in several places;
 * weighted to what is granted, so that every row gets its share.
 */
export function randomRequest(policy: Policy, itemsAtMost = 20): fc.Arbitrary<DecisionRequest> {
  return fc.constantFrom(...PURPOSES, ...PURPOSES, 'curiosity').chain((purpose) =>
    fc.record({
      id: fc.constant('r'),
      at: moment,
      purpose: fc.constant(purpose),
      recipient,
      case: theCase,
      agreements: fc.array(agreement(purpose), { maxLength: 6 }),
      consents: fc.array(consent(purpose), { maxLength: 6 }),
      items: fc.array(item(policy, purpose), { minLength: 1, maxLength: itemsAtMost }).map(numbered),
    }),
  );
}

export const PURPOSES = [
  'marac',
  'marac',
  'dhr',
  'voluntary-support',
  'adult-safeguarding',
  'child-safeguarding',
  'emergency',
  'subject-access',
];

const PEOPLE = ['ada', 'ben', 'cat', 'dan', 'eve'];
const AGENCIES = ['idva', 'idva', 'idva', 'police'];
const SOURCES = ['ashfield', 'ashfield', 'gedling'];
const CATEGORIES = ['identity', 'identity', 'identity', 'housing', 'dv-service'];
const REVIEWS = ['review-1', 'review-2'];

const mostly = (value: boolean): fc.Arbitrary<boolean> => fc.constantFrom(value, value, value, value, value, !value);
const some = (from: readonly string[], maxLength = 3): fc.Arbitrary<string[]> =>
  fc.array(fc.constantFrom(...from), { maxLength });
const rarely = (from: readonly string[]): fc.Arbitrary<string[]> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: some(from) });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 5 });
const words = fc.constantFrom(...Array<string>(12).fill('said'), '', null);

/** One of a few hours, told in one of several zones. */
const moment = fc
  .tuple(
    fc.integer({ min: 0, max: 9 }),
    fc.constantFrom('Z', 'Z', '+00:00', '+01:00', '-05:00', '+05:30'),
    mostly(false),
  )
  .map(([hour, zone, later]) => tell(Date.UTC(2026, 10, 1, hour) + (later ? 1 : 0), zone));

function tell(at: number, zone: string): string {
  if (zone === 'Z') return new Date(at).toISOString();
  const minutes = (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  return new Date(at + minutes * 60_000).toISOString().replace('Z', zone);
}

const recipient = fc.record({
  agency: fc.constantFrom(...AGENCIES),
  kind: fc.constant('any'),
  authority: mostly(true),
  panel: some(REVIEWS),
  safeguardingPartner: mostly(true),
  conflicts: rarely(PEOPLE),
  actsFor: rarely(PEOPLE),
});

const theCase = fc.record({
  id: fc.constant('c'),
  people: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom(...PEOPLE),
      role: fc.constantFrom('victim', 'victim', 'perpetrator', 'child', 'other', 'uncle'),
      deceased: fc.boolean(),
      adultAtRisk: fc.boolean(),
    }),
    { selector: ({ id }) => id, minLength: 3, maxLength: 4 },
  ),
  criteria: fc.record({
    visibleHighRisk: fc.boolean(),
    professionalJudgement: mostly(false),
    potentialEscalation: mostly(false),
    repeat: mostly(false),
  }),
  review: maybe(fc.record({ id: fc.constantFrom(...REVIEWS), open: mostly(true) })),
  withoutConsent: maybe(
    fc.record({ at: moment, necessity: words, proportionality: words, authorisedBy: words, victimTold: words }),
  ),
  justification: maybe(fc.record({ necessity: words, proportionality: words })),
  caldicott: fc.boolean(),
  breakGlass: maybe(fc.record({ by: words, reason: words, from: moment, to: maybe(moment) })),
  safetyDelay: mostly(false),
  requester: maybe(fc.constantFrom(...PEOPLE)),
});

const purposesWith = (purpose: string): fc.Arbitrary<string[]> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant<string[]>([purpose]) }, { weight: 1, arbitrary: some(PURPOSES) });

function agreement(purpose: string) {
  return fc.record({
    source: fc.constantFrom(...SOURCES),
    recipient: fc.constantFrom(...AGENCIES),
    purposes: purposesWith(purpose),
    categories: some(CATEGORIES, 4),
    from: fc.oneof(moment, fc.constant('2026-01-01T00:00:00Z')),
    to: fc.option(moment, { freq: 1 }),
  });
}

function consent(purpose: string) {
  return fc.record({
    person: fc.constantFrom(...PEOPLE),
    at: moment,
    status: fc.constantFrom('given', 'given', 'given', 'withdrawn') as fc.Arbitrary<'given' | 'withdrawn'>,
    purposes: purposesWith(purpose),
    recipients: some(AGENCIES),
    categories: some(CATEGORIES, 4),
  });
}

function item(policy: Policy, purpose: string) {
  const fields = policy.fields[purpose]?.['victim']?.['identity'] ?? ['surname'];
  return fc.record({
    source: fc.constantFrom(...SOURCES),
    category: fc.constantFrom(...CATEGORIES),
    person: fc.constantFrom(...PEOPLE),
    field: fc.constantFrom('surname', 'surname', 'person.surname', 'person.surname', ...fields.slice(-3), 'niNumber'),
    kind: fc.constantFrom('ordinary' as const, ...ITEM_KINDS),
    confidential: fc.constantFrom(false, false, false, false, false, false, false, false, true),
    thirdParties: fc.oneof(fc.constant<string[]>([]), fc.constant<string[]>([]), some(PEOPLE)),
  });
}

function numbered<T>(items: T[]): (T & { id: string })[] {
  return items.map((one, i) => ({ ...one, id: `i${i}` }));
}
