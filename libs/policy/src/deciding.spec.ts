import { describe, expect, it } from '@jest/globals';
import { type Case, first, noConsent, policy, withdrawn } from '../test/deciding-samples.js';
import { changed } from '../test/sample-request.js';
import { decide, type PolicyError, type DecisionRequest } from './index.js';

describe('somebody who is in the case twice', () => {
  const twice = (a: string, b: string, atRisk = [true, true]) => [
    { id: 'vera', role: a, deceased: false, adultAtRisk: atRisk[0]! },
    { id: 'vera', role: b, deceased: false, adultAtRisk: atRisk[1]! },
    { id: 'pete', role: 'perpetrator', deceased: false, adultAtRisk: false },
  ];
  it.each<Case>([
    [
      'is a victim if either entry says so (row 11)',
      changed('marac', { ...noConsent, case: { people: twice('perpetrator', 'victim'), withoutConsent: null } }),
      'withhold no_consent 11',
    ],
    [
      'is protected by row 4 if either entry says so',
      changed('dhr', {
        case: { people: twice('other', 'child') },
        recipient: { actsFor: ['pete'] },
        item: { kind: 'contact' },
      }),
      'withhold perpetrator_link 4',
    ],
    [
      'needs the field on both lists (row 6)',
      changed('dhr', { case: { people: twice('victim', 'child') }, item: { field: 'nhsNumber' } }),
      'withhold not_necessary 6',
    ],
    [
      'is an adult at risk only if both entries say so',
      changed('adult-safeguarding', { case: { people: twice('victim', 'other', [true, false]) } }),
      'withhold not_adult_at_risk 14',
    ],
  ])('%s', (_says, request, expected) => expect(first(request)).toBe(expected));
});

describe('what cannot be read is refused as a whole', () => {
  it.each<[string, DecisionRequest, string]>([
    ['the moment', changed('marac', { at: 'yesterday' }), 'invalid_instant'],
    [
      'a withdrawal without a readable time',
      changed('marac', { consents: [withdrawn('2026-02-30T00:00:00Z', ['marac'])] }),
      'invalid_instant',
    ],
    ['a kind nobody knows', changed('marac', { item: { kind: 'biometric' as never } }), 'unknown_kind'],
  ])('%s', (_says, request, code) => {
    expect(() => decide(policy, request)).toThrow(
      expect.objectContaining({ name: 'PolicyError', code }) as unknown as PolicyError,
    );
  });
});
