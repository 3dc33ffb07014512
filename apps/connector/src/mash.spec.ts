import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { mash, runMash } from './mash.js';
import { initAgency } from './agency/register-agency.js';
import { correctionsCsv } from './receipts/corrections.js';

let dir: string;
let printed = '';
let told = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mash-'));
  await writeFile(join(dir, 'good.csv'), 'Reference,Surname\nA-1,Invented\n');
  await writeFile(join(dir, 'bad.csv'), 'Reference,Surname,DOB\nA-1,Invented,31/02/1980\nA-2,,\n');
  await writeFile(join(dir, 'empty.csv'), 'Reference,Surname\n');
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

const at = (name: string) => join(dir, name);
const everyCommand = (command: Command, path: string[] = []): string[][] =>
  command.commands.length === 0
    ? [path]
    : [path, ...command.commands.flatMap((one) => everyCommand(one, [...path, one.name()]))];

describe('mash', () => {
  it.each(everyCommand(mash()).map((path) => [path.join(' ') || '(alone)', path]))(
    '%s has help',
    async (_name, path) => {
      expect(await runMash([...(path as string[]), '--help'])).toBe(0);
      expect(printed).toContain('Usage:');
    },
  );

  it.each([
    [['feed', 'check', '--nonsense']],
    [['feed', 'check', 'good.csv', '--feed', 'arrears', '--nonsense']],
    [['feed', 'check', 'good.csv']],
    [['nonsense']],
    [['feed', 'check', 'good.csv', '--feed', 'nonsense']],
    [['feed', 'check', 'gone.csv', '--feed', 'arrears']],
    [['feed', 'check', 'good.csv', '--feed', 'arrears', '--mode', 'some']],
    [['feed', 'check', 'good.csv', '--feed', 'arrears', '--mapping', 'gone.json']],
    [['feed', 'receipts', '--dir', 'nowhere']],
    [['feed', 'send', 'good.csv', '--feed', 'arrears', '--dir', 'nowhere']],
    [['matches', 'export']],
  ])('usage: %j', async (args) => {
    const given = args.map((arg) => (/\.(csv|json)$|^nowhere$/.test(arg) ? at(arg) : arg));
    expect(await runMash(given)).toBe(2);
    expect(told).not.toMatch(/\n\s+at /);
  });

  it('a receipts wait that is no number is a mistake of usage', async () => {
    await initAgency('ashfield', at('agency'));
    expect(await runMash(['feed', 'receipts', '--dir', at('agency'), '--wait', 'long'])).toBe(2);
  });

  it('an empty file does not quietly end everything the hub holds of the feed', async () => {
    await initAgency('ashfield', at('sender')).catch(() => undefined);
    expect(await runMash(['feed', 'send', at('empty.csv'), '--feed', 'arrears', '--dir', at('sender')])).toBe(2);
    expect(told).toContain('no rows');
  });

  it('feed check prints a table of problems, and ends with 3 where no row would be accepted', async () => {
    expect(await runMash(['feed', 'check', at('bad.csv'), '--feed', 'arrears'])).toBe(0);
    expect(process.exitCode).toBe(3);
    expect(printed).toContain('2 rows: 0 the hub would accept, 2 it would quarantine');
    expect(printed).toMatch(/│ 1 +│ 1 +│ 2 +│ DOB +│ invalid_date +│ .+│/);
    expect(printed).not.toContain('31/02/1980');
  });

  it('feed check --json prints one value', async () => {
    expect(await runMash(['feed', 'check', at('good.csv'), '--feed', 'arrears', '--json'])).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({ rows: 1, good: 1, problems: [], confidentialDropped: 0 });
  });
});

describe('the rows to correct, as a CSV', () => {
  it('makes formulas harmless and names fields left out too', () => {
    const error = { path: 'person.dateOfBirth', code: 'invalid_date', message: '=1+1' };
    const csv = correctionsCsv([
      {
        format: 'mash.receipt/1',
        submission: '6a1f0b52-63f5-4c15-8f0c-3a3f0a3c9d11',
        batch: 1,
        status: 'partly',
        accepted: 1,
        quarantined: [{ row: 2, recordRef: '=HYPERLINK("x")', errors: [error] }],
        fieldsQuarantined: [
          { row: 3, recordRef: '+A-3', errors: [{ ...error, path: 'person.nhsNumber', message: 'x' }] },
        ],
        audit: { index: 1, proof: 'p' },
      },
    ]);
    const lines = csv.trimEnd().split('\n');
    expect(lines[0]).toBe('submission,batch,row,line,recordRef,field,column,code,message');
    expect(lines[1]).toContain(`"'=HYPERLINK(""x"")",person.dateOfBirth,,invalid_date,'=1+1`);
    expect(lines[2]).toContain(`,3,,'+A-3,person.nhsNumber,`);
  });
});
