import { describe, expect, it } from '@jest/globals';
import { consentState, type Consent } from './consent.js';
import { consentFromFeed } from './consent-from-feed.js';

const received = new Date('2026-11-03T12:00:00Z');
const row = (status: 'given' | 'withdrawn', at: string, purposes = ['marac']): Consent => ({
  id: at,
  subjectId: 's',
  at: new Date(at),
  status,
  purposes,
  recipients: ['idva'],
  categories: ['housing'],
  recordedBy: 'u',
  createdAt: received,
});

describe('consent as a feed says it', () => {
  it('given on a day counts from the start of that day, withdrawn on a day from its end', () => {
    const scope = { purposes: ['marac'] };
    expect(consentFromFeed({ status: 'given', at: '2026-11-01', scope }, received)?.at.toISOString()).toBe(
      '2026-11-01T00:00:00.000Z',
    );
    expect(consentFromFeed({ status: 'withdrawn', at: '2026-11-01', scope }, received)?.at.toISOString()).toBe(
      '2026-11-01T23:59:59.999Z',
    );
  });
  it('a withdrawal dated today or later counts from when it came', () => {
    expect(consentFromFeed({ status: 'withdrawn', at: '2026-11-03' }, received)?.at).toEqual(received);
    expect(consentFromFeed({ status: 'withdrawn', at: '2027-01-01' }, received)?.at).toEqual(received);
  });
  it('a withdrawal that does not say what for, or says it in words, takes everything back', () => {
    for (const scope of [undefined, {}, { purposes: [] }, { purposes: ['all of it'] }])
      expect(consentFromFeed({ status: 'withdrawn', ...(scope ? { scope } : {}) }, received)?.purposes).toEqual(
        expect.arrayContaining(['marac', 'voluntary-support', 'dhr']),
      );
  });
  it('a giving without a scope covers nothing', () => {
    expect(consentFromFeed({ status: 'given' }, received)).toMatchObject({
      purposes: [],
      recipients: [],
      categories: [],
    });
  });
  it('not asked says nothing', () => {
    expect(consentFromFeed({ status: 'not-asked' }, received)).toBeNull();
    expect(consentFromFeed(undefined, received)).toBeNull();
  });
});

describe('how a consent stands', () => {
  it('the later of giving and withdrawing counts; at the same instant the withdrawal', () => {
    const given = row('given', '2026-11-01T00:00:00Z');
    expect(consentState([given], 'marac', received)).toBe('given');
    expect(consentState([given, row('withdrawn', '2026-11-01T00:00:00Z')], 'marac', received)).toBe('withdrawn');
    expect(
      consentState(
        [given, row('withdrawn', '2026-11-02T00:00:00Z'), row('given', '2026-11-02T10:00:00Z')],
        'marac',
        received,
      ),
    ).toBe('given');
  });
  it('what was given for something else, or is not due yet, does not count', () => {
    expect(consentState([row('given', '2026-11-01T00:00:00Z', ['dhr'])], 'marac', received)).toBe('none');
    expect(consentState([row('given', '2026-11-09T00:00:00Z')], 'marac', received)).toBe('none');
  });
});
