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

  it('a ragged line is named', async () => {
    await expect(rowsOf('Reference,Surname\nA-1,Invented\nA-2,Sample,too,many\n')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('line 3'),
    });
  });

  it('a file that is not there is a mistake of usage, not a crash', async () => {
    for (const name of ['gone.csv', 'gone.ndjson'])
      await expect(readRows('arrears', join(dir, name)).next()).rejects.toMatchObject({ code: 'usage' });
  });

  it('a file in another alphabet than UTF-8 is refused instead of spoiling its names', async () => {
    for (const kind of ['csv', 'ndjson'])
      await expect(rowsOf(Buffer.from('Reference,Surname\nA-1,Ren\xe9e\n', 'latin1'), kind)).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringContaining('UTF-8'),
      });
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
