import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { initAgency } from './agency/register-agency.js';
import { check, readMapping, seal } from './library.js';

let dir: string;
const at = (name: string) => join(dir, name);
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'library-'));
  await writeFile(at('good.csv'), 'Reference,Surname,DOB\nA-1,Invented,13/02/1980\nA-2,Sample,\n');
  await writeFile(at('bad.csv'), 'Reference,Surname,DOB\nA-1,Invented,31/02/1980\nA-2,Sample,\n');
  await initAgency('ashfield', at('agency'));
  await initAgency('hub', at('hub'));
  await copyFile(at('hub/agency.pub.asc'), at('agency/hub.pub.asc'));
});
afterAll(() => rm(dir, { recursive: true }));

const example = fileURLToPath(new URL('../examples/nightly-arrears.js', import.meta.url));
const run = (...args: string[]) => spawnSync(process.execPath, [example, ...args], { encoding: 'utf8' });

describe('the connector in a program of one’s own', () => {
  it('checks a file, and tells of every problem as it is found', async () => {
    const problems: string[] = [];
    const found = await check({
      feed: 'arrears',
      file: at('bad.csv'),
      onProblem: ({ code, line }) => problems.push(`${code} ${line}`),
    });
    expect(found).toMatchObject({ rows: 2, accepted: 1, quarantined: 1, lines: [] });
    expect(problems).toEqual(['invalid_date 2']);
  });

  it('takes a mapping as an object', async () => {
    const mapping = { columns: { Reference: ['recordRef'], DOB: ['person.surname'] } };
    expect(await check({ feed: 'arrears', file: at('good.csv'), mapping })).toMatchObject({
      accepted: 1,
      quarantined: 1,
    });
  });

  it('seals a file for a program that sends it its own way', async () => {
    const sealed = await seal({ feed: 'arrears', file: at('good.csv'), dir: at('agency') });
    expect(sealed).toMatchObject({ rows: 2, confidentialDropped: 0, batches: [{ batch: 1, rows: 2 }] });
    expect(sealed.batches[0]!.message.includes('Invented')).toBe(false);
  });

  it('refuses with a code and words without person data', async () => {
    await expect(seal({ feed: 'arrears', file: at('good.csv'), dir: at('nowhere') })).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('the mapping shown in the documents is one', async () => {
    const page = await readFile(new URL('../../../docs/sending-feeds.md', import.meta.url), 'utf8');
    const [json] = /\{\n {2}"format"[^`]*/.exec(page)!;
    await writeFile(at('mapping.json'), json);
    expect((await readMapping(at('mapping.json'), 'arrears')).columns['Housing Officer']).toEqual([]);
  });

  it('the example of the documents runs', () => {
    const good = run(at('good.csv'), at('agency'), '--seal-only');
    expect(good.stderr).toBe('');
    expect(good.stdout).toContain('2 rows: 2 good, 0 to correct');
    expect(good.stdout).toContain('Sealed 2 rows in 1 batch(es)');
    const bad = run(at('bad.csv'), at('agency'));
    expect(bad.stdout).toContain('Too many problems: not sent.');
    expect(bad.status).toBe(1);
  });
});
