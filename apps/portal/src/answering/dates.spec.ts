import { describe, expect, it } from '@jest/globals';
import { ago, dateAndTime, longDate, partialDate } from './dates.js';

describe('dates on pages', () => {
  it('are written out, in local time whatever the server stands in', () => {
    expect(longDate('2026-11-03T12:00:00Z')).toBe('3 November 2026');
    expect(longDate('2026-06-30T23:30:00Z')).toBe('1 July 2026');
    expect(dateAndTime('2026-06-30T23:30:00Z')).toBe('1 July 2026, 00:30');
  });
  it('stand beside how long ago it was', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    expect(ago('2026-11-03T12:00:00Z', now)).toBe('19 days ago');
    expect(ago('2026-11-22T11:59:40Z', now)).toBe('just now');
    expect(ago('2026-11-25T12:00:00Z', now)).toBe('in 3 days');
  });
  it('that a feed gives in part stay in part', () => {
    expect(partialDate('1990-04-02')).toBe('2 April 1990');
    expect(partialDate('1990-04')).toBe('April 1990');
    expect(partialDate('1990')).toBe('1990');
  });
  it('that are missing are nothing', () => {
    expect([longDate(null), ago(undefined), dateAndTime('not a date'), partialDate('')]).toEqual(['', '', '', '']);
  });
});
