import { NameFrequencies } from '#linkage';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFiles } from '../read-files.js';
import type { SettingsFile } from '../settings/settings-file.js';
import { withSides } from '../settings/sides.js';
import { nameSenseOf } from './name-sense.js';
import { recognise } from './recognise.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'link-pairs-'));
});
afterAll(() => rm(dir, { recursive: true }));

const sense = nameSenseOf(new NameFrequencies());
type Columns = Record<string, (row: number) => string>;
const ROWS = 60;
const csv = (columns: Columns, from = 0) =>
  [
    Object.keys(columns),
    ...Array.from({ length: ROWS }, (_, row) => Object.values(columns).map((of) => of(from + row))),
  ]
    .map((row) => row.map((cell) => `"${cell}"`).join(','))
    .join('\n');
const readBoth = async (left: Columns, right: Columns, given: SettingsFile | null = null) => {
  const files = [join(dir, 'left.csv'), join(dir, 'right.csv')];
  await writeFile(files[0]!, csv(left));
  await writeFile(files[1]!, csv(right, 20));
  return readFiles(files, given, sense);
};
/** What is compared, with both files' headings, and the ids. */
const compared = async (left: Columns, right: Columns) => {
  const { read } = await readBoth(left, right);
  const { id, comparisons } = recognise(read, 'link', sense);
  return { id, comparisons: withSides(comparisons, read).map(({ kind, columns }) => ({ kind, columns })) };
};
const swapped = (comparisons: { kind: string; columns: (string | unknown[])[] }[]) =>
  comparisons.map(({ kind, columns }) => ({
    kind,
    columns: columns.map((one) => (typeof one === 'string' ? one : [one[1], one[0]])),
  }));

const pick = (list: string[], factor: number) => (row: number) => list[(row * factor) % list.length]!;
const pad = (n: number) => String(n).padStart(2, '0');
const forename = pick(['John', 'Mary', 'David', 'Susan', 'Michael', 'Sarah', 'James', 'Emma', 'Robert', 'Helen'], 7);
const surname = pick(['Smith', 'Jones', 'Taylor', 'Brown', 'Williams', 'Wilson', 'Davies', 'Patel', 'Wright'], 5);
const year = (row: number) => String(1930 + ((row * 13) % 70));
const month = (row: number) => pad(1 + (row % 12));
const day = (row: number) => pad(1 + (row % 28));
const birthday = (row: number) => `${year(row)}-${month(row)}-${day(row)}`;
const postcode = (row: number) => `ZZ${1 + (row % 25)} ${row % 10}AB`;
const email = (row: number) => `p${row}@example.org`;
const id = { id: (row: number) => `r${row}` };

describe('two files of very many columns', () => {
  it('are read in the time it takes to look at each heading once', async () => {
    const many = (side: string): Columns =>
      Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`${side} thing ${at}`, forename]));
    const start = performance.now();
    const { read } = await readBoth({ ...id, ...many('left') }, { ...id, ...many('right') });
    expect(read.columns.length).toBe(6001);
    expect(performance.now() - start).toBeLessThan(15_000);
  }, 60_000);
});

describe('a date in parts', () => {
  it('of which the month is missing is its year, not another month', async () => {
    const parts = { y: year, m: () => '', d: day };
    const { read } = await readBoth(
      { ...id, dob: birthday },
      { ...id, ...parts },
      {
        comparisons: [{ columns: [['dob', ['y', 'm', 'd']]], kind: 'date' }],
      },
    );
    const { values, codes } = read.tableOf(['dob']).columns[0]!;
    expect(values[codes[ROWS]!]).toBe(year(20));
  });
});

describe('columns of two files that are called differently are compared', () => {
  it.each<[string, Columns, Columns, unknown[]]>([
    [
      'by what their headings mean',
      { forename, surname, dob: birthday, gender: pick(['F', 'M'], 1), 'NHS no': (row) => `99900${10000 + row}` },
      {
        given_name: forename,
        'Last name': surname,
        date_of_birth: birthday,
        sex: pick(['Female', 'Male'], 1),
        nhs_number: (row) => `99900${10000 + row}`,
      },
      [
        ['forename', 'given_name'],
        ['surname', 'Last name'],
        ['dob', 'date_of_birth'],
        ['NHS no', 'nhs_number'],
        ['gender', 'sex'],
      ],
    ],
    [
      'by what stands in them, where one heading says nothing',
      { forename, surname, dob: birthday, postcode, email },
      { f1: forename, f2: surname, f3: birthday, f4: postcode, f5: email },
      [
        ['forename', 'f1'],
        ['surname', 'f2'],
        ['dob', 'f3'],
        ['postcode', 'f4'],
        ['email', 'f5'],
      ],
    ],
    [
      'by the values they share',
      { surname, reference: (row) => `QX${(row * 7919) % 100000}7`, id: (row) => `a${row}` },
      { surname, thing: (row) => `QX${(row * 7919) % 100000}7`, id: (row) => `b${row}` },
      ['surname', ['reference', 'thing']],
    ],
    [
      'a whole name with its parts',
      { full_name: (row) => `${forename(row)} ${surname(row)}`, dob: birthday },
      { first_name: forename, last_name: surname, dob: birthday },
      [['full_name', ['first_name', 'last_name']], 'dob'],
    ],
    [
      'a whole date with its parts',
      { surname, date_of_birth: birthday },
      { surname, birth_day: day, birth_month: month, birth_year: year },
      ['surname', ['date_of_birth', ['birth_year', 'birth_month', 'birth_day']]],
    ],
    [
      'an address in one line with one in several',
      { surname, address: (row) => `${1 + (row % 40)} Mill Lane, Fictown` },
      {
        surname,
        house_number: (row) => `${1 + (row % 40)}`,
        street: pick(['Mill Lane', 'High Street'], 1),
        town: pick(['Fictown', 'Notham'], 1),
      },
      ['surname', ['address', ['house_number', 'street', 'town']]],
    ],
  ])('%s, whichever file is the left', async (_what, left, right, columns) => {
    const there = await compared({ ...id, ...left }, { ...id, ...right });
    expect(there.comparisons.flatMap((one) => one.columns)).toEqual(columns);
    const back = await compared({ ...id, ...right }, { ...id, ...left });
    expect(swapped(back.comparisons)).toEqual(there.comparisons);
  });

  it('whatever order the columns of either file stand in', async () => {
    const left: Columns = {
      ...id,
      forename,
      'Middle name': forename,
      surname,
      dob: birthday,
      postcode,
      'phone 1': pick(['01159 496001', '01159 496002'], 1),
      'phone 2': pick(['07700 900001', '07700 900002'], 1),
      town: pick(['Fictown', 'Notham'], 1),
      address_2: pick(['Lower End', ''], 1),
      address_1: pick(['Mill Lane', 'High Street'], 1),
      sex: pick(['F', 'M'], 1),
      trade: pick(['baker', 'smith', 'clerk'], 1),
    };
    const right: Columns = {
      ref: (row) => `x${row}`,
      forename,
      'Middle name': forename,
      family_name: surname,
      f3: birthday,
      postcode,
      phone_1: pick(['01159 496001', '01159 496002'], 1),
      phone_2: pick(['07700 900001', '07700 900002'], 1),
      town: pick(['Fictown', 'Notham'], 1),
      address_2: pick(['Lower End', ''], 1),
      address_1: pick(['Mill Lane', 'High Street'], 1),
      gender: pick(['F', 'M'], 1),
      trade: pick(['baker', 'smith', 'clerk'], 1),
    };
    const straight = await compared(left, right);
    expect(straight.id).toEqual(['id', 'ref']);
    const anyOrder = (columns: Columns) =>
      fc
        .shuffledSubarray(Object.entries(columns), { minLength: Object.keys(columns).length })
        .map((entries) => Object.fromEntries(entries));
    await fc.assert(
      fc.asyncProperty(anyOrder(left), anyOrder(right), async (l, r) => {
        expect(await compared(l, r)).toEqual(straight);
      }),
      { seed: 7, numRuns: 15 },
    );
  });
});

describe('columns of two files are not taken for one', () => {
  it.each<[string, Columns, Columns]>([
    ['two flags that merely hold the same words', { deceased: pick(['Y', 'N'], 1) }, { active: pick(['N', 'Y'], 1) }],
    [
      'an NHS number and a passport number',
      { nhs_number: (row) => `${9990000000 + row}` },
      { passport_number: (row) => `${5550000000 + row * 3}` },
    ],
    ['somebody else’s', { 'mother forename': forename }, { forename }],
    ['what was before', { 'previous postcode': postcode }, { postcode }],
  ])('%s', async (_what, left, right) => {
    const { comparisons } = await compared({ ...id, surname, ...left }, { ...id, surname, ...right });
    expect(comparisons).toEqual([{ kind: 'name', columns: ['surname'] }]);
  });
});

describe('settings name what each file calls a column', () => {
  const left: Columns = { key: (row) => `a${row}`, a: forename, b: surname, c: birthday };
  const right: Columns = { code: (row) => `b${row}`, b: forename, a: surname, y: year, m: month, d: day };
  const given: SettingsFile = {
    id: ['key', 'code'],
    comparisons: [
      {
        columns: [
          ['a', 'b'],
          ['b', 'a'],
        ],
        kind: 'name',
      },
      { columns: [['c', ['y', 'm', 'd']]], kind: 'date' },
    ],
  };

  it('also where the same headings mean other things', async () => {
    const { read, comparisons } = await readBoth(left, right, given);
    expect(comparisons).toEqual([
      { columns: ['a', 'b'], kind: 'name' },
      { columns: ['c'], kind: 'date' },
    ]);
    const { columns, rows } = read.tableOf(['a', 'b', 'c']);
    const cells = (row: number) => columns.map(({ values, codes }) => values[codes[row]!]);
    expect(cells(25)).toEqual([forename(25), surname(25), birthday(25)]);
    expect(cells(ROWS + 5)).toEqual([forename(25), surname(25), birthday(25)]);
    expect(rows).toBe(2 * ROWS);
    expect(withSides(comparisons!, read)).toEqual(given.comparisons);
  });

  it('and are refused where a file has no such column, or one is paired with two', async () => {
    const kind = 'name' as const;
    await expect(readBoth(left, right, { comparisons: [{ columns: [['a', 'z']], kind }] })).rejects.toThrow(
      /right\.csv has no column "z"/,
    );
    await expect(
      readBoth(left, right, {
        comparisons: [
          {
            columns: [
              ['a', 'b'],
              ['a', 'a'],
            ],
            kind,
          },
        ],
      }),
    ).rejects.toThrow(/pair the column "a" with more than one/);
  });
});
