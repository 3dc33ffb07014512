import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { guessOrder, orderOf, readDate } from './date-values.js';

const date = (year: number, month = 0, day = 0) => ({ year, month, day });

describe('reading a date', () => {
  it.each([
    ['1980-05-17', 'ymd', date(1980, 5, 17)],
    ['1980-05-17T00:00:00Z', 'ymd', date(1980, 5, 17)],
    ['1980/5/7', 'dmy', date(1980, 5, 7)],
    ['17/05/1980', 'dmy', date(1980, 5, 17)],
    ['17.5.1980', 'dmy', date(1980, 5, 17)],
    ['05/17/1980', 'mdy', date(1980, 5, 17)],
    ['17 May 1980', 'ymd', date(1980, 5, 17)],
    ['17th May, 1980', 'ymd', date(1980, 5, 17)],
    ['May 17, 1980', 'dmy', date(1980, 5, 17)],
    ['17-MAY-80', 'dmy', date(1980, 5, 17)],
    ['19800517', 'ymd', date(1980, 5, 17)],
    ['17051980', 'dmy', date(1980, 5, 17)],
    ['05171980', 'mdy', date(1980, 5, 17)],
    ['170580', 'dmy', date(1980, 5, 17)],
    ['800517', 'ymd', date(1980, 5, 17)],
    ['17/05/80', 'dmy', date(1980, 5, 17)],
    ['17/05/12', 'dmy', date(2012, 5, 17)],
    ['1980', 'dmy', date(1980)],
    ['1980-05', 'dmy', date(1980, 5)],
    ['05/1980', 'dmy', date(1980, 5)],
    ['May 1980', 'dmy', date(1980, 5)],
    ['00/00/1980', 'dmy', date(1980)],
    ['1980-81-17', 'ymd', date(1980, 81, 17)],
  ] as const)('%s as %s', (text, order, parts) => {
    expect(readDate(text, order)).toEqual(parts);
  });

  it.each(['', 'not known', '-', '17', 'n/a', '??'])('there is none in "%s"', (text) => {
    expect(readDate(text, 'dmy')).toBeNull();
  });

  it('nobody is born in a year to come: two digits mean the past', () => {
    expect(readDate('17/05/29', 'dmy')).toEqual(date(1929, 5, 17));
  });

  it('any text is read as whole numbers or as nothing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.constantFrom('ymd', 'dmy', 'mdy'), (text, order) => {
        const parts = readDate(text, order as 'ymd');
        if (parts !== null)
          expect(Object.values(parts).every((part) => Number.isInteger(part) && part >= 0)).toBe(true);
      }),
      { seed: 42, numRuns: 2000 },
    );
  });

  it('a day is read from every way of writing it', () => {
    const two = (value: number): string => String(value).padStart(2, '0');
    fc.assert(
      fc.property(
        fc.integer({ min: 1880, max: 2025 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, month, day) => {
          const parts = date(year, month, day);
          expect(readDate(`${year}-${two(month)}-${two(day)}`, 'ymd')).toEqual(parts);
          expect(readDate(`${day}/${month}/${year}`, 'dmy')).toEqual(parts);
          expect(readDate(`${month}/${day}/${year}`, 'mdy')).toEqual(parts);
          expect(readDate(`${year}${two(month)}${two(day)}`, 'ymd')).toEqual(parts);
        },
      ),
      { seed: 43 },
    );
  });
});

describe('the order of a date’s parts', () => {
  it.each([
    ['%d/%m/%Y', 'dmy'],
    ['%Y-%m-%d', 'ymd'],
    ['%Y%m%d', 'ymd'],
    ['%m/%d/%y', 'mdy'],
    ['%d %B %Y', 'dmy'],
    ['%b %e, %Y', 'mdy'],
    ['%H:%M', null],
    ['', null],
  ])('is said by the format %s', (format, order) => {
    expect(orderOf(format)).toBe(order);
  });

  it('is guessed from what makes sense, day first where both do', () => {
    expect(guessOrder(['', '1980-05-17', '1981-06-30'])).toBe('ymd');
    expect(guessOrder(['', '17/05/1980', '05/06/1981'])).toBe('dmy');
    expect(guessOrder(['', '05/17/1980', '05/06/1981'])).toBe('mdy');
    expect(guessOrder(['', '05/07/1980', '05/06/1981'])).toBe('dmy');
    expect(guessOrder(['', '17051980', '05061981'])).toBe('dmy');
    expect(['ymd', 'dmy', 'mdy']).toContain(guessOrder([]));
  });
});
