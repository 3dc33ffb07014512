import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRow } from '#contracts';
import { readMapping, readRows } from './read-rows.js';

let dir: string;
let made = 0;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rows-'));
});
afterAll(() => rm(dir, { recursive: true }));

const file = async (content: string | Buffer, kind = 'csv') => {
  const path = join(dir, `file-${made++}.${kind}`);
  await writeFile(path, content);
  return path;
};
const rowsOf = async (content: string | Buffer, kind = 'csv') => {
  const rows = [];
  for await (const row of readRows('arrears', await file(content, kind))) rows.push(row);
  return rows;
};
const valuesOf = async (content: string | Buffer, kind = 'csv') =>
  (await rowsOf(content, kind)).map(({ value }) => value as Record<string, never>);

describe('reading a table', () => {
  it('reads British dates, leaves blank cells out, and shows the line of each row', async () => {
    const rows = await rowsOf(
      'Reference,Surname,First Name,DOB,Post Code,Balance\nA-1,Invented,Mary Ann,31/12/1980,ng18 1aa,"£1,234.50"\nA-2,Solo, ,,,\n',
    );
    expect(rows.map(({ line }) => line)).toEqual([2, 3]);
    expect(parseRow('arrears', rows[0]!.value)).toMatchObject({
      ok: true,
      row: {
        recordRef: 'A-1',
        balance: 1234.5,
        person: { forenames: ['Mary', 'Ann'], dateOfBirth: '1980-12-31', addresses: [{ postcode: 'NG18 1AA' }] },
      },
    });
    expect(JSON.parse(JSON.stringify(rows[1]!.value))).toEqual({ recordRef: 'A-2', person: { surname: 'Solo' } });
  });

  it('a byte order mark does not become part of the first column', async () => {
    expect(await valuesOf('\uFEFFReference,Surname\nA-1,Invented\n')).toMatchObject([{ recordRef: 'A-1' }]);
  });

  it('a line break inside quotes stays in its cell', async () => {
    const rows = await rowsOf(
      'Reference,Surname,lastContact.action\r\nA-1,Invented,"called,\r\nno answer"\r\nA-2,Sample,\r\n',
    );
    expect(rows[0]!.value).toMatchObject({ lastContact: { action: 'called,\nno answer' } });
    expect(rows[1]).toMatchObject({ line: 4, value: { recordRef: 'A-2' } });
  });

  it('a ragged line is named, and none of its cells is used', async () => {
    expect(
      (await rowsOf('Reference,Surname\nA-1,Invented\nA-2,Sample,too,many\nA-3\nA-4,Solo,,\n')).slice(1),
    ).toMatchObject([
      { line: 3, value: undefined, problems: [{ code: 'ragged_line' }] },
      { line: 4, value: undefined, problems: [{ code: 'ragged_line' }] },
      { line: 5, value: { recordRef: 'A-4' }, problems: [] },
    ]);
  });

  it('a file that is not there is a mistake of usage, not a crash', async () => {
    for (const name of ['gone.csv', 'gone.ndjson'])
      await expect(readRows('arrears', join(dir, name)).next()).rejects.toMatchObject({ code: 'usage' });
  });

  it('Windows-1252 and UTF-16 are read as what they are', async () => {
    const text = 'Reference,Surname\r\nA-1,Ren\u00e9e O\u2019Made\r\n';
    const wanted = [{ recordRef: 'A-1', person: { surname: 'Ren\u00e9e O\u2019Made' } }];
    expect(await valuesOf(Buffer.from(text.replace('\u2019', '\x92'), 'latin1'))).toMatchObject(wanted);
    expect(await valuesOf(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toMatchObject(wanted);
    expect(await valuesOf(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())).toMatchObject(wanted);
    expect(await valuesOf(Buffer.from(text, 'utf16le'))).toMatchObject(wanted);
  });

  it('a file that mixes two alphabets, or is in another, is refused instead of spoiling its names', async () => {
    const mixed = Buffer.concat([
      Buffer.from('Reference,Surname\nA-1,Ren\u00e9e\n'),
      Buffer.from('A-2,Ren\xe9e\n', 'latin1'),
    ]);
    for (const bytes of [mixed, Buffer.from('Reference,Surname\nA-1,\x81\x8d\n', 'latin1')])
      await expect(rowsOf(bytes)).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('UTF-8') });
    await expect(rowsOf(Buffer.from('{"a":"\xe9"}', 'latin1'), 'ndjson')).rejects.toMatchObject({ code: 'usage' });
  });

  it.each([
    ['semicolons', 'Reference;Surname;Balance\nA-1;Invented;"1,50"\n'],
    ['tabs', 'Reference\tSurname\tBalance\nA-1\tInvented\t1.50\n'],
    ['upright bars', 'Reference|Surname|Balance\nA-1|Invented|1.50\n'],
    ['what a sep= line says', 'sep=;\r\nReference;Surname;Balance\r\nA-1;Invented;1.50\r\n'],
    ['old Mac line ends', 'Reference,Surname,Balance\rA-1,Invented,1.50\r'],
  ])('cells separated by %s', async (_name, text) => {
    expect(await valuesOf(text)).toMatchObject([{ recordRef: 'A-1', person: { surname: 'Invented' } }]);
  });

  it('a report’s title, its total and what stands below, and headings repeated on each page are no rows', async () => {
    const rows = await rowsOf(
      'Rent Arrears Report\nRun on 01/11/2026\n\nReference,Surname,Balance,Post Code\nA-1,Invented,1,\nReference,Surname,Balance,Post Code\nA-2,Total,2,\nTotal,,3,\n"(2 rows affected)",,,\nEnd of report,,,\n',
    );
    expect(rows.map(({ line }) => line)).toEqual([5, 7]);
  });

  it('a quote inside a cell is taken as it stands; one that is never closed is named with its line', async () => {
    expect(await valuesOf('Reference,Surname,lastContact.action\nA-1,Invented,"a 5" pipe, "old" one"\n')).toMatchObject(
      [{ lastContact: { action: 'a 5" pipe, "old" one' } }],
    );
    await expect(rowsOf('Reference,Surname\nA-1,Invented\nA-2,"Sample\nA-3,Solo\n')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('line 3'),
    });
  });

  it('wherever a file is cut into pieces, the rows are the same', async () => {
    const cells = (i: number) => `A-${i},"Zo\u00eb ""${i}"", O",${'x'.repeat(i % 50)}`;
    const text = `Reference,Surname,lastContact.action\n${Array.from({ length: 12_000 }, (_, i) => cells(i)).join('\r\n')}\r\n`;
    const rows = await rowsOf(text);
    expect(rows).toHaveLength(12_000);
    for (const [i, { value, line }] of rows.entries())
      if (line !== i + 2 || (value as { person: { surname: string } }).person.surname !== `Zo\u00eb "${i}", O`)
        throw new Error(`row ${i}`);
  });

  it('without a line of headings nothing is guessed', async () => {
    await expect(rowsOf('A-1,NG18 1AA,13/02/1980\nA-2,NG18 1AB,14/02/1980\n')).rejects.toMatchObject({ code: 'usage' });
    await expect(rowsOf('')).rejects.toMatchObject({ code: 'usage' });
  });

  it('a line of data is never taken for headings, which are shown: names are no headings', async () => {
    const told = await rowsOf('Sample,Mary,Mansfield,Tenant\nInvented,Mark,Worksop,Tenant\n').catch(
      (error: Error) => error,
    );
    expect(told).toMatchObject({ code: 'usage', message: expect.stringContaining('"headings"') });
    expect((told as unknown as Error).message).not.toMatch(/Sample|Mary|Mansfield/);
  });

  it('a million columns, or a line without end, is refused', async () => {
    await expect(rowsOf(`Reference,Surname,${'x,'.repeat(5000)}\nA-1,Invented\n`)).rejects.toMatchObject({
      code: 'usage',
    });
    await expect(rowsOf(`Reference,Surname\n${'x,'.repeat(1_000_000)}`)).rejects.toMatchObject({ code: 'usage' });
  });

  it('a character cut by the end of a chunk is whole', async () => {
    const long = `Reference,Surname\n${Array.from({ length: 9000 }, (_, i) => `A-${i},Zoë${'ë'.repeat(i % 7)}\n`).join('')}`;
    expect(
      (await valuesOf(long)).every(({ person }) => /^Zoë+$/.test((person as unknown as { surname: string }).surname)),
    ).toBe(true);
  });

  it('the second of two columns of one name is kept apart', async () => {
    expect(
      await valuesOf('Reference,Surname,Telephone,Telephone\nA-1,Invented,07700900001,07700900002\n'),
    ).toMatchObject([{ person: { telephones: ['07700900001', '07700900002'] } }]);
  });

  it('hostile column names change nothing', async () => {
    const [row] = await valuesOf('Reference,Surname,constructor,__proto__,toString\nA-1,Invented,x,y,z\n');
    expect(JSON.stringify(row)).toBe(JSON.stringify({ recordRef: 'A-1', person: { surname: 'Invented' } }));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('another kind of file is refused', async () => {
    await expect(rowsOf('x', 'pdf')).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('reading NDJSON', () => {
  it('skips blank lines, takes a byte order mark, and names a broken line', async () => {
    expect(await rowsOf('\uFEFF{"recordRef":"A-1"}\n\n{"recordRef":"A-2"}', 'ndjson')).toMatchObject([
      { line: 1 },
      { line: 3 },
    ]);
    await expect(rowsOf('{"recordRef":"A-1"}\n{broken\n', 'ndjson')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('line 2'),
    });
  });
});

describe('a mapping of the data officer’s own', () => {
  it.each(['not json', '[]', '{"Surname":3}', '{"x":"__proto__.polluted"}', '{"x":"person.constructor"}', '{"x":""}'])(
    '%s is refused',
    async (text) => {
      await expect(readMapping(await file(text, 'json'))).rejects.toMatchObject({ code: 'usage' });
    },
  );

  it('is used as it stands', async () => {
    const mapping = await readMapping(await file('{"Nachname":"person.surname","Ref":"recordRef"}', 'json'));
    const rows = [];
    for await (const { value } of readRows('arrears', await file('Ref,Nachname,Surname\nA-1,Invented,Ignored\n'), {
      mapping,
    }))
      rows.push(value);
    expect(rows).toEqual([{ recordRef: 'A-1', person: { surname: 'Invented' } }]);
  });
});
