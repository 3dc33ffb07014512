import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readTable, type TableOptions } from './read-table.js';
import { idsFromColumn, idsFromRowNumbers } from './row-ids.js';

const missingWords = JSON.parse(readFileSync(new URL('./missing-words.json', import.meta.url), 'utf8')) as string[];
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'link-read-'));
});
afterAll(() => rm(dir, { recursive: true }));

const file = async (content: string | Buffer, name = 'people.csv') => {
  await writeFile(join(dir, name), content);
  return join(dir, name);
};
const read = async (content: string | Buffer, options?: TableOptions) => readTable([await file(content)], options);
/** The table as cells again, row by row. */
const cells = async (content: string | Buffer, options?: TableOptions) => {
  const { table } = await read(content, options);
  return Array.from({ length: table.rows }, (_, row) => table.columns.map(({ values, codes }) => values[codes[row]!]));
};
const problem = async (content: string | Buffer) => {
  const error = (await read(content).then(
    () => new Error('it was read'),
    (error: Error) => error,
  )) as Error & { code?: string };
  return { code: error.code, message: error.message.replace(dir, '') };
};

const plain = (cell: string) => {
  // eslint-disable-next-line no-control-regex -- what the reader takes off
  const trimmed = cell.replace(/^[\u0001-\u0020]+|[\u0001-\u0020]+$/g, '');
  return missingWords.includes(trimmed) ? '' : trimmed;
};

describe('reading a CSV', () => {
  it('numbers each distinct cell, the missing one 0', async () => {
    const { table } = await read('id,town\n1,Leeds\n2,\n3,Leeds\n4,York\n');
    expect(table.columns[1]).toMatchObject({ name: 'town', values: ['', 'Leeds', 'York'] });
    expect([...table.columns[1]!.codes]).toEqual([1, 0, 1, 2]);
    expect(table.columns[1]!.codes.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('reads what csv-parse reads, however the file is cut into pieces', async () => {
    const cell = fc.oneof(
      { weight: 4, arbitrary: fc.string({ maxLength: 12 }) },
      {
        weight: 3,
        arbitrary: fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ';', ' ', 'a', 'ß', '名', '😀') }),
      },
      { weight: 1, arbitrary: fc.constantFrom(...missingWords, 'Ng', 'Null', 'Na') },
    );
    const tables = fc.integer({ min: 1, max: 5 }).chain((width) =>
      fc.record({
        rows: fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: width, maxLength: width }), {
          maxLength: 30,
        }),
        width: fc.constant(width),
        end: fc.constantFrom('\n', '\r\n'),
        bom: fc.boolean(),
        lastEnd: fc.boolean(),
        delimiter: fc.constantFrom(',', ';', '\t', '|'),
        pieces: fc.integer({ min: 16, max: 400 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(tables, async ({ rows, width, end, bom, lastEnd, delimiter, pieces }) => {
        const written = ([text, always]: [string, boolean]) => {
          const cell = text.replaceAll('\0', '');
          const must = always || /[",;\t|\r\n]/.test(cell) || width === 1;
          return must ? `"${cell.replaceAll('"', '""')}"` : cell;
        };
        const header = Array.from({ length: width }, (_, i) => `c${i}`).join(delimiter);
        const lines = [header, ...rows.map((row) => row.map(written).join(delimiter))];
        const text = `${bom ? '\ufeff' : ''}${lines.join(end)}${lastEnd ? end : ''}`;
        const expected = parse(text, { bom: true, delimiter: width === 1 ? ',' : delimiter, skip_empty_lines: true });
        expect(await cells(text, { pieces })).toEqual(expected.slice(1).map((row) => row.map(plain)));
      }),
      { seed: 4, numRuns: 400 },
    );
  });

  it('holds many distinct cells apart', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => [`r${i}`, `${i % 5000}é`, i % 3 ? 'x' : '']);
    const text = ['id,some,few', ...rows.map((row) => row.join(','))].join('\n');
    expect(await cells(text, { pieces: 4096 })).toEqual(rows);
  });

  it('puts the second file’s rows under the columns of the same name', async () => {
    const left = await file('id,a,b\n1,x,y\n', 'left.csv');
    const right = await file('c,id,a\nz,2,x\n', 'right.csv');
    const { table, leftRows, rows } = await readTable([left, right]);
    expect({ leftRows, rows }).toEqual({ leftRows: 1, rows: 2 });
    expect(table.columns.map(({ name, values, codes }) => [name, ...[...codes].map((code) => values[code])])).toEqual([
      ['id', '1', '2'],
      ['a', 'x', 'x'],
      ['b', 'y', ''],
      ['c', '', 'z'],
    ]);
  });

  it('passes over blank lines, lone quotes and blanks round cells', async () => {
    expect(await cells('id,a\r\n\r\n1, 5" pipe \r\n\r\n"2" ," b "\r\n\r\n')).toEqual([
      ['1', '5" pipe'],
      ['2', 'b'],
    ]);
  });

  it('reads lines that end in CR alone', async () => {
    expect(await cells('id,a\r1,x\r2,y\r')).toEqual([
      ['1', 'x'],
      ['2', 'y'],
    ]);
  });

  it('a header alone is a table without rows', async () => {
    expect((await read('id,name\n')).rows).toBe(0);
    expect((await read('id,name')).table.columns).toHaveLength(2);
  });

  it('a column without a name is called after its place', async () => {
    expect((await read('id,,b\n1,2,3\n')).columns.map(({ name }) => name)).toEqual(['id', 'column 2', 'b']);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['ragged, too few', 'id,a,b\n1,x,y\n2,x\n', 'bad_file', '/people.csv, line 3: 3 cells were expected, 2 are there.'],
    ['ragged, too many', 'id,a\n1,x,y\n', 'bad_file', '/people.csv, line 2: 2 cells were expected, 3 are there.'],
    [
      'ragged after a quoted line end',
      'id,a\n1,"x\ny"\n2\n',
      'bad_file',
      '/people.csv, line 4: 2 cells were expected, 1 are there.',
    ],
    ['empty', '', 'bad_file', '/people.csv: the file is empty: its first line must name the columns.'],
    ['blank', '\n\n', 'bad_file', '/people.csv: the file is empty: its first line must name the columns.'],
    [
      'a doubled name',
      'id,name,town,name\n',
      'bad_file',
      '/people.csv, line 1: two columns are called "name": the 2nd and the 4th. Every column needs a name of its own.',
    ],
    ['an open quote', 'id,a\n1,"x\n2,y\n', 'bad_file', '/people.csv, line 2: a quote is opened and never closed.'],
    [
      'text after a quote',
      'id,a\n1,"x"y\n',
      'bad_file',
      '/people.csv, line 2: text follows a closing quote. A quote inside a cell must be doubled ("").',
    ],
    ['NUL', 'id,a\n1,x\0y\n', 'bad_file', '/people.csv, line 2: a cell holds a NUL byte: this is not a text file.'],
  ])('%s: names file and line', async (_what, content, code, message) => {
    expect(await problem(content)).toEqual({ code, message });
  });

  it.each(['latin1', 'utf16le'] as const)('%s is told from UTF-8', async (encoding) => {
    const lines = ['id,name', ...Array.from({ length: 15 }, (_, i) => `${i},Smith`), '15,Zoë'];
    const { message } = await problem(Buffer.from(lines.join('\r\n'), encoding));
    expect(message).toMatch(encoding === 'latin1' ? /line 17: not UTF-8 at line 17.*UTF-8 CSV/ : /UTF-16.*UTF-8 CSV/);
  });

  it.each([
    ['', ''],
    ['"', '"'],
    ['"', ''],
  ])('10 MB in a cell: %s…%s', async (open, close) => {
    const { code, message } = await problem(`id,a\n1,x\n2,${open}${'y'.repeat(10 << 20)}${close}\n`);
    expect({ code, message }).toEqual({
      code: 'bad_file',
      message: '/people.csv, line 3: a cell is longer than 1 MB. Is a quote opened there and not closed?',
    });
  });

  it('a file that is not there, or a folder', async () => {
    await expect(readTable([join(dir, 'gone.csv')])).rejects.toMatchObject({ code: 'usage', message: /no such file/ });
    await expect(readTable([dir])).rejects.toMatchObject({ code: 'usage', message: /folder/ });
  });
});

describe('ids', () => {
  const ids = async (content: string) => {
    const read_ = await read(content);
    return idsFromColumn(read_, read_.columns[0]!, 'dedupe');
  };

  it('are found and written as they were read', async () => {
    const found = await ids('id,a\nr 1,x\nß,y\n');
    expect(found.find('ß', 0, 2)).toBe(1);
    expect(found.find('ß', 0, 1)).toBe(-1);
    expect(found.find('z', 0, 2)).toBe(-1);
    const buffer = Buffer.alloc(10);
    expect(buffer.toString('utf8', 0, found.write(1, buffer, found.write(0, buffer, 0)))).toBe('r 1ß');
  });

  it('a missing one is an error with its line', async () => {
    await expect(ids('id,a\n1,x\n,y\nNULL,z\n')).rejects.toThrow(
      'line 3: the row has no id in column "id". So have lines 4.',
    );
  });

  it('a doubled one is an error with both lines', async () => {
    await expect(ids('id,a\n1,x\n2,"y\n"\n1,z\n')).rejects.toThrow('line 5: the id "1" stands on line 2 already.');
  });

  it('may be the same in two files that are linked, not in two that are taken as one', async () => {
    const files = [await file('id\n1\n2\n', 'left.csv'), await file('id\n2\n1\n', 'right.csv')];
    const two = await readTable(files);
    const found = idsFromColumn(two, two.columns[0]!, 'link');
    expect([found.find('1', 0, 2), found.find('1', 2, 4)]).toEqual([0, 3]);
    expect(() => idsFromColumn(two, two.columns[0]!, 'dedupe')).toThrow(
      /right.csv, line 2: the id "2" .*left.csv, line 3/,
    );
  });

  it('are row numbers where there is no column', async () => {
    const two = await readTable([await file('a\nx\nx\n', 'left.csv'), await file('a\nx\n', 'right.csv')]);
    const linked = idsFromRowNumbers(two, 'link');
    expect([0, 1, 2].map((row) => linked.textOf(row))).toEqual(['1', '2', '1']);
    expect([linked.find('1', 2, 3), linked.find('2', 0, 2), linked.find('2', 2, 3)]).toEqual([2, 1, -1]);
    expect(idsFromRowNumbers(two, 'dedupe').textOf(2)).toBe('3');
  });
});
