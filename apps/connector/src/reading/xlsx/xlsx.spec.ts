import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRows, type ReadOptions } from '../read-rows.js';
import { row, workbookParts, zip, type Parts, type WorkbookFixture } from './workbook.fixture.js';

let dir: string;
let made = 0;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xlsx-'));
});
afterAll(() => rm(dir, { recursive: true }));

const save = async (content: Buffer, name = `book-${made++}.xlsx`) => {
  const path = join(dir, name);
  await writeFile(path, content);
  return path;
};
const open = async (parts: Parts | WorkbookFixture, options: ReadOptions = {}) =>
  openRows(
    'arrears',
    await save(zip('sheets' in parts ? workbookParts(parts as WorkbookFixture) : (parts as Parts))),
    options,
  );
const valuesOf = async (parts: Parts | WorkbookFixture, options: ReadOptions = {}) => {
  const values = [];
  for await (const { value, line, problems } of (await open(parts, options)).rows())
    values.push({
      ...(JSON.parse(JSON.stringify(value)) as object),
      line,
      ...(problems.length > 0 ? { problems } : {}),
    });
  return values as unknown as Record<string, never>[];
};
const cell = (xml: string) => ({ xml });
const one = (rows: string, more: Partial<WorkbookFixture> = {}): WorkbookFixture => ({
  sheets: [{ name: 'Arrears', rows }],
  ...more,
});

describe('reading a workbook', () => {
  it('shared texts, numbers, truth values and the results of formulas are read as stored', async () => {
    const values = await valuesOf(
      one(
        row(1, ['Reference', 'Surname', 'Mobile', 'NHS No', 'Current Balance', 'UC', 'Weekly Rent']) +
          row(2, [
            cell('<c><v>1001</v></c>'),
            cell('<c t="s"><v>0</v></c>'),
            cell('<c><v>7700900123</v></c>'),
            cell('<c><v>9.434765919E9</v></c>'),
            cell('<c><f>A1*2</f><v>98.200000000000003</v></c>'),
            cell('<c t="b"><v>1</v></c>'),
            cell('<c t="str"><f>T(1)</f><v>12.50</v></c>'),
          ]),
        { strings: ['<r><t>Inven</t></r><r><t>ted</t></r><rPh sb="0" eb="1"><t>ignored</t></rPh>'] },
      ),
    );
    expect(values).toEqual([
      {
        line: 2,
        recordRef: '1001',
        person: { surname: 'Invented', telephones: ['07700900123'], nhsNumber: '9434765919' },
        balance: 98.2,
        universalCredit: true,
        weeklyRent: 12.5,
      },
    ]);
  });

  it('days are told by their style, in both systems of counting', async () => {
    const rows =
      row(1, ['Reference', 'Surname', 'DOB', 'Court Date', 'Eviction Date']) +
      row(2, [
        'A',
        'B',
        cell('<c s="1"><v>29222</v></c>'),
        cell('<c s="2"><v>46000.5</v></c>'),
        cell('<c><v>46000</v></c>'),
      ]);
    const formats = [{ id: 14 }, { id: 164, code: 'dd\\/mm\\/yyyy;@' }];
    expect(await valuesOf(one(rows, { formats }))).toMatchObject([
      { person: { dateOfBirth: '1980-01-02' }, courtDate: '2025-12-09', evictionDate: '2025-12-09' },
    ]);
    expect(await valuesOf(one(rows, { formats, date1904: true }))).toMatchObject([
      { person: { dateOfBirth: '1984-01-03' }, courtDate: '2029-12-10', evictionDate: '2029-12-10' },
    ]);
  });

  it('a number format with letters in quotes is no date', async () => {
    const values = await valuesOf(
      one(row(1, ['Reference', 'Surname', 'Weekly Rent']) + row(2, ['A', 'B', cell('<c s="1"><v>98.2</v></c>')]), {
        formats: [{ id: 165, code: '&quot;days&quot; 0.00;[Red]-0.00' }],
      }),
    );
    expect(values).toMatchObject([{ weeklyRent: 98.2 }]);
  });

  it('errors and formulas without a result are told, and not sent', async () => {
    const [value] = await valuesOf(
      one(
        row(1, ['Reference', 'Surname', 'Balance', 'Weekly Rent']) +
          row(2, ['A', 'B', cell('<c t="e"><v>#REF!</v></c>'), cell('<c><f>A1</f></c>')]),
      ),
    );
    expect(value).toMatchObject({ problems: [{ code: 'spreadsheet_error' }, { code: 'spreadsheet_error' }] });
    expect(value).not.toHaveProperty('balance');
  });

  it('a title above the headings, blank rows, and a total below are left out', async () => {
    const opened = await open(
      one(
        row(1, ['Rent arrears at 1 November']) +
          row(3, ['Reference', 'Surname', 'Balance']) +
          row(4, ['A', 'B', '1']) +
          '<row r="5"/>' +
          row(6, [null, null, null]) +
          row(7, ['C', 'D', '2']) +
          row(8, ['Grand Total', null, '3']),
      ),
    );
    const lines = [];
    for await (const { line } of opened.rows()) lines.push(line);
    expect(lines).toEqual([4, 7]);
    expect(opened.leftOut()).toEqual({ lines: 1, first: [8] });
    expect(opened.notes.join()).toContain('line 3');
  });

  it('a value merged over several rows belongs to each of them', async () => {
    const rows =
      row(1, ['Person Ref', 'Surname', 'Tenancy Ref']) +
      row(2, ['A', 'Sample', 'T-1']) +
      row(3, ['B', 'Invented', null]) +
      row(4, ['C', 'Solo', null]);
    expect(await valuesOf({ sheets: [{ name: 'S', rows, merges: ['C2:C3'] }] })).toMatchObject([
      { tenancyRef: 'T-1' },
      { tenancyRef: 'T-1' },
      { recordRef: 'C', line: 4 },
    ]);
    expect((await valuesOf({ sheets: [{ name: 'S', rows, merges: ['C2:C3'] }] }))[2]).not.toHaveProperty('tenancyRef');
  });

  it('of several sheets the one with known headings is read, a hidden one never', async () => {
    const table = row(1, ['Reference', 'Surname', 'Balance']) + row(2, ['A', 'B', '1']);
    const sheets = [
      { name: 'Notes', rows: row(1, ['Read me']) },
      { name: 'Old', rows: table.replace('>A<', '>HIDDEN<'), hidden: true },
      { name: 'Data', rows: table },
    ];
    expect(await valuesOf({ sheets })).toMatchObject([{ recordRef: 'A' }]);
    expect((await open({ sheets })).notes.join()).toContain('"Data"');
  });

  it('where several sheets may be meant, none is guessed; --sheet says which', async () => {
    const table = (ref: string) => row(1, ['Reference', 'Surname', 'Balance']) + row(2, [ref, 'B', '1']);
    const sheets = [
      { name: 'North', rows: table('N') },
      { name: 'South', rows: table('S') },
    ];
    await expect(open({ sheets })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('--sheet'),
    });
    expect(await valuesOf({ sheets }, { sheet: 'south' })).toMatchObject([{ recordRef: 'S' }]);
    await expect(open({ sheets }, { sheet: 'West' })).rejects.toMatchObject({
      message: expect.stringContaining('"North", "South"'),
    });
  });

  it('elements with a prefix of their own are the same elements', async () => {
    const parts = workbookParts(one(row(1, ['Reference', 'Surname']) + row(2, ['A', 'B'])));
    parts['xl/worksheets/sheet1.xml'] = String(parts['xl/worksheets/sheet1.xml'])
      .replace(/<(\/?)(worksheet|sheetData|row|c|is|t)\b/g, '<$1x:$2')
      .replace('xmlns=', 'xmlns:x=');
    expect(await valuesOf(parts)).toMatchObject([{ recordRef: 'A', person: { surname: 'B' } }]);
  });
});

describe('what is no workbook, or a hostile one', () => {
  const table = row(1, ['Reference', 'Surname']) + row(2, ['A', 'B']);
  const sheet = (content: string | Buffer) => ({ ...workbookParts(one(table)), 'xl/worksheets/sheet1.xml': content });

  it('an old or protected Excel file, a web page, and text called .xlsx are named', async () => {
    const ole = await save(Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    await expect(openRows('arrears', ole)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('password'),
    });
    const page = await save(Buffer.from('<html><table></table></html>'), 'page.csv');
    await expect(openRows('arrears', page)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('web page'),
    });
    const text = await save(Buffer.from('a,b\n'), 'text.xlsx');
    await expect(openRows('arrears', text)).rejects.toMatchObject({ code: 'usage' });
  });

  it('a workbook called .csv is read as what it is', async () => {
    const path = await save(zip(workbookParts(one(table))), 'really.csv');
    expect((await openRows('arrears', path)).kind).toBe('xlsx');
  });

  it('cut at any place it is refused, not half read', async () => {
    const whole = zip(workbookParts(one(table)));
    for (let size = 4; size < whole.length; size += 97)
      await expect(openRows('arrears', await save(whole.subarray(0, size)))).rejects.toMatchObject({ code: 'usage' });
  });

  it('a bomb of zeros is given up long before it is unpacked', async () => {
    const before = process.memoryUsage().rss;
    const bomb = Buffer.concat([Buffer.from('<worksheet><sheetData>'), Buffer.alloc(300 * 1024 * 1024, ' ')]);
    await expect(open(sheet(bomb))).rejects.toMatchObject({ code: 'too_compressed' });
    expect(process.memoryUsage().rss - before).toBeLessThan(900 * 1024 * 1024);
  });

  it.each([
    [
      'a document type',
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>',
      'too_compressed',
    ],
    [
      'an unknown entity',
      '<worksheet><sheetData><row r="1"><c r="A1"><v>&b;</v></c></row></sheetData></worksheet>',
      'usage',
    ],
    ['elements in elements without end', '<a>'.repeat(200), 'too_compressed'],
    [
      'a cell of megabytes',
      `<worksheet><sheetData><row r="1"><c t="str"><v>${Array.from({ length: 400_000 }, (_, i) => i).join('')}</v></c></row>`,
      'too_compressed',
    ],
    [
      'a column beyond the last',
      '<worksheet><sheetData><row r="1"><c r="ZZZZZ1"><v>1</v></c></row></sheetData></worksheet>',
      'usage',
    ],
    [
      'a row beyond the last',
      '<worksheet><sheetData><row r="99999999"><c><v>1</v></c></row></sheetData></worksheet>',
      'usage',
    ],
    ['XML that is cut', '<worksheet><sheetData><row r="1">', 'usage'],
    ['bytes that are no UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe]), 'usage'],
  ])('%s is refused', async (_name, content, code) => {
    await expect(open(sheet(content))).rejects.toMatchObject({ code });
  });

  it('thousands of parts are not even listed', async () => {
    const parts = {
      ...workbookParts(one(table)),
      ...Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [`x/${i}`, ''])),
    };
    await expect(open(parts)).rejects.toMatchObject({ code: 'too_compressed' });
  });

  it('without the parts every workbook has it is no workbook', async () => {
    for (const part of ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels']) {
      const { [part]: _gone, ...parts } = workbookParts(one(table));
      await expect(open(parts)).rejects.toMatchObject({ code: 'usage' });
    }
  });
});
