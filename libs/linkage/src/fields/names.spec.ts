import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { levelNames, levelsBetween, tableOf } from '../linking/made-table.fixture.js';
import { nameComparator } from './names.js';

type Name = readonly [given: string, surname: string];

/** Levels of given name and surname of the first two of these people; the others make names common. */
const related = (a: Name, b: Name, others: readonly Name[] = []): string[] => {
  const people = [a, b, ...others];
  const { columns, rows } = tableOf({
    given_name: people.map(([given]) => given),
    surname: people.map(([, surname]) => surname),
  });
  return levelNames(nameComparator(columns, rows), 0, 1);
};
const full = (a: string, b: string): string[] => {
  const { columns, rows } = tableOf({ name: [a, b] });
  return levelNames(nameComparator(columns, rows), 0, 1);
};
const times = (count: number, name: Name): Name[] => Array.from({ length: count }, () => name);

describe('names', () => {
  it.each<[string, Name, Name, string[]]>([
    ['the same', ['Gribble', 'Inventley'], ['gribble', 'INVENTLEY'], ['exact', 'exact']],
    ['given name and surname exchanged', ['Gribble', 'Inventley'], ['Inventley', 'Gribble'], ['missing', 'swapped']],
    ['exchanged, one with a slip', ['Gribble', 'Inventley'], ['Invently', 'Gribble'], ['missing', 'swapped']],
    ['an initial', ['G', 'Inventley'], ['Gribble', 'Inventley'], ['initial', 'exact']],
    ['another initial', ['B', 'Inventley'], ['Gribble', 'Inventley'], ['different', 'exact']],
    ['a nickname', ['Bob', 'Inventley'], ['Robert', 'Inventley'], ['variant', 'exact']],
    ['two nicknames of one name', ['Bob', 'Inventley'], ['Rob', 'Inventley'], ['variant', 'exact']],
    ['two ways to write one name in our letters', ['Mohammed', 'Khan'], ['Muhammad', 'Kahn'], ['variant', 'variant']],
    ['an apostrophe', ['Gribble', "O'Brien"], ['Gribble', 'OBrien'], ['exact', 'exact']],
    ['an apostrophe written as a space', ['Gribble', 'O’Brien'], ['Gribble', 'O Brien'], ['exact', 'exact']],
    ['particles', ['Gribble', 'de la Inventa'], ['Gribble', 'Inventa'], ['exact', 'exact']],
    ['accents', ['Zoë', 'Inventé'], ['Zoe', 'Invente'], ['exact', 'exact']],
    ['a title', ['Dr Gribble', 'Inventley'], ['Gribble', 'Inventley'], ['exact', 'exact']],
    [
      'one part of a double-barrelled name',
      ['Gribble', 'Smith-Inventley'],
      ['Gribble', 'Inventley'],
      ['exact', 'other part'],
    ],
    ['the other part of it', ['Gribble', 'Smith-Inventley'], ['Gribble', 'Smith'], ['exact', 'other part']],
    [
      'a double-barrelled name written in one',
      ['Gribble', 'Smith-Inventley'],
      ['Gribble', 'Smithinventley'],
      ['exact', 'exact'],
    ],
    ['a second given name used', ['Gribble Zork', 'Inventley'], ['Zork', 'Inventley'], ['other part', 'exact']],
    [
      'a woman’s form of a Polish surname',
      ['Gribble', 'Inventowska'],
      ['Gribble', 'Inventowski'],
      ['exact', 'variant'],
    ],
    ['two names', ['Gribble', 'Inventley'], ['Zork', 'Fictive'], ['different', 'different']],
    ['a name cut off', ['Gribble', 'Inventleyson'], ['Gribble', 'Inven'], ['exact', 'similar']],
    ['letters jumbled', ['Gribble', 'Tendrik'], ['Gribble', 'Kendtri'], ['exact', 'jumbled']],
    ['no given name', ['', 'Inventley'], ['Gribble', 'Inventley'], ['missing', 'exact']],
    [
      'nothing but a surname, written as the given name',
      ['Inventley', ''],
      ['Gribble', 'Inventley'],
      ['missing', 'swapped'],
    ],
    ['no name', ['', ''], ['Gribble', 'Inventley'], ['missing', 'missing']],
  ])('%s', (_what, a, b, levels) => {
    expect(related(a, b)).toEqual(levels);
    expect(related(b, a)).toEqual(levels);
  });

  it('a full name in one column is the same in any order', () => {
    expect(full('Gribble Inventley', 'Inventley Gribble')).toEqual(['missing', 'swapped']);
    expect(full('Gribble Inventley', 'Gribble Inventley')).toEqual(['exact', 'exact']);
    expect(full('Mr Gribble van der Inventley', 'gribble inventley')).toEqual(['exact', 'exact']);
  });

  it('a middle name in a column of its own meets a given name', () => {
    const { columns, rows } = tableOf({
      forename: ['Gribble', 'Zork'],
      middle_name: ['Zork', ''],
      surname: ['Inventley', 'Inventley'],
    });
    expect(levelNames(nameComparator(columns, rows), 0, 1)).toEqual(['other part', 'exact']);
  });

  it('one letter is a slip where one spelling is rare, and another name where both are common', () => {
    const common = times(40, ['Jorda', 'Fictive']);
    expect(related(['Jorda', 'Inventley'], ['Jordo', 'Inventley'], common)).toEqual(['typo', 'exact']);
    expect(
      related(['Jorda', 'Inventley'], ['Jordo', 'Inventley'], [...common, ...times(40, ['Jordo', 'Madeup'])]),
    ).toEqual(['two names', 'exact']);
  });

  it('a full name does not agree with another that has the same short form', () => {
    expect(related(['Alex', 'Inventley'], ['Alexander', 'Inventley'])[0]).toBe('variant');
    expect(related(['Alex', 'Inventley'], ['Alexandra', 'Inventley'])[0]).toBe('variant');
    expect(related(['Alexander', 'Inventley'], ['Alexandra', 'Inventley'])[0]).not.toMatch(/exact|variant|typo/);
  });

  it('agreement on a rare name is in a rarer band than on a common one', () => {
    const people: Name[] = [
      ['Commonly', 'A'],
      ['Commonly', 'B'],
      ['Rarely', 'C'],
      ['Rarely', 'D'],
      ...times(60, ['Commonly', 'E']),
    ];
    const { columns, rows } = tableOf({
      given_name: people.map(([given]) => given),
      surname: people.map(([, surname]) => surname),
    });
    const comparator = nameComparator(columns, rows);
    const band = (i: number, j: number): number =>
      comparator.fields[0]!.levels[levelsBetween(comparator, i, j)[0]!]!.band;
    expect(band(2, 3)).toBeGreaterThan(band(0, 1));
  });

  it('a slip is as rare as the name it is a slip of', () => {
    const people: Name[] = [
      ['Commonly', 'A'],
      ['Commonle', 'B'],
      ['Rarely', 'C'],
      ['Rarele', 'D'],
      ...times(200, ['Commonly', 'E']),
    ];
    const { columns, rows } = tableOf({
      given_name: people.map(([given]) => given),
      surname: people.map(([, surname]) => surname),
    });
    const comparator = nameComparator(columns, rows);
    const level = (i: number, j: number) => comparator.fields[0]!.levels[levelsBetween(comparator, i, j)[0]!]!;
    expect([level(0, 1).name, level(2, 3).name]).toEqual(['typo', 'typo']);
    expect(level(0, 1).band).toBeLessThan(level(2, 3).band);
  });

  it('exchanged names weigh the same whichever record comes first', () => {
    // A common given name and a rare surname: the band must not hang on which of the two is asked first.
    const people: Name[] = [['Commonly', 'Rarely'], ['Rarely', 'Commonly'], ...times(200, ['Gribble', 'Commonly'])];
    const { columns, rows } = tableOf({
      given_name: people.map(([given]) => given),
      surname: people.map(([, surname]) => surname),
    });
    const comparator = nameComparator(columns, rows);
    expect(levelsBetween(comparator, 0, 1)).toEqual(levelsBetween(comparator, 1, 0));
  });

  it('other scripts are compared as they stand', () => {
    expect(related(['Иван', 'Выдуманный'], ['Иван', 'Выдуманный'])).toEqual(['exact', 'exact']);
    expect(related(['Иван', 'Выдуманный'], ['Пётр', 'Другой'])).toEqual(['different', 'different']);
  });

  it('any text at all can be a name', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 2, maxLength: 6 }), (people) => {
        const { columns, rows } = tableOf({
          given_name: people.map(([given]) => given),
          surname: people.map(([, surname]) => surname),
        });
        const comparator = nameComparator(columns, rows);
        levelsBetween(comparator, 0, 1).forEach((level, f) =>
          expect(level).toBeLessThan(comparator.fields[f]!.levels.length),
        );
      }),
      { seed: 41, numRuns: 200 },
    );
  });
});
