import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../deploy/demo/waiting.js';
import { FeedingHub, mash, startMash } from '../support/feeding.js';

let hub: FeedingHub;
beforeAll(async () => {
  hub = await FeedingHub.start();
}, 120_000);
afterAll(() => hub?.stop(), 60_000);

async function send(agency: string, feed: string, name: string, text: string, ...more: string[]) {
  const file = join(hub.state, name);
  await writeFile(file, text);
  const ran = await mash('feed', 'send', file, '--feed', feed, '--dir', hub.agency(agency), '--json', ...more);
  expect(ran).toMatchObject({ code: 0 });
  return JSON.parse(ran.out).submission as string;
}
const receipts = (agency: string, ...more: string[]) =>
  mash('feed', 'receipts', '--dir', hub.agency(agency), '--wait', '30', ...more);

const BAD_ROWS = [
  'Ref No,Surname,Forename,DOB,NHS Number,Reference',
  'x,Invented,Ada,1980-02-01,,A-1',
  '"two\nlines",Invented,Bea,1980-31-31,,=A-2',
  'x,Invented,Cy,1980-02-01,1234567890,A-3',
  '',
].join('\n');

describe('mash feed receipts', () => {
  it('two programs that fetch at once both see the receipt, and it is kept once, sealed', async () => {
    const submission = await send('ashfield', 'arrears', 'a.csv', BAD_ROWS);
    const both = await Promise.all([1, 2].map(() => receipts('ashfield', '--json')));
    for (const one of both) {
      expect(one).toMatchObject({ code: 0, err: '' });
      expect(JSON.parse(one.out)).toMatchObject([{ submission, batch: 1, status: 'partly', accepted: 2 }]);
    }
    const kept = (await readdir(hub.agency('ashfield') + '/receipts')).filter((name) => name.endsWith('.pgp'));
    expect(kept).toHaveLength(1);
    expect(await readFile(join(hub.agency('ashfield'), 'receipts', kept[0]!), 'latin1')).not.toContain('A-2');
  }, 60_000);

  it('what was told once is not told again, unless asked for all: then as a table, with the rows to correct by line and column', async () => {
    expect(await receipts('ashfield', '--wait', '1')).toMatchObject({ code: 0, out: 'No new receipts.\n' });
    const csv = join(hub.state, 'correct.csv');
    const listed = await receipts('ashfield', '--all', '--wait', '1', '--out', csv);
    expect(listed.out).toMatch(/│ arrears +│ [0-9a-f-]{36} +│ 1 of 1 +│ partly +│ 2 +│ 2 +│ \d+ +│/);
    const rows = parse(await readFile(csv, 'utf8'), { columns: true }) as Record<string, string>[];
    expect(rows).toMatchObject([
      {
        row: '2',
        line: expect.any(String),
        recordRef: "'=A-2",
        field: 'person.dateOfBirth',
        column: 'DOB',
        code: 'invalid_date',
      },
      { row: '3', line: '5', recordRef: 'A-3', field: 'person.nhsNumber', column: 'NHS Number' },
    ]);
  }, 30_000);

  it('over HTTPS the same receipts come, for an agency without Kafka', async () => {
    const submission = await send('gedling', 'arrears', 'g.csv', BAD_ROWS, '--https');
    const ran = await receipts('gedling', '--https', '--json');
    expect(JSON.parse(ran.out)).toMatchObject([{ submission, status: 'partly' }]);
    // By the other way it is the same receipt, and not new.
    expect(await receipts('gedling', '--wait', '1')).toMatchObject({ out: 'No new receipts.\n' });
  }, 60_000);

  it('a refused batch makes exit code 3 and says what to do', async () => {
    await send(
      'broxtowe',
      'dv-service',
      'd.ndjson',
      '{"recordRef":"D-1","role":"victim","person":{"surname":"Invented"}}\n',
    );
    const ran = await receipts('broxtowe');
    expect(ran.code).toBe(3);
    expect(ran.out).toMatch(/refused: feed_not_permitted[\s\S]*feed_not_permitted: .*ask the hub/);
  }, 60_000);

  it('a receipt that was changed on the disk is told of, and does not hide the others', async () => {
    const dir = join(hub.agency('mansfield'), 'receipts');
    await send('mansfield', 'arrears', 'm.csv', BAD_ROWS);
    await receipts('mansfield', '--json');
    const [name] = (await readdir(dir)).filter((one) => one.endsWith('.pgp'));
    const bytes = await readFile(join(dir, name!));
    bytes[bytes.length - 5]! ^= 1;
    await writeFile(join(dir, name!), bytes);
    const submission = await send('mansfield', 'arrears', 'm2.csv', BAD_ROWS.replaceAll('A-', 'M-'));
    const all = await receipts('mansfield', '--all', '--json');
    expect(JSON.parse(all.out)).toMatchObject([{ submission }]);
    expect(all).toMatchObject({ code: 1, err: expect.stringContaining('no longer verify') });
  }, 60_000);

  it('--follow tells each as it comes, until Ctrl-C', async () => {
    const { child, ended } = startMash(['feed', 'receipts', '--dir', hub.agency('rushcliffe'), '--follow', '--json']);
    let told = '';
    child.stdout!.on('data', (part) => (told += String(part)));
    const lines = () => told.split('\n').filter(Boolean);
    for (const n of [1, 2]) {
      await send('rushcliffe', 'arrears', `r-${n}.csv`, BAD_ROWS.replaceAll('A-', `R${n}-`));
      await until('the receipt to be told', async () => lines().length === n, 30);
    }
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0 });
    expect(lines().map((line) => JSON.parse(line).status)).toEqual(['partly', 'partly']);
  }, 90_000);
});
