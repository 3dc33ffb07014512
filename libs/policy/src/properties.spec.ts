import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomRequest } from '../test/random-request.js';
import { decide, loadPolicy, type DecisionRequest } from './index.js';

const policy = loadPolicy('2026-01');
const requests = randomRequest(policy, 12);
const RANK = { withhold: 0, redact: 1, release: 2 } as const;
const check = <T>(property: fc.IProperty<T>): void => fc.assert(property, { seed: 115, numRuns: 500 });

/** What each item got, as how much of it leaves. */
function leaving(request: DecisionRequest): number[] {
  return decide(policy, request).items.map(({ outcome }) => RANK[outcome]);
}

const without = <T>(list: readonly T[], i: number): T[] => list.filter((_, k) => k !== i % Math.max(1, list.length));
const inCase = (q: DecisionRequest, changes: Partial<DecisionRequest['case']>): DecisionRequest => ({
  ...q,
  case: { ...q.case, ...changes },
});
const forRecipient = (q: DecisionRequest, changes: Partial<DecisionRequest['recipient']>): DecisionRequest => ({
  ...q,
  recipient: { ...q.recipient, ...changes },
});

describe('taking a permission away, or adding a protection, never releases more', () => {
  it.each<[string, (q: DecisionRequest, i: number) => DecisionRequest]>([
    [
      'a consent given is removed',
      (q, i) => {
        const given = q.consents.filter(({ status }) => status === 'given');
        const gone = given[i % Math.max(1, given.length)];
        return { ...q, consents: q.consents.filter((consent) => consent !== gone) };
      },
    ],
    [
      'a withdrawal is added',
      (q, i) => {
        const like = q.consents[i % Math.max(1, q.consents.length)];
        return like ? { ...q, consents: [...q.consents, { ...like, status: 'withdrawn' }] } : q;
      },
    ],
    ['an agreement is removed', (q, i) => ({ ...q, agreements: without(q.agreements, i) })],
    ['a panel seat is removed', (q, i) => forRecipient(q, { panel: without(q.recipient.panel, i) })],
    ['the criteria no longer hold', (q) => inCase(q, { criteria: {} })],
    ['the justification is removed', (q) => inCase(q, { justification: null })],
    ['the decision to share without consent is removed', (q) => inCase(q, { withoutConsent: null })],
    ['the break-glass grant is removed', (q) => inCase(q, { breakGlass: null })],
    ['the review is closed', (q) => inCase(q, { review: q.case.review ? { ...q.case.review, open: false } : null })],
    ['the Caldicott sign-off is removed', (q) => inCase(q, { caldicott: false })],
    ['a safety delay comes in force', (q) => inCase(q, { safetyDelay: true })],
    ['the recipient is no authority', (q) => forRecipient(q, { authority: false })],
    ['the recipient is no safeguarding partner', (q) => forRecipient(q, { safeguardingPartner: false })],
    ['a conflict is declared', (q, i) => forRecipient(q, { conflicts: [q.case.people[i % q.case.people.length]!.id] })],
    [
      'the recipient acts for one more',
      (q, i) => forRecipient(q, { actsFor: [...q.recipient.actsFor, q.case.people[i % q.case.people.length]!.id] }),
    ],
    [
      'an item turns out to be confidential',
      (q, i) => ({
        ...q,
        items: q.items.map((item, k) => (k === i % q.items.length ? { ...item, confidential: true } : item)),
      }),
    ],
    [
      'an item names somebody more',
      (q) => ({ ...q, items: q.items.map((item) => ({ ...item, thirdParties: [...item.thirdParties, 'sid'] })) }),
    ],
  ])('when %s', (_says, less) => {
    check(
      fc.property(requests, fc.nat(50), (request, i) => {
        const before = leaving(request);
        leaving(less(request, i)).forEach((now, k) => expect(now).toBeLessThanOrEqual(before[k]!));
      }),
    );
  });
});

describe('a decision', () => {
  it('has one answer an item, in the order asked, whatever the order and whatever the other items', () => {
    check(
      fc.property(requests, (request) => {
        const { items } = decide(policy, request);
        expect(items.map(({ id }) => id)).toEqual(request.items.map(({ id }) => id));
        const turned = decide(policy, { ...request, items: request.items.toReversed() });
        expect(turned.items.toReversed()).toEqual(items);
        expect(request.items.flatMap((item) => decide(policy, { ...request, items: [item] }).items)).toEqual(items);
      }),
    );
  });

  it('does not depend on the order of people, agreements or consents', () => {
    check(
      fc.property(requests, (request) => {
        const turned = {
          ...inCase(request, { people: request.case.people.toReversed() }),
          agreements: request.agreements.toReversed(),
          consents: request.consents.toReversed(),
        };
        expect(decide(policy, turned)).toEqual(decide(policy, request));
      }),
    );
  });

  it('is the same for the same input, and leaves the input as it was', () => {
    check(
      fc.property(requests, (request) => {
        const copy = structuredClone(request);
        expect(decide(policy, request)).toEqual(decide(policy, copy));
        expect(request).toEqual(copy);
      }),
    );
  });

  it('never lets a confidential address out, whatever else holds', () => {
    check(
      fc.property(requests, (request) => {
        const hidden = { ...request, items: request.items.map((item) => ({ ...item, confidential: true })) };
        for (const { outcome, rule } of decide(policy, hidden).items) expect([outcome, rule]).toEqual(['withhold', 1]);
      }),
    );
  });

  it('has a basis with a text exactly when something leaves', () => {
    check(
      fc.property(requests, (request) => {
        for (const { outcome, basis, reason } of decide(policy, request).items) {
          expect(basis !== undefined).toBe(outcome !== 'withhold');
          if (basis !== undefined) expect(Object.keys(policy.bases)).toContain(basis);
          if (outcome === 'release') expect(reason).toBe(basis);
        }
      }),
    );
  });
});
