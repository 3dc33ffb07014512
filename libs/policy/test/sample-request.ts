import type { DecisionRequest, Item } from '../src/index.js';

type Changes<T> = {
  readonly [K in keyof T]?: T[K] extends readonly unknown[] ? T[K] : T[K] extends object ? Changes<T[K]> : T[K];
};

export const NOON = '2026-11-01T12:00:00Z';

/** A made-up item about the made-up victim; plain, and on every purpose's list. */
export function sampleItem(changes: Partial<Item> = {}): Item {
  return {
    id: 'i1',
    source: 'ashfield',
    category: 'identity',
    person: 'vera',
    field: 'surname',
    kind: 'ordinary',
    confidential: false,
    thirdParties: [],
    ...changes,
  };
}

/** A made-up request that grants everything: any purpose releases, so that a test takes away only what it is about. */
export function sampleRequest(purpose: string, changes: Partial<DecisionRequest> = {}): DecisionRequest {
  const scope = { purposes: [purpose], categories: ['identity'] };
  return {
    id: 'r1',
    at: NOON,
    purpose,
    recipient: {
      agency: 'idva',
      kind: 'specialist',
      authority: true,
      panel: ['review-1'],
      safeguardingPartner: true,
      conflicts: [],
      actsFor: [],
    },
    case: {
      id: 'case-1',
      people: [
        { id: 'vera', role: 'victim', deceased: false, adultAtRisk: true },
        { id: 'pete', role: 'perpetrator', deceased: false, adultAtRisk: true },
        { id: 'cleo', role: 'child', deceased: false, adultAtRisk: true },
        { id: 'olga', role: 'other', deceased: false, adultAtRisk: true },
      ],
      criteria: { visibleHighRisk: true, professionalJudgement: false, potentialEscalation: false, repeat: false },
      review: { id: 'review-1', open: true },
      withoutConsent: {
        at: '2026-10-20T09:00:00Z',
        necessity: 'risk of serious harm',
        proportionality: 'names only',
        authorisedBy: 'a manager',
        victimTold: 'yes',
      },
      justification: { necessity: 'risk of serious harm', proportionality: 'names only' },
      caldicott: true,
      breakGlass: {
        by: 'an officer',
        reason: 'threat to life',
        from: '2026-11-01T10:00:00Z',
        to: '2026-11-01T14:00:00Z',
      },
      safetyDelay: false,
      requester: 'vera',
    },
    agreements: [{ source: 'ashfield', recipient: 'idva', ...scope, from: '2026-01-01T00:00:00Z', to: null }],
    consents: [{ person: 'vera', at: '2026-10-01T09:00:00Z', status: 'given', recipients: ['idva'], ...scope }],
    items: [sampleItem()],
    ...changes,
  };
}

/** A sample request with parts of its case or recipient changed. */
export function changed(
  purpose: string,
  changes: Changes<Pick<DecisionRequest, 'case' | 'recipient'>> & { item?: Partial<Item> } & Partial<
      Pick<DecisionRequest, 'at' | 'agreements' | 'consents'>
    >,
): DecisionRequest {
  const { case: caseChanges, recipient, item, ...rest } = changes;
  const base = sampleRequest(purpose, rest);
  return {
    ...base,
    case: { ...base.case, ...caseChanges } as DecisionRequest['case'],
    recipient: { ...base.recipient, ...recipient },
    items: [sampleItem(item)],
  };
}
