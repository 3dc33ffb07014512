import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnOf, levelNames, levelsBetween, tableOf, tableOfRows } from '../linking/made-table.fixture.js';
import { nameColumns } from './name-columns.js';
import { nameComparator } from './names.js';

type Row = Record<string, string>;
const related = (a: Row, b: Row, columnsOf: Row = { ...a, ...b }): string[] => {
  const { columns, rows } = tableOfRows([a, b], Object.keys(columnsOf));
  return levelNames(nameComparator(columns, rows), 0, 1).slice(0, 2);
};

describe('people with several names', () => {
  it.each<[string, Row, Row, string[]]>([
    [
      'a maiden name in a column of its own meets the surname of before',
      { forename: 'Gribble', surname: 'Marriedley', maiden_name: 'Bornley' },
      { forename: 'Gribble', surname: 'Bornley' },
      ['exact', 'exact'],
    ],
    [
      'two who were born with one name meet by it',
      { forename: 'Gribble', surname: 'Marriedley', birth_surname: 'Bornley' },
      { forename: 'Gribble', surname: 'Weddedson', birth_surname: 'Bornley' },
      ['exact', 'exact'],
    ],
    [
      'a double-barrelled previous surname',
      { forename: 'Gribble', surname: 'Marriedley', previous_surname: 'Born-Bredley' },
      { forename: 'Gribble', surname: 'Born Bredley' },
      ['exact', 'exact'],
    ],
    [
      'an apostrophe and particles in a former name',
      { forename: 'Gribble', surname: 'Marriedley', formerSurname: "O'Bornley" },
      { forename: 'Gribble', surname: 'OBornley' },
      ['exact', 'exact'],
    ],
    [
      'particles: de la Cruz',
      { forename: 'Gribble', surname: 'Marriedley', former_name: 'de la Cruz' },
      { forename: 'Gribble', surname: 'Cruz' },
      ['exact', 'exact'],
    ],
    [
      'a name one is called by, beside one surname',
      { forename: 'Gribble', surname: 'Inventley', known_as: 'Zork' },
      { forename: 'Zork', surname: 'Inventley' },
      ['exact', 'exact'],
    ],
    [
      'a whole other name',
      { forename: 'Gribble', surname: 'Inventley', aka: 'Zork Fictive' },
      { forename: 'Zork', surname: 'Fictive' },
      ['exact', 'exact'],
    ],
    [
      'an alias in two columns, written in another alphabet’s way',
      { forename: 'Gribble', surname: 'Inventley', alias_forename: 'Mohammed', alias_surname: 'Fictive' },
      { forename: 'Muhammad', surname: 'Fictive' },
      ['variant', 'exact'],
    ],
    [
      'the parts of two names are not mixed',
      { forename: 'Gribble', surname: 'Inventley', alias_forename: 'Zork', alias_surname: 'Fictive' },
      { forename: 'Zork', surname: 'Inventley' },
      ['exact', 'different'],
    ],
    [
      'several names in a cell',
      { name: 'Gribble Inventley; Zork Fictive | Fenella Madeup' },
      { name: 'Fenella Madeup' },
      ['exact', 'exact'],
    ],
    [
      'several surnames in a cell',
      { forename: 'Gribble', surname: 'Marriedley; Bornley' },
      { forename: 'Gribble', surname: 'Bornley' },
      ['exact', 'exact'],
    ],
    [
      'a maiden name where there is no surname',
      { forename: 'Gribble', surname: '', maiden_name: 'Bornley' },
      { forename: 'Gribble', surname: 'Bornley' },
      ['exact', 'exact'],
    ],
    [
      'no name in common',
      { forename: 'Gribble', surname: 'Inventley', aka: 'Zork Fictive' },
      { forename: 'Fenella', surname: 'Madeup', aka: 'Tendrik' },
      ['different', 'different'],
    ],
  ])('%s', (_what, a, b, levels) => {
    expect(related(a, b)).toEqual(levels);
    expect(related(b, a, { ...a, ...b })).toEqual(levels);
  });

  it('a person is the nearest of the names, not the first', () => {
    const { columns, rows } = tableOf({
      name: ['Gribbel Inventlay; Gribble Inventley', 'Gribble Inventley', 'Zork Fictive'],
    });
    expect(levelNames(nameComparator(columns, rows), 0, 1).slice(0, 2)).toEqual(['exact', 'exact']);
  });

  it('meet by their other names, of which each has a key', () => {
    const { columns, rows } = tableOf({
      forename: ['Gribble', 'Zork', 'Fenella'],
      surname: ['Inventley', 'Fictive', 'Bornley'],
      aka: ['Zork Fictive; Fenella Bornley', '', ''],
    });
    const { atoms } = nameComparator(columns, rows);
    const meet = (name: string, i: number, j: number): boolean =>
      atoms
        .filter((atom) => atom.name.startsWith(name))
        .some(({ codes, more }) => {
          const keys = (row: number): number[] => [codes[row]!, more?.[row] ?? 0].filter((key) => key !== 0);
          return keys(i).some((key) => keys(j).includes(key));
        });
    for (const name of ['surname', 'given name', 'surname sound', 'both names']) {
      expect([name, meet(name, 0, 1)]).toEqual([name, true]);
      expect([name, meet(name, 0, 2)]).toEqual([name, true]);
      expect([name, meet(name, 1, 2)]).toEqual([name, false]);
    }
  });

  it('without other names each row has one key of a kind', () => {
    const { columns, rows } = tableOf({ forename: ['Gribble', 'Zork'], surname: ['Inventley', 'Fictive'] });
    for (const { name, more } of nameComparator(columns, rows).atoms)
      if (!name.startsWith('a name')) expect(more).toBeUndefined();
  });

  it('are compared symmetrically, whatever the order of the names in a cell, and never out of range', () => {
    const word = fc.constantFrom(
      'Gribble',
      'Gribbel',
      'Zork',
      'G',
      'Bob',
      'Robert',
      'Inventley',
      'Invently',
      'Smith-Fictive',
    );
    const one = fc.array(word, { maxLength: 3 }).map((words) => words.join(' '));
    const cell = fc.array(one, { maxLength: 3 });
    const text = fc.tuple(cell, fc.constantFrom('; ', '|')).map(([names, between]) => names.join(between));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { minLength: 2, maxLength: 6 }), (people) => {
        const { columns, rows } = tableOf({
          name: people.map(([name]) => name),
          known_as: people.map(([, known]) => known),
          maiden_name: people.map(([, , maiden]) => maiden),
        });
        const comparator = nameComparator(columns, rows);
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < rows; j++) {
            const levels = levelsBetween(comparator, i, j);
            expect(levelsBetween(comparator, j, i)).toEqual(levels);
            levels.forEach((level, f) => expect(level).toBeLessThan(comparator.fields[f]!.levels.length));
          }
        }
      }),
      { seed: 49, numRuns: 60 },
    );
  });
});

describe('what a name column holds', () => {
  const told = (...names: string[]): string[] =>
    nameColumns(names.map((name) => columnOf(name, []))).map(
      ({ part, alias }) => `${part}${alias === null ? '' : ` of ${alias}`}`,
    );

  it('is told by headings in any spelling, aliases by theirs', () => {
    expect(told('forename', 'middle_name', 'surname')).toEqual(['given', 'middle', 'surname']);
    expect(told('aliasForename2', 'alias_surname_2', 'first_name', 'last_name')).toEqual([
      'given of alias 2',
      'surname of alias 2',
      'given',
      'surname',
    ]);
    expect(told('name', 'AKA', 'KnownAs', 'nee', 'previous surname')).toEqual([
      'full',
      'full of aka',
      'full of known as',
      'surname of nee',
      'surname of previous',
    ]);
  });

  it('is told by its place where headings say nothing', () => {
    expect(told('a', 'b', 'c')).toEqual(['given', 'middle', 'surname']);
    expect(told('a', 'b', 'maiden_name')).toEqual(['given', 'surname', 'surname of maiden']);
  });

  it('is the name itself where there is none to be another name of', () => {
    expect(told('known_as')).toEqual(['full']);
    expect(told('maiden_name')).toEqual(['surname']);
  });
});
