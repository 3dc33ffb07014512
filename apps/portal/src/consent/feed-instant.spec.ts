import { describe, expect, it } from '@jest/globals';
import { instantsOf } from './feed-instant.js';

const iso = (moment: string) => Object.values(instantsOf(moment)).map((at) => at.toISOString());

describe('the instants a feed moment spans', () => {
  it('a winter day is the British day, which is the UTC day', () => {
    expect(iso('2026-11-03')).toEqual(['2026-11-03T00:00:00.000Z', '2026-11-03T23:59:59.999Z']);
  });
  it('a summer day starts an hour earlier in UTC', () => {
    expect(iso('2026-08-01')).toEqual(['2026-07-31T23:00:00.000Z', '2026-08-01T22:59:59.999Z']);
  });
  it('the day the clocks change has 25 hours', () => {
    expect(iso('2026-10-25')).toEqual(['2026-10-24T23:00:00.000Z', '2026-10-25T23:59:59.999Z']);
  });
  it('a month and a year span to their last instant', () => {
    expect(iso('2026-02')).toEqual(['2026-02-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z']);
    expect(iso('2025')).toEqual(['2025-01-01T00:00:00.000Z', '2025-12-31T23:59:59.999Z']);
  });
  it('a time without an offset is British time, one with an offset is itself', () => {
    expect(iso('2026-07-01T12:00')[0]).toBe('2026-07-01T11:00:00.000Z');
    expect(iso('2026-07-01T12:00:00+02:00')[0]).toBe('2026-07-01T10:00:00.000Z');
  });
});
