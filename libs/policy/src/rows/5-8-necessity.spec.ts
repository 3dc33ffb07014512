import { describe, expect, it } from '@jest/globals';
import { agreement, type Case, first } from '../../test/deciding-samples.js';
import { changed, sampleRequest } from '../../test/sample-request.js';

describe('row 5', () => {
  const none = 'withhold no_agreement 5';
  const some = 'release consent 11 consent';
  it.each<[string, ReturnType<typeof agreement>[], string]>([
    ['another source', [agreement({ source: 'gedling' })], none],
    ['another recipient', [agreement({ recipient: 'police' })], none],
    ['another purpose', [agreement({ purposes: ['dhr'] })], none],
    ['another category', [agreement({ categories: ['housing'] })], none],
    ['two halves', [agreement({ source: 'gedling' }), agreement({ categories: ['housing'] })], none],
    ['not yet in force', [agreement({ from: '2026-11-01T12:00:00.001Z' })], none],
    ['in force from this moment', [agreement({ from: '2026-11-01T12:00:00Z' })], some],
    ['ended at this moment', [agreement({ to: '2026-11-01T12:00:00Z' })], none],
    ['ending a moment later', [agreement({ to: '2026-11-01T12:00:00.001Z' })], some],
    ['from this moment, told in another zone', [agreement({ from: '2026-11-01T13:00:00+01:00' })], some],
    ['not yet in force, told in another zone', [agreement({ from: '2026-11-01T11:30:00-01:00' })], none],
    ['one of two that covers it', [agreement({ source: 'gedling' }), agreement()], some],
  ])('an agreement: %s', (_says, agreements, expected) =>
    expect(first(changed('marac', { agreements }))).toBe(expected),
  );
});

describe('row 6', () => {
  it.each<Case>([
    [
      'the list is that of the category',
      changed('marac', { agreements: [agreement({ categories: ['asb'] })], item: { category: 'asb' } }),
      'withhold not_necessary 6',
    ],
    [
      'the list is that of the role',
      changed('dhr', { item: { person: 'cleo', field: 'nhsNumber' } }),
      'withhold not_necessary 6',
    ],
    [
      'a role without a list has none',
      changed('dhr', { case: { people: [{ id: 'vera', role: 'uncle', deceased: false, adultAtRisk: false }] } }),
      'withhold not_necessary 6',
    ],
    [
      'a role is never taken for something built in',
      changed('dhr', { case: { people: [{ id: 'vera', role: 'constructor', deceased: false, adultAtRisk: false }] } }),
      'withhold not_necessary 6',
    ],
    [
      'an unknown purpose without an agreement stops at row 5',
      changed('curiosity', { agreements: [] }),
      'withhold no_agreement 5',
    ],
    ['an unknown purpose with an agreement has no list', sampleRequest('curiosity'), 'withhold not_necessary 6'],
  ])('%s', (_says, request, expected) => expect(first(request)).toBe(expected));
});
