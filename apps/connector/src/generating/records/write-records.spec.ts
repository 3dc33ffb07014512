import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { registerGenerate } from '../register-generate.js';
import { generateRecords } from './generate-records.js';
import { truePairs, writeRecords } from './write-records.js';

/** More than one heap, and enough for heaps to go to disk. */
const options = { records: 40_000, seed: 3 };

describe('writeRecords', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'records-'));
  });
  afterAll(() => rm(dir, { recursive: true }));
  const file = (name: string) => readFile(join(dir, name), 'utf8');

  it('writes the rows in order of their ids and every true pair once, and leaves nothing else', async () => {
    const told: number[] = [];
    const summary = await writeRecords(options, dir, (rows) => told.push(rows));
    const people = [...generateRecords(options)];
    const rows = people.flatMap((person) => person.rows).sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(parse(await file('records.csv'), { columns: true })).toEqual(rows);
    const pairs = people.flatMap((person) => [...truePairs(person)]).map(([left, right]) => `${left},${right}`);
    expect(await file('records_links.csv')).toBe(`id_l,id_r\n${pairs.sort().join('\n')}\n`);
    expect(summary).toMatchObject({ records: 40_000, people: people.length, pairs: pairs.length, seed: 3 });
    expect(summary.repeats).toBe(40_000 - people.length);
    expect(told.at(-1)).toBe(40_000);
    expect((await readdir(dir)).sort()).toEqual(['records.csv', 'records_links.csv']);
  });

  it('writes the same bytes again', async () => {
    const before = await file('records.csv');
    await writeRecords(options, dir);
    expect(await file('records.csv')).toBe(before);
  });

  it('writes headers only where nobody is seen twice', async () => {
    await writeRecords({ records: 1, seed: 1 }, dir);
    expect(await file('records_links.csv')).toBe('id_l,id_r\n');
    expect((await file('records.csv')).split('\n')).toHaveLength(3);
  });

  it('leaves no file behind when it fails', async () => {
    const empty = await mkdtemp(join(dir, 'failed-'));
    await expect(writeRecords({ records: 0, seed: 1 }, empty)).rejects.toThrow(RangeError);
    expect(await readdir(empty)).toEqual([]);
  });
});

describe('mash generate --records', () => {
  const run = async (...args: string[]) => {
    let printed = '';
    const stdout = { write: (text: string) => (printed += text) };
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    registerGenerate(program, { stdout, stderr: process.stderr });
    for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
    await program.parseAsync(['generate', ...args], { from: 'user' });
    return printed;
  };

  it('prints what it made, as JSON when asked', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'records-'));
    try {
      expect(await run('--records', '300', '--out', dir)).toContain('300 records of');
      const made = JSON.parse(await run('--records', '300', '--seed', '2', '--seen-often', '--out', dir, '--json'));
      expect(made).toMatchObject({ records: 300, seed: 2, seenOften: true });
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  it.each([
    ['both people and records', ['--people', '10', '--records', '10'], 'commander.conflictingOption'],
    ['people seen often in a county', ['--seen-often'], 'usage'],
    ['no records', ['--records', '0'], 'commander.invalidArgument'],
    ['half a record', ['--records', '1.5'], 'commander.invalidArgument'],
  ])('refuses %s as a usage error', async (_what, args, code) => {
    await expect(run(...args, '--out', 'nowhere')).rejects.toMatchObject({ code });
  });
});
