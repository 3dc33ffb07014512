import { NameFrequencies } from '#linkage';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTable } from '../reading/read-table.js';
import { nameSenseOf } from './name-sense.js';
import { recognise } from './recognise.js';
import { sameHeadings } from './same-heading.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'link-columns-'));
});
afterAll(() => rm(dir, { recursive: true }));

const sense = nameSenseOf(new NameFrequencies());
/** Columns as functions of the row's number. */
type Columns = Record<string, (row: number) => string>;
const csv = (columns: Columns, rows = 60, order = Array.from({ length: rows }, (_, i) => i)) =>
  [Object.keys(columns), ...order.map((row) => Object.values(columns).map((of) => of(row)))]
    .map((row) => row.map((cell) => `"${cell}"`).join(','))
    .join('\n');
const of = async (...texts: string[]) => {
  const files = texts.map((_, i) => join(dir, `${i}.csv`));
  await Promise.all(texts.map((text, i) => writeFile(files[i]!, text)));
  const read = await readTable(files, { sameAs: sameHeadings });
  return recognise(read, files.length > 1 ? 'link' : 'dedupe', sense);
};
const kinds = async (columns: Columns) =>
  (await of(csv(columns))).comparisons.map(({ kind, columns: names }) => `${kind}: ${names.join('+')}`);

const forenames = ['John', 'Mary', 'David', 'Susan', 'Michael', 'Sarah', 'James', 'Emma', 'Robert', 'Helen', 'Zyx'];
const surnames = [
  'Smith',
  'Jones',
  'Taylor',
  'Brown',
  'Williams',
  'Wilson',
  'Johnson',
  'Davies',
  'Patel',
  'Wright',
  'Green',
  'Qqrz',
  'Hall',
];
const pick = (list: string[], factor: number) => (row: number) => list[(row * factor) % list.length]!;
const pad = (n: number) => String(n).padStart(2, '0');
const id = { id: (row: number) => `r${row}` };
const forename = pick(forenames, 7);
const surname = pick(surnames, 5);
const birthday = (row: number) => `${1930 + ((row * 13) % 80)}-${pad(1 + (row % 12))}-${pad(1 + (row % 28))}`;
const postcode = (row: number) => `NG${1 + (row % 25)} ${row % 10}AB`;

describe('recognising columns', () => {
  it('by their headings', async () => {
    const columns: Columns = {
      ...id,
      Title: pick(['Mr', 'Mrs', 'Dr'], 1),
      Forename: forename,
      'Middle name': pick(['Ann', '', 'Lee'], 1),
      Surname: surname,
      'Date of Birth': birthday,
      'House Number': (row) => String(1 + (row % 40)),
      'Address Line 1': pick(['High Street', 'Mill Lane', 'Park Road'], 1),
      Town: pick(['Mansfield', 'Worksop'], 1),
      'Post Code': postcode,
      Mobile: (row) => `077009${pad(row % 90)}${pad(row % 70)}0`,
      'Home phone': (row) => (row % 2 ? '' : `01159 4960${pad(row % 90)}`),
      Email: (row) => `p${row}@example.org`,
      'NHS number': (row) => String(9_990_000_000 + row * 17),
      Gender: pick(['F', 'M'], 1),
      Notes: pick(
        ['was seen at the office on Monday with a friend', 'asked to be called back after the weekend please'],
        1,
      ),
    };
    expect(await kinds(columns)).toEqual([
      'name: Forename+Middle name+Surname',
      'date: Date of Birth',
      'postcode: Post Code',
      'address: House Number+Address Line 1+Town',
      'identifier: NHS number',
      'email: Email',
      'phone: Home phone',
      'phone: Mobile',
      'category: Title',
      'category: Gender',
      'text: Notes',
    ]);
  });

  it('by their cells where the heading says nothing', async () => {
    const found = await of(
      csv({
        a: (row) => `X${row}`,
        b: forename,
        c: surname,
        d: birthday,
        e: postcode,
        f: (row) => `q${row % 50}@example.org`,
        g: pick(['red', 'blue'], 1),
      }),
    );
    expect(found.id).toBe('a');
    expect(found.comparisons).toEqual([
      { columns: ['b', 'c'], kind: 'name' },
      { columns: ['d'], kind: 'date' },
      { columns: ['e'], kind: 'postcode' },
      { columns: ['f'], kind: 'email' },
      { columns: ['g'], kind: 'category' },
    ]);
  });

  it('a heading that the cells contradict counts for nothing', async () => {
    expect(await kinds({ ...id, surname, email: pick(['yes', 'no'], 1), phone: birthday })).toEqual([
      'name: surname',
      'date: phone',
      'category: email',
    ]);
  });

  it('a birthday in three columns, in the order year, month, day', async () => {
    const parts: Columns = {
      birth_day: (row) => String(1 + (row % 28)),
      birth_month: (row) => String(1 + (row % 12)),
      birth_year: (row) => String(1930 + (row % 70)),
    };
    expect(await kinds({ ...id, surname, ...parts })).toEqual([
      'name: surname',
      'date: birth_year+birth_month+birth_day',
    ]);
    const bare = { day: parts.birth_day!, month: parts.birth_month!, year: parts.birth_year! };
    expect(await kinds({ ...id, surname, ...bare })).toEqual(['name: surname', 'date: year+month+day']);
  });

  it('a whole name beside its parts is dropped, alone it is the name', async () => {
    const whole = (row: number) => `${forename(row)} ${surname(row)}`;
    const found = await of(csv({ ...id, full_name: whole, first_name: forename, surname }));
    expect(found.comparisons).toEqual([{ columns: ['first_name', 'surname'], kind: 'name' }]);
    expect(found.leftOut).toEqual([{ column: 'full_name', why: 'forename and surname columns say the same' }]);
    expect(await kinds({ ...id, full_name: whole, town: pick(['York', 'Leeds'], 1) })).toEqual([
      'name: full_name',
      'category: town',
    ]);
  });

  it('leaves out what says nothing, with a word', async () => {
    const found = await of(
      csv({
        ...id,
        surname,
        nothing: () => '',
        same: () => 'x',
        created_at: birthday,
        previous_postcode: postcode,
        household: (row) => `{n: ${row}}`,
      }),
    );
    expect(found.comparisons).toEqual([{ columns: ['surname'], kind: 'name' }]);
    expect(Object.fromEntries(found.leftOut.map(({ column, why }) => [column, why]))).toEqual({
      nothing: 'all its cells are empty',
      same: 'it says the same in every row',
      created_at: 'it is about the row, not the person',
      previous_postcode: 'it is of an earlier time',
      household: 'its cells hold structures, not values',
    });
  });

  it('the id is a column that tells all rows apart, best one that is called so', async () => {
    expect((await of(csv({ code: (row) => `c${row}`, rec_id: (row) => `${row}`, surname }))).id).toBe('rec_id');
    expect((await of(csv({ surname, caseRef: (row) => `c${row}` }))).id).toBe('caseRef');
    expect((await of(csv({ surname, forename }))).id).toBeNull();
    expect((await of(csv({ surname, dob: birthday, id: (row) => String(row % 2) }))).id).toBeNull();
  });

  it('an id column with a slip is the id, so that the slip is told', async () => {
    expect((await of(csv({ id: (row) => (row === 7 ? 'r3' : `r${row}`), surname }))).id).toBe('id');
  });

  it('in two files the id need only be their own', async () => {
    const right = csv({ ID: (row: number) => `r${row}`, 'Family name': surname, extra: pick(['a', 'b'], 1) });
    const found = await of(csv({ ...id, surname }), right);
    expect(found.id).toBe('id');
    expect(found.comparisons).toEqual([{ columns: ['surname'], kind: 'name' }]);
    expect(found.leftOut).toEqual([{ column: 'extra', why: 'only one of the files has it' }]);
  });

  it('the order of rows changes nothing', async () => {
    const columns: Columns = {
      code: (row) => `c${row}`,
      b: forename,
      c: surname,
      d: birthday,
      e: postcode,
      f: pick(['x y', 'z'], 1),
    };
    const straight = await of(csv(columns));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(
          Array.from({ length: 60 }, (_, i) => i),
          { minLength: 60 },
        ),
        async (order) => {
          expect(await of(csv(columns, 60, order))).toEqual(straight);
        },
      ),
      { seed: 4, numRuns: 20 },
    );
  });
});

describe('many columns of a few words each', () => {
  it('the twelve that tell most are compared', async () => {
    const columns: Columns = { ...id, forename, surname };
    for (let n = 0; n < 15; n++)
      columns[`thing ${'abcdefghijklmno'[n]}`] = (row) => `w${'abcdefghijklmnopqrst'[row % (n + 2)]!}`;
    const { comparisons, leftOut } = await of(csv(columns));
    expect(comparisons.filter(({ kind }) => kind === 'category')).toHaveLength(12);
    expect(leftOut).toEqual(['a', 'b', 'c'].map((one) => ({ column: `thing ${one}`, why: 'too many' })));
  });
});
