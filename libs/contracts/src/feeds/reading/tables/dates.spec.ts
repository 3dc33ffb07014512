import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DayOrderTally, readDate, serialDate } from './dates.js';

const now = new Date('2026-11-24T12:00:00Z');
const british = { order: 'day-first' as const, now };

describe('dates of housing systems', () => {
  it.each([
    ['01/02/2026', '2026-02-01'],
    ['1/2/2026', '2026-02-01'],
    ['31-12-2026', '2026-12-31'],
    ['01.02.2026', '2026-02-01'],
    ['1-Feb-26', '2026-02-01'],
    ['01-FEB-1980', '1980-02-01'],
    ['1st February 1980', '1980-02-01'],
    ['Friday, 1 February 1980', '1980-02-01'],
    ['February 1, 1980', '1980-02-01'],
    ['20260201', '2026-02-01'],
    ['2026-02-01', '2026-02-01'],
    ['2026/2/1', '2026-02-01'],
    ['2026-02-01T00:00:00', '2026-02-01'],
    ['2026-02-01 00:00:00.000', '2026-02-01'],
    ['01/02/2026 00:00', '2026-02-01'],
    ['45689', '2025-02-01'],
    ['45689.0', '2025-02-01'],
    ['1980', '1980'],
    ['1980-05', '1980-05'],
    ['May 1980', '1980-05'],
  ])('%s is %s', (text, iso) => {
    expect(readDate(text, british)).toEqual({ iso });
  });

  it.each([
    ['3/7/2026 21:15', '2026-07-03', '21:15'],
    ['03-Jul-2026 9:15 PM', '2026-07-03', '21:15'],
    ['2026-07-03T21:15:30', '2026-07-03', '21:15:30'],
    ['46206.885416667', '2026-07-03', '21:15'],
  ])('%s has a time', (text, iso, time) => {
    expect(readDate(text, british)).toEqual({ iso, time });
  });

  it('a time with an offset is a British day: 23:00 UTC in June is the next one', () => {
    expect(readDate('1980-06-30T23:00:00Z', british)).toMatchObject({ iso: '1980-07-01' });
    expect(readDate('2026-07-03T21:15:00Z', british)).toMatchObject({
      iso: '2026-07-03',
      instant: '2026-07-03T21:15Z',
    });
  });

  it.each([
    '00/00/0000',
    '01/01/1900',
    '1900-01-01',
    '0000-00-00',
    '31/12/9999',
    '1753-01-01 00:00:00',
    '0',
    '1',
    '30/12/1899',
    '',
  ])('"%s" is no date', (text) => {
    expect(readDate(text, british)).toBe('missing');
    expect(readDate(text, { now })).toBe('missing');
  });

  it.each(['31/02/1980', '13/13/1980', 'soon', '1/2', '12:30', '99999999', '01/02/2026 25:00', 'Smarch 1 1980', '1e9'])(
    '%s is not a date',
    (text) => {
      expect(readDate(text, british)).toEqual({ problem: 'invalid_date' });
    },
  );

  it('a birth year of two digits is told only where one century is possible', () => {
    const birth = { ...british, birth: true };
    expect(readDate('1-Feb-80', birth)).toEqual({ iso: '1980-02-01' });
    expect(readDate('1-Feb-27', birth)).toEqual({ iso: '1927-02-01' });
    expect(readDate('1-Feb-24', birth)).toEqual({ problem: 'ambiguous_century' });
    expect(readDate('1-Feb-10', birth)).toEqual({ iso: '2010-02-01' });
  });

  it('without an order a date that can be two days is a problem, one that cannot is not', () => {
    expect(readDate('01/02/2026', { now })).toEqual({ problem: 'ambiguous_date' });
    expect(readDate('13/02/2026', { now })).toEqual({ iso: '2026-02-13' });
    expect(readDate('05/05/2026', { now })).toEqual({ iso: '2026-05-05' });
    expect(readDate('02/01/2026', { order: 'month-first', now })).toEqual({ iso: '2026-02-01' });
    expect(readDate('13/02/2026', { order: 'month-first', now })).toEqual({ problem: 'invalid_date' });
  });

  it('serials of both systems are the same days', () => {
    expect(serialDate(29_222)).toEqual({ iso: '1980-01-02' });
    expect(serialDate(29_222 - 1462, true)).toEqual({ iso: '1980-01-02' });
    expect(serialDate(59)).toEqual({ iso: '1900-02-28' });
    expect(serialDate(61)).toEqual({ iso: '1900-03-01' });
  });

  it('any real day written the British way comes back as itself, and nothing makes it throw', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1901-01-01'), max: new Date('2090-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          const [year, month, day] = iso.split('-');
          expect(readDate(`${day}/${month}/${year}`, british)).toEqual({ iso });
        },
      ),
      { seed: 5 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => void readDate(text, british)),
      { seed: 5, numRuns: 2000 },
    );
  });
});

describe('day or month first', () => {
  const order = (...values: string[]) => {
    const tally = new DayOrderTally();
    for (const value of values) tally.take(value);
    return tally.order;
  };

  it('is told by a column’s values, all of them', () => {
    expect(order('01/02/1980', '13/02/1980')).toBe('day-first');
    expect(order('01/02/1980', '02/13/1980')).toBe('month-first');
    expect(order('01/02/1980', '03/04/1980', '05/05/1980', '00/00/0000')).toBe('undecided');
    expect(order('13/02/1980', '02/13/1980')).toBe('mixed');
    expect(order('1980-02-01', '05/05/1980', '')).toBe('none');
  });

  it('one slip in a thousand changes nothing', () => {
    expect(order(...Array.from({ length: 999 }, () => '31/12/1980'), '12/31/1980')).toBe('day-first');
  });
});
