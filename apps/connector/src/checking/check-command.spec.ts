import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runMash } from '../mash.js';
import { row, workbookParts, zip } from '../reading/xlsx/workbook.fixture.js';

let dir: string;
let printed = '';
let told = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'check-'));
});
afterAll(() => rm(dir, { recursive: true }));
beforeEach(() => {
  [printed, told] = ['', ''];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((told += String(text)), true));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
});

let made = 0;
/** Runs `mash feed check` on a file of this content. @returns the exit code a shell would see */
async function check(content: string | Buffer, args: string[] = [], { feed = 'arrears', kind = 'csv' } = {}) {
  const path = join(dir, `file-${made++}.${kind}`);
  await writeFile(path, content);
  [printed, told] = ['', ''];
  process.exitCode = 0;
  const code = await runMash(['feed', 'check', path, '--feed', feed, ...args]);
  return code !== 0 ? code : process.exitCode;
}

const REPORT = [
  'Rent arrears,,,,,,,',
  'Tenancy Ref,Tenant Name,DOB,NHS No,Mobile No,Addr1,Current Balance,Housing Officer',
  'T1,"SAMPLE, John Paul (Mr)",13/02/1980,9434765919,7700900123,1 Made Up Road,"£1,234.56",Sam Example',
  'T2,Mrs J P Example,01/03/1985,9.99E+09,,2 Made Up Road,(12.50),Sam Example',
  'T3,Smith J & Jones K,00/00/0000,,,3 Made Up Road,12.50CR,Sam Example',
  'Total,,,,,,1234.56,',
].join('\r\n');

describe('mash feed check', () => {
  it('shows how columns are read, what is wrong in which column, and counts; never a value of a cell', async () => {
    expect(await check(REPORT)).toBe(1);
    expect(printed).toMatch(/Tenant Name +│ Whole name \(person\.name\) +│ sure/);
    expect(printed).toMatch(/Housing Officer +│ – +│ not sent/);
    expect(printed).toMatch(/Tenancy Ref[^\n]*tenancyRef\) +│ likely +│ every row has another value/);
    expect(printed).toMatch(/│ 1 +│ 3 +│ 5 +│ Tenant Name +│ two_people/);
    expect(printed).toMatch(/│ 1 +│ 2 +│ 4 +│ NHS No +│ digits_lost/);
    expect(printed).toContain(
      '3 rows: 2 the hub would accept, 1 it would quarantine, 1 it would take without a field.',
    );
    expect(printed).toContain('1 line is a total');
    for (const value of [
      'SAMPLE',
      'John',
      'Example',
      'Smith',
      'Jones',
      '9434765919',
      '7700900123',
      'Made Up',
      '1980',
      '1985',
      '1,234',
    ])
      expect(printed + told).not.toContain(value);
  });

  it('ends with 0 when all is good, 2 for a mistake of usage, 3 where nothing would be accepted', async () => {
    expect(await check('Reference,Surname\nA-1,Invented\n')).toBe(0);
    expect(await check('Reference,Surname\nA-1,Invented\n', ['--dates', 'whatever'])).toBe(2);
    expect(await check('Reference,Surname\nA-1,\n')).toBe(3);
    expect(await check('Reference,Surname\n')).toBe(3);
  });

  it('a field every row needs and no column fills is named, with the column that may be meant', async () => {
    expect(await check('Reference,Who,Balance\nA-1,"SAMPLE, Mary (Mrs), and more",1\n')).toBe(3);
    expect(told).toContain('person.surname');
    expect(await check('Tenancy Ref,Surname\nT1,A\nT1,B\n')).toBe(3);
    expect(told).toContain('recordRef');
    expect(told).toContain('Perhaps the column "Tenancy Ref"');
    expect(await check('Client ID,Surname\nA-1,Invented\n', [], { feed: 'dv-service' })).toBe(3);
    expect(told).toContain('"fixed": {"role": "…"}');
  });

  it('a mapping is saved, edited, and used again; the row’s role may be the same in all', async () => {
    const saved = join(dir, 'mapping.json');
    await check('Client ID,Surname,Consent\nA-1,Invented,Y\n', ['--save-mapping', saved], { feed: 'dv-service' });
    const mapping = JSON.parse(await readFile(saved, 'utf8'));
    expect(mapping).toMatchObject({
      format: 'mash.mapping/1',
      feed: 'dv-service',
      columns: { 'Client ID': 'recordRef', Consent: 'consent.status' },
    });
    await writeFile(saved, JSON.stringify({ ...mapping, fixed: { role: 'victim' } }));
    expect(
      await check('Client ID,Surname,Consent\nA-1,Invented,Y\n', ['--mapping', saved], { feed: 'dv-service' }),
    ).toBe(0);
  });

  it('an unknown field of a mapping is told once, with the nearest names', async () => {
    const mapping = join(dir, 'wrong.json');
    await writeFile(mapping, '{"Surname":"person.surnmae","Name":"person.surnmae","Ref":"recordRef"}');
    expect(await check('Ref,Surname\nA-1,Invented\n', ['--mapping', mapping])).toBe(2);
    expect(told.match(/surnmae/g)).toHaveLength(1);
    expect(told).toContain('did you mean person.surname');
  });

  it('columns a mapping names and the file has not are told', async () => {
    const mapping = join(dir, 'more.json');
    await writeFile(mapping, '{"Surname":"person.surname","Ref":"recordRef","Gone":"balance"}');
    expect(await check('Ref,Surname,New\nA-1,Invented,x\n', ['--mapping', mapping])).toBe(0);
    expect(printed).toContain('does not have: Gone');
    expect(printed).toMatch(/New +│ – +│ not sent/);
  });

  it('days and months that cannot be told apart refuse the rows until somebody says which', async () => {
    const text = 'Ref,Surname,DOB\nA-1,Invented,01/02/1980\nA-2,Sample,03/04/1985\n';
    expect(await check(text)).toBe(3);
    expect(printed).toContain('Day and month cannot be told apart in: DOB.');
    expect(printed).toContain('ambiguous_date');
    expect(printed).toContain('--dates');
    expect(await check(text, ['--dates', 'day-first'])).toBe(0);
    expect(await check(`${text}A-3,Solo,13/04/1985\n`)).toBe(0);
  });

  it('many problems of one kind are one line with a count; --out has each, and no formula', async () => {
    const out = join(dir, 'problems.csv');
    const rows = Array.from({ length: 300 }, (_, i) => `${i === 0 ? '=HYPERLINK(1)' : `A-${i}`},Invented,31/02/1980`);
    expect(await check(`Ref,Surname,DOB\n${rows.join('\n')}\nA-good,Sample,13/02/1980\n`, ['--out', out])).toBe(1);
    expect(printed.match(/invalid_date/g)).toHaveLength(1);
    expect(printed).toMatch(/│ 300 +│ 1 +│ 2 +│ DOB/);
    const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(301);
    expect(lines[0]).toBe('row,line,recordRef,column,field,code,problem,what_to_do,costs');
    expect(lines[1]).toContain(`1,2,'=HYPERLINK(1),DOB,person.dateOfBirth,invalid_date,`);
    expect(lines.join('')).not.toContain('1980');
  });

  it('a reference that stands twice is told as the hub will', async () => {
    expect(await check('Ref,Surname\nA-1,Invented\nA-1,Sample\n')).toBe(1);
    expect(printed).toContain('duplicate_ref');
  });

  it('a broken line costs that line alone', async () => {
    expect(await check('Ref,Surname,Balance\nA-1,Invented,1\nA-2,Sam,ple,2\n')).toBe(1);
    expect(printed).toContain('ragged_line');
  });

  it('confidential addresses are told by count', async () => {
    await check(
      'Ref,Surname,Address Line 1,Confidential Address\nA-1,Invented,1 Made Up Road,Y\nA-2,Sample,The Refuge,\n',
    );
    expect(printed).toContain('2 confidential addresses are left out here');
    expect(printed).not.toContain('Made Up');
  });

  it('--json is one value with counts, groups, columns and quality', async () => {
    expect(await check(REPORT, ['--json'])).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({
      rows: 3,
      accepted: 2,
      good: 2,
      quarantined: 1,
      confidentialDropped: 0,
      linesLeftOut: 1,
      quality: { placeholderDates: 1 },
      groups: [
        { code: 'two_people', column: 'Tenant Name', rows: 1 },
        { code: 'digits_lost', fieldOnly: true },
      ],
      problems: [{ row: 3, line: 5 }],
    });
    expect(printed).not.toMatch(/Smith|SAMPLE/);
  });

  it('a workbook is checked like a CSV', async () => {
    const rows = row(1, ['Ref', 'Surname', 'Balance']) + row(2, ['A-1', 'Invented', { xml: '<c><v>12.5</v></c>' }]);
    expect(await check(zip(workbookParts({ sheets: [{ name: 'S', rows }] })), [], { kind: 'xlsx' })).toBe(0);
    const bomb = workbookParts({ sheets: [{ name: 'S', rows }] });
    bomb['xl/worksheets/sheet1.xml'] =
      `<!DOCTYPE a [<!ENTITY a "b">]>${String(bomb['xl/worksheets/sheet1.xml']).slice(38)}`;
    expect(await check(zip(bomb), [], { kind: 'xlsx' })).toBe(3);
  });

  it('headings that could command a terminal are shown without it', async () => {
    await check('Ref,Surname,\u001b[31mRed\u202e\nA-1,Invented,x\n');
    // eslint-disable-next-line no-control-regex -- the control characters are what must not be there
    expect(printed).not.toMatch(/\u001b\[31m|\u202e/);
  });
});
