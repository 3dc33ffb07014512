import { describe, expect, it } from '@jest/globals';
import { type Case, first, policy } from '../../test/deciding-samples.js';
import { changed, sampleRequest } from '../../test/sample-request.js';
import { decide, makePolicy } from '../index.js';

describe('rows 13 to 17', () => {
  const glass = sampleRequest('emergency').case.breakGlass!;
  const broken = (changes: object) => changed('emergency', { case: { breakGlass: { ...glass, ...changes } } });
  const adults = (adultAtRisk: boolean) => [{ id: 'vera', role: 'victim', deceased: false, adultAtRisk }];
  it.each<Case>([
    ['13: no review', changed('dhr', { case: { review: null } }), 'withhold not_on_panel 13'],
    [
      '13: a closed review',
      changed('dhr', { case: { review: { id: 'review-1', open: false } } }),
      'withhold not_on_panel 13',
    ],
    ['13: on another panel', changed('dhr', { recipient: { panel: ['review-2'] } }), 'withhold not_on_panel 13'],
    [
      '14: not an adult at risk',
      changed('adult-safeguarding', { case: { people: adults(false) } }),
      'withhold not_adult_at_risk 14',
    ],
    [
      '15: no child in the case',
      changed('child-safeguarding', { case: { people: adults(true) } }),
      'withhold not_safeguarding_partner 15',
    ],
    [
      '15: not a partner',
      changed('child-safeguarding', { recipient: { safeguardingPartner: false } }),
      'withhold not_safeguarding_partner 15',
    ],
    ['16: no grant', changed('emergency', { case: { breakGlass: null } }), 'withhold no_break_glass 16'],
    ['16: nobody', broken({ by: '' }), 'withhold no_break_glass 16'],
    ['16: no reason', broken({ reason: null }), 'withhold no_break_glass 16'],
    ['16: not yet', broken({ from: '2026-11-01T12:00:01Z' }), 'withhold no_break_glass 16'],
    ['16: from this moment', broken({ from: '2026-11-01T12:00:00Z' }), 'release ukgdpr.art6-1-d 16 ukgdpr.art6-1-d'],
    ['16: over at this moment', broken({ to: '2026-11-01T12:00:00Z' }), 'withhold no_break_glass 16'],
    ['16: a moment longer than four hours', broken({ to: '2026-11-01T14:00:00.001Z' }), 'withhold no_break_glass 16'],
    ['16: open-ended is longer than four hours', broken({ to: null }), 'withhold no_break_glass 16'],
    ['17: about somebody else', changed('subject-access', { case: { requester: 'pete' } }), 'withhold not_own_data 17'],
    ['17: nobody asked', changed('subject-access', { case: { requester: null } }), 'withhold not_own_data 17'],
    ['17: a safety delay', changed('subject-access', { case: { safetyDelay: true } }), 'withhold not_own_data 17'],
  ])('%s', (_says, request, expected) => expect(first(request)).toBe(expected));
});

describe('row 18', () => {
  it('withholds a purpose that has agreements and lists but no row', () => {
    const fields = { ...policy.fields, research: policy.fields['dhr']! };
    const wider = makePolicy({ ...policy, fields });
    const { outcome, reason, rule } = decide(wider, sampleRequest('research')).items[0]!;
    expect([outcome, reason, rule]).toEqual(['withhold', 'unknown_purpose', 18]);
  });
});
