import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomRequest } from '../test/random-request.js';
import { decide, loadPolicy, type DecisionRequest, type Item, type ItemDecision } from './index.js';

const policy = loadPolicy('2026-01');

/**
 * The table read a second time, slowly and in another manner: no facts gathered beforehand, every row worked out from the
 * request's own words for every item. It shares nothing with `decide` but the data.
 */
function byTheTable(q: DecisionRequest, item: Item): ItemDecision {
  const ms = (text: string): number => new Date(text).getTime();
  const now = ms(q.at);
  const inSpan = (s: { from: string; to: string | null }): boolean =>
    ms(s.from) <= now && (s.to === null || now < ms(s.to));
  const roleOf = (id: string): string | undefined => q.case.people.find((p) => p.id === id)?.role;
  const role = roleOf(item.person);
  const no = (rule: number, reason: string): ItemDecision => ({ id: item.id, outcome: 'withhold', reason, rule });
  const yes = (rule: number, basis: string): ItemDecision =>
    item.thirdParties.some((id) => roleOf(id) === undefined)
      ? { id: item.id, outcome: 'redact', reason: 'third_party', rule, basis }
      : { id: item.id, outcome: 'release', reason: basis, rule, basis };

  if (item.confidential) return no(1, 'confidential_address');
  if (role === undefined) return no(2, 'not_in_case');
  if (q.case.people.some((p) => q.recipient.conflicts.includes(p.id))) return no(3, 'conflict_of_interest');
  if (['location', 'contact'].includes(item.kind) && ['victim', 'child'].includes(role)) {
    if (q.recipient.actsFor.some((id) => roleOf(id) === 'perpetrator')) return no(4, 'perpetrator_link');
  }
  if (!['emergency', 'subject-access'].includes(q.purpose)) {
    const covering = q.agreements.filter(
      (a) =>
        a.source === item.source &&
        a.recipient === q.recipient.agency &&
        a.purposes.includes(q.purpose) &&
        a.categories.includes(item.category) &&
        inSpan(a),
    );
    if (covering.length === 0) return no(5, 'no_agreement');
  }
  if (q.purpose !== 'subject-access') {
    if (!(policy.fields[q.purpose]?.[role]?.[item.category] ?? []).includes(item.field)) return no(6, 'not_necessary');
  }
  if (item.kind === 'health' && !q.case.caldicott) return no(7, 'caldicott');
  if (item.kind === 'criminal' && !q.recipient.authority) return no(8, 'not_authority');

  const past = q.consents.filter((c) => c.person === item.person && ms(c.at) <= now && c.purposes.includes(q.purpose));
  const withdrawals = past.filter((c) => c.status === 'withdrawn');
  const consented = past.some(
    (g) =>
      g.status === 'given' &&
      g.recipients.includes(q.recipient.agency) &&
      g.categories.includes(item.category) &&
      !withdrawals.some((w) => ms(w.at) >= ms(g.at)),
  );
  const criterion = Object.values(q.case.criteria).includes(true);

  switch (q.purpose) {
    case 'voluntary-support':
      return consented ? yes(10, 'consent') : no(10, 'no_consent');
    case 'marac': {
      if (role !== 'victim') {
        const j = q.case.justification;
        return criterion && j?.necessity && j.proportionality ? yes(12, 'cda1998.s115') : no(12, 'threshold_not_met');
      }
      if (consented) return yes(11, 'consent');
      const d = q.case.withoutConsent;
      const counts =
        d &&
        ms(d.at) <= now &&
        withdrawals.every((w) => ms(d.at) > ms(w.at)) &&
        d.necessity &&
        d.proportionality &&
        d.authorisedBy &&
        d.victimTold;
      return criterion && counts ? yes(11, 'cda1998.s115') : no(11, 'no_consent');
    }
    case 'dhr': {
      const review = q.case.review;
      return review?.open && q.recipient.panel.includes(review.id) ? yes(13, 'dvcva2004.s9') : no(13, 'not_on_panel');
    }
    case 'adult-safeguarding':
      return q.case.people.some((p) => p.id === item.person && p.adultAtRisk)
        ? yes(14, 'careact2014.s42')
        : no(14, 'not_adult_at_risk');
    case 'child-safeguarding':
      return q.recipient.safeguardingPartner && q.case.people.some((p) => p.role === 'child')
        ? yes(15, 'childrenact2004.s10-11')
        : no(15, 'not_safeguarding_partner');
    case 'emergency': {
      const g = q.case.breakGlass;
      const active = g?.by && g.reason && inSpan(g) && g.to !== null && ms(g.to) - ms(g.from) <= 14_400_000;
      return active ? yes(16, 'ukgdpr.art6-1-d') : no(16, 'no_break_glass');
    }
    case 'subject-access':
      return item.person === q.case.requester && !q.case.safetyDelay ? yes(17, 'ukgdpr.art15') : no(17, 'not_own_data');
    default:
      return no(18, 'unknown_purpose');
  }
}

describe('decide', () => {
  it('agrees with a slow second reading of the table on at least 20,000 random items, every row among them', () => {
    let items = 0;
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(randomRequest(policy, 40), (request) => {
        const decided = decide(policy, request).items;
        expect(decided).toEqual(request.items.map((item) => byTheTable(request, item)));
        items += decided.length;
        for (const { rule, outcome } of decided)
          seen.set(`${rule} ${outcome}`, (seen.get(`${rule} ${outcome}`) ?? 0) + 1);
      }),
      { seed: 20260118, numRuns: 4000 },
    );
    expect(items).toBeGreaterThanOrEqual(20_000);
    const withholding = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17].map((rule) => `${rule} withhold`);
    const releasing = [10, 11, 12, 13, 14, 15, 16, 17].flatMap((rule) => [`${rule} release`, `${rule} redact`]);
    expect([...withholding, ...releasing].filter((way) => !seen.has(way))).toEqual([]);
  });
});
