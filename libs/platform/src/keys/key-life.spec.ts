import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { daysLeft, endOfKey, keyState, warningDue, type KeyLife } from './key-life.js';

const NOW = new Date('2026-11-24T09:00:00Z');
const inDays = (days: number) => new Date(NOW.getTime() + days * 24 * 3600 * 1000);
const key = (changes: Partial<KeyLife> = {}): KeyLife => ({
  validFrom: inDays(-10),
  validTo: null,
  revokedAt: null,
  expiresAt: inDays(400),
  ...changes,
});

describe('a registered key', () => {
  it.each([
    ['active', {}],
    ['active', { expiresAt: null }],
    ['overlapping', { validTo: inDays(5) }],
    ['expired', { validTo: inDays(0) }],
    ['expired', { expiresAt: inDays(-1) }],
    ['revoked', { revokedAt: inDays(-1) }],
    ['revoked', { revokedAt: inDays(-1), expiresAt: inDays(-2) }],
    ['future', { validFrom: inDays(1) }],
  ] as const)('is %s', (state, changes) => {
    expect(keyState(key(changes), NOW)).toBe(state);
  });

  it('ends with the earlier of what the registration and the key itself say', () => {
    expect(endOfKey({ validTo: inDays(5), expiresAt: inDays(4) })).toEqual(inDays(4));
    expect(endOfKey({ validTo: inDays(5), expiresAt: null })).toEqual(inDays(5));
    expect(endOfKey({ validTo: null, expiresAt: null })).toBeNull();
  });

  it.each([
    [61, null],
    [60, 60],
    [31, 60],
    [30, 30],
    [7.5, 30],
    [7, 7],
    [0.1, 7],
    [0, null],
  ])('that ends in %s days is warned of: %s', (days, due) => {
    expect(warningDue(key({ expiresAt: inDays(days) }), NOW)).toBe(due);
  });

  it('that is being replaced, revoked or has no end is not warned of', () => {
    for (const changes of [{ validTo: inDays(5) }, { revokedAt: NOW, expiresAt: inDays(5) }, { expiresAt: null }])
      expect(warningDue(key(changes), NOW)).toBeNull();
  });

  it('is warned of in its last 60 days and at no other time', () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 400, noNaN: true }), (days) => {
        const one = key({ expiresAt: inDays(days) });
        expect(warningDue(one, NOW) !== null).toBe(keyState(one, NOW) === 'active' && daysLeft(one, NOW)! <= 60);
      }),
      { seed: 5 },
    );
  });
});
