import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { link } from '../linking/link.js';
import type { LinkResult } from '../linking/link-request.js';
import { levelNames, levelsBetween, tableOf, tableOfRows } from '../linking/made-table.fixture.js';
import type { ComparisonSettings, LinkSettings } from '../linking/settings.js';
import type { TrainedModel } from '../linking/trained-model.js';
import { seededRandom } from '../training/random-pairs.js';
import type { Comparator } from './field.js';
import { nameComparator } from './names.js';

/** Levels of given name, surname and middle name of two full given names and surnames, in a file that has middle names. */
const related = (a: string, b: string): string[] => {
  const split = (name: string): [string, string] => {
    const at = name.lastIndexOf(' ');
    return [name.slice(0, at), name.slice(at + 1)];
  };
  const people = [a, b, 'Tendrik Vell Fictive', 'Borrin Ash Madeup'].map(split);
  const { columns, rows } = tableOf({
    forenames: people.map(([given]) => given),
    surname: people.map(([, surname]) => surname),
  });
  return levelNames(nameComparator(columns, rows), 0, 1);
};

describe('middle names', () => {
  it.each<[string, string, string, string[]]>([
    [
      'father and son: John A Smith and John B Smith',
      'Gribble A Inventley',
      'Gribble B Inventley',
      ['exact', 'exact', 'different'],
    ],
    ['the same', 'Gribble Zork Inventley', 'Gribble Zork Inventley', ['exact', 'exact', 'exact']],
    ['one of several left out', 'Gribble Zork Fenn Inventley', 'Gribble Fenn Inventley', ['exact', 'exact', 'exact']],
    ['in another order', 'Gribble Zork Fenn Inventley', 'Gribble Fenn Zork Inventley', ['exact', 'exact', 'exact']],
    ['an initial', 'Gribble Z Inventley', 'Gribble Zork Inventley', ['exact', 'exact', 'initial']],
    [
      'the same initial, whatever it stands for',
      'Gribble Z Inventley',
      'Gribble Z. Inventley',
      ['exact', 'exact', 'initial'],
    ],
    ['a short form', 'Gribble Bob Inventley', 'Gribble Robert Inventley', ['exact', 'exact', 'variant']],
    ['two ways to write it', 'Gribble Mohammed Inventley', 'Gribble Muhammad Inventley', ['exact', 'exact', 'variant']],
    ['a slip', 'Gribble Fenella Inventley', 'Gribble Fenela Inventley', ['exact', 'exact', 'typo']],
    ['two names', 'Gribble Zork Inventley', 'Gribble Fenella Inventley', ['exact', 'exact', 'different']],
    ['none in one of them', 'Gribble Zork Inventley', 'Gribble Inventley', ['exact', 'exact', 'missing']],
    [
      'first and middle exchanged count once',
      'Zork Fenella Inventley',
      'Fenella Zork Inventley',
      ['other part', 'exact', 'missing'],
    ],
    [
      'the middle name used as the first counts once',
      'Zork Fenella Inventley',
      'Fenella Ash Inventley',
      ['other part', 'exact', 'missing'],
    ],
    [
      'a maiden name kept in the middle is not another name',
      'Gribble Bornley Marriedley',
      'Gribble Ash Bornley',
      ['exact', 'other part', 'missing'],
    ],
    [
      'Singh and Kaur, which whole households bear, tell nothing',
      'Gribble Kaur Inventley',
      'Fenella Kaur Inventley',
      ['different', 'exact', 'missing'],
    ],
  ])('%s', (_what, a, b, levels) => {
    expect(related(a, b)).toEqual(levels);
    expect(related(b, a)).toEqual(levels);
  });

  it('are found between the first and the last word of a full name', () => {
    const { columns, rows } = tableOf({
      name: ['Gribble A Inventley', 'Mr Gribble B Inventley', 'Tendrik Vell Fictive'],
    });
    expect(levelNames(nameComparator(columns, rows), 0, 1)).toEqual(['exact', 'exact', 'different']);
  });

  it('agreement on a rare one is in a rarer band than on a common one', () => {
    const middles = ['Rarely', 'Rarely', ...Array.from({ length: 300 }, () => 'Commonly')];
    const { columns, rows } = tableOf({
      forename: middles.map((_, at) => `Gribble${at}`),
      middle_name: middles,
      surname: middles.map((_, at) => `Inventley${at}`),
    });
    const comparator = nameComparator(columns, rows);
    const band = (i: number, j: number): number =>
      comparator.fields[2]!.levels[levelsBetween(comparator, i, j)[2]!]!.band;
    expect(band(0, 1)).toBeGreaterThan(band(2, 3));
  });

  it('are a field only where enough rows have one, or where a model says so', () => {
    const names = (comparator: Comparator): string[] => comparator.fields.map(({ name }) => name);
    const given = Array.from({ length: 100 }, (_, at) => (at === 0 ? 'Gribble Zork' : 'Gribble'));
    const few = tableOf({ given_name: given, surname: given.map(() => 'Inventley') });
    const made = nameComparator(few.columns, few.rows);
    expect(names(made)).toEqual(['given name', 'surname']);
    expect(made.optional?.role).toBe('middle');
    const many = tableOf({ given_name: ['Gribble A', 'Gribble B'], surname: ['Inventley', 'Inventley'] });
    expect(names(nameComparator(many.columns, many.rows))).toEqual(['given name', 'surname', 'middle name']);
  });

  it('of a model weigh in a file that has none, and a model without them in one that has', async () => {
    const random = seededRandom(63);
    const word = (): string => Array.from({ length: 6 }, () => 'abdefgiklmnorstu'[Math.floor(random() * 16)]!).join('');
    const people = Array.from({ length: 60 }, (_, at) => ({
      forename: word(),
      middle_name: word(),
      surname: word(),
      dob: `${1950 + at}-0${1 + (at % 9)}-1${at % 10}`,
    }));
    const plain = people.map((one) => ({ ...one, middle_name: '' }));
    const run = (rows: typeof people, model?: TrainedModel): Promise<LinkResult> => {
      const table = tableOfRows([...rows, ...rows]);
      const comparisons: ComparisonSettings[] = [
        { kind: 'name', columns: ['forename', 'middle_name', 'surname'] },
        { kind: 'date', columns: ['dob'] },
      ];
      const settings: LinkSettings = {
        type: 'dedupe',
        oneToOne: false,
        comparisons,
        blocking: 'auto',
        threshold: 'auto',
        threads: 1,
      };
      const given = model === undefined ? {} : { model };
      return link({ table, leftRows: table.rows, settings, keep: 0, fast: false, seed: 1, ...given });
    };
    const [withMiddles, without] = [await run(people), await run(plain)];
    const roles = ({ model }: LinkResult): string[] => model.fields.map(({ role }) => role);
    expect([roles(withMiddles), roles(without)]).toEqual([
      ['given', 'surname', 'middle', 'date'],
      ['given', 'surname', 'date'],
    ]);
    for (const result of [await run(plain, withMiddles.model), await run(people, without.model)])
      expect(new Set(result.clusters).size).toBe(people.length);
  });

  it('are compared symmetrically, and never out of range', () => {
    const word = fc.constantFrom(
      'Gribble',
      'Gribbel',
      'Zork',
      'Z',
      'G',
      'Bob',
      'Robert',
      'Fenella',
      'Kaur',
      'Inventley',
    );
    const name = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name, name), { minLength: 3, maxLength: 8 }), (people) => {
        const { columns, rows } = tableOf({
          forename: people.map(([given]) => given),
          middle_name: people.map(([, middle]) => middle),
          surname: people.map(([, , surname]) => surname),
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
      { seed: 48, numRuns: 60 },
    );
  });
});
