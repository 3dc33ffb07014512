import { describe, expect, it } from '@jest/globals';
import { columnOf, levelNames, levelsBetween } from '../linking/made-table.fixture.js';
import { dateComparator } from './dates.js';

const related = (a: string, b: string, format?: string): string =>
  levelNames(dateComparator([columnOf('dob', [a, b])], 2, format), 0, 1)[0]!;

describe('dates', () => {
  it.each([
    ['the same day', '1980-05-17', '1980-05-17', 'exact'],
    ['the same day written otherwise', '1980-05-17', '17 May 1980', 'exact'],
    ['day and month swapped', '1980-05-07', '1980-07-05', 'day and month swapped'],
    ['the first of January in both', '1980-01-01', '1980-01-01', 'first of January'],
    ['the first of January against another day of the year', '1980-01-01', '1980-05-17', 'placeholder'],
    ['the first of January of another year', '1980-01-01', '1999-05-17', 'generation'],
    ['a month alone', '1980-05', '1980-05-17', 'year and month'],
    ['two equal months', '1980-05', '1980-05', 'year and month'],
    ['another month, no day', '1980-06', '1980-05-17', 'year'],
    ['a year alone', '1980', '1980-05-17', 'year'],
    ['two equal years', '1980', '1980', 'year'],
    ['a year alone, one off', '1981', '1980-05-17', 'next year'],
    ['a year alone, a generation off', '1955', '1980-05-17', 'generation'],
    ['a year alone, some years off', '1975', '1980-05-17', 'other year'],
    ['one digit of the day', '1980-05-17', '1980-05-27', 'year same, month same, day near'],
    ['three days', '1980-05-17', '1980-05-14', 'year same, month same, day near'],
    ['one digit of the month', '1980-11-17', '1980-12-17', 'year same, month near, day same'],
    ['one digit of the year', '1980-05-17', '1989-05-17', 'year near, month same, day same'],
    ['two digits of the year swapped', '1968-05-17', '1986-05-17', 'year near, month same, day same'],
    ['a century', '1880-05-17', '1980-05-17', 'year near, month same, day same'],
    ['a birthday shared a generation apart', '1955-05-17', '1980-05-17', 'year far, month same, day same'],
    ['parent and child', '1954-11-03', '1980-05-17', 'generation'],
    ['quite another day of the year', '1980-05-17', '1980-11-03', 'year same, month far, day far'],
    ['nothing', '', '1980-05-17', 'missing'],
    ['no date', 'not known', '1980-05-17', 'missing'],
    ['a century typed wrong', '2080-05-17', '1980-05-17', 'year near, month same, day same'],
  ])('%s: %s and %s', (_what, a, b, level) => {
    expect(related(a, b)).toBe(level);
    expect(related(b, a)).toBe(level);
  });

  it('three columns are year, month and day', () => {
    const columns = [
      columnOf('by', ['1980', '1980', '', '1980']),
      columnOf('bm', ['5', '05', '5', '']),
      columnOf('bd', ['17', '17', '17', '']),
    ];
    const comparator = dateComparator(columns, 4);
    expect(levelNames(comparator, 0, 1)).toEqual(['exact']);
    expect(levelNames(comparator, 0, 2)).toEqual(['missing']);
    expect(levelNames(comparator, 0, 3)).toEqual(['year']);
  });

  it('a format in the settings decides where a date could be read either way', () => {
    expect(related('05/07/1980', '5 July 1980', '%d/%m/%Y')).toBe('exact');
    expect(related('05/07/1980', '7 May 1980', '%m/%d/%Y')).toBe('exact');
  });

  it('records meet by date, by parts of it, and by day and month in any order; not by the first of January’s day', () => {
    const { atoms } = dateComparator(
      [columnOf('dob', ['1980-05-07', '1980-07-05', '1990-01-01', '1991-01-01', '', '1980'])],
      6,
    );
    const codes = (name: string): number[] => [...atoms.find((atom) => atom.name === name)!.codes];
    expect(codes('day and month in any order')[0]).toBe(codes('day and month in any order')[1]);
    expect(codes('date')[0]).not.toBe(codes('date')[1]);
    expect(codes('month and day').slice(2)).toEqual([0, 0, 0, 0]);
    expect(codes('year')[0]).toBe(codes('year')[5]);
    for (const { codes: all } of atoms) expect(all[4]).toBe(0);
  });

  it('many dates are remembered rightly: each pair is as it is alone', () => {
    const days = Array.from({ length: 120 }, (_, at) => `19${50 + (at % 40)}-0${1 + (at % 9)}-1${at % 10}`);
    const comparator = dateComparator([columnOf('dob', days)], days.length);
    const first = days.map((_, at) => levelsBetween(comparator, at, (at * 7 + 3) % days.length)[0]);
    for (let i = 0; i < days.length; i++) for (let j = 0; j < days.length; j++) levelsBetween(comparator, i, j);
    expect(days.map((_, at) => levelsBetween(comparator, at, (at * 7 + 3) % days.length)[0])).toEqual(first);
    expect(first.slice(0, 20)).toEqual(
      days.slice(0, 20).map((day, at) => {
        const other = days[(at * 7 + 3) % days.length]!;
        return levelsBetween(dateComparator([columnOf('dob', [day, other])], 2), 0, 1)[0];
      }),
    );
  });
});
