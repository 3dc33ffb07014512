import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PartialDate, formatPartialDate } from '../index.js';

const seed = 20261101;
const now = new Date('2026-11-03T12:00:00Z');
const pad = (n: number, width = 2) => String(n).padStart(width, '0');

describe('a partial date', () => {
  it('is accepted exactly when the calendar has that day, not before 1870 and not in the future', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1860, max: 2030 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (y, m, d) => {
          const real = new Date(Date.UTC(y, m - 1, d));
          const exists = real.getUTCMonth() === m - 1 && real.getUTCDate() === d && real.getUTCFullYear() === y;
          const parsed = PartialDate.parse(`${y}-${pad(m)}-${pad(d)}`, { now });
          expect(parsed.ok).toBe(exists && y >= 1870 && real.getTime() <= now.getTime());
        },
      ),
      { seed },
    );
  });

  it('may be a year or a month', () => {
    expect(PartialDate.parse('1984')).toEqual({ ok: true, value: { iso: '1984', precision: 'year', year: 1984 } });
    expect(PartialDate.parse('1984-02')).toMatchObject({ ok: true, value: { precision: 'month', month: 2 } });
    expect(PartialDate.parse('2026-11', { now }).ok).toBe(true);
    expect(PartialDate.parse('2026-12', { now }).ok).toBe(false);
    expect(PartialDate.parse('2027', { now }).ok).toBe(false);
  });

  it('may be ahead where that makes sense, within reason', () => {
    expect(PartialDate.parse('2027-01-15', { now, future: true }).ok).toBe(true);
    expect(PartialDate.parse('2260-01-15', { now, future: true }).ok).toBe(false);
  });

  it('turns over at midnight in Britain, not in UTC', () => {
    expect(PartialDate.parse('2026-07-02', { now: new Date('2026-07-01T23:30:00Z') }).ok).toBe(true);
    expect(PartialDate.parse('2026-07-02', { now: new Date('2026-07-01T22:30:00Z') }).ok).toBe(false);
  });

  it.each([
    '',
    '3/11/1984',
    '1984-11-3',
    '84',
    '1984-00',
    '1984-02-30',
    '1984-13-01',
    '19841103',
    '1984-11-03T00:00:00Z',
  ])('%p is refused', (text) => {
    expect(PartialDate.parse(text, { now })).toMatchObject({ ok: false, code: 'invalid_date' });
  });

  it('is shown in words', () => {
    expect(formatPartialDate('2026-11-03')).toBe('3 November 2026');
    expect(formatPartialDate('2026-11')).toBe('November 2026');
    expect(formatPartialDate('2026')).toBe('2026');
    expect(formatPartialDate({ iso: '1984-02-29', precision: 'day', year: 1984, month: 2, day: 29 })).toBe(
      '29 February 1984',
    );
  });
});
