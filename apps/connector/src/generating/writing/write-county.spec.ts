import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { countyParts, generateCounty, registerGenerate, writeCounty } from '../index.js';

const options = { people: 3000, seed: 9 };
const county = generateCounty(options);

describe('writeCounty', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'county-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  it('writes a file per agency and feed, flat and as rows, and says how far it is', async () => {
    const told: number[] = [];
    await writeCounty(county, dir, { onProgress: ({ rows }) => told.push(rows) });
    for (const { agency, feed, rows } of county.feeds) {
      const lines = (await readFile(join(dir, agency, `${feed}.ndjson`), 'utf8')).trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
      const flat: Record<string, string>[] = parse(await readFile(join(dir, agency, `${feed}.csv`), 'utf8'), {
        columns: true,
      });
      expect(flat.map((line) => line['recordRef'])).toEqual(rows.map((row) => row.recordRef));
    }
    expect(told.at(-1)).toBe(county.feeds.reduce((sum, file) => sum + file.rows.length, 0));
  });

  it('writes the truth, the people, the histories and a summary', async () => {
    const truth: string[][] = parse(await readFile(join(dir, 'truth.csv'), 'utf8'));
    expect(truth[0]).toEqual(['agency', 'feed', 'recordRef', 'personId', 'part']);
    expect(truth).toHaveLength(county.truth.length + 1);
    const people: string[][] = parse(await readFile(join(dir, 'people.csv'), 'utf8'));
    expect(people[0]).toEqual(['personId', 'tradition', 'household', 'role']);
    expect(people).toHaveLength(3001);
    const answers = (await readFile(join(dir, 'histories.ndjson'), 'utf8')).trimEnd().split('\n');
    expect(answers).toHaveLength(county.reviews.flatMap((review) => review.answers).length);
    expect(JSON.parse(await readFile(join(dir, 'county.json'), 'utf8'))).toEqual(county.summary);
  });

  it('writes the same bytes from parts as from the whole, and leaves no rows of an earlier county', async () => {
    const before = await readFile(join(dir, 'womens-aid', 'dv-service.csv'), 'utf8');
    await writeCounty(countyParts(options), dir);
    expect(await readFile(join(dir, 'womens-aid', 'dv-service.csv'), 'utf8')).toBe(before);
    await writeCounty(countyParts({ people: 1, seed: 4 }), dir);
    await expect(stat(join(dir, 'womens-aid', 'dv-service.csv'))).rejects.toThrow('ENOENT');
  });
});

describe('mash generate', () => {
  const run = async (...args: string[]) => {
    let printed = '';
    const stdout = { write: (text: string) => (printed += text) };
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    registerGenerate(program, { stdout, stderr: process.stderr });
    await program.parseAsync(['generate', ...args], { from: 'user' });
    return printed;
  };

  it('prints a summary, as JSON when asked', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'county-'));
    try {
      expect(await run('--people', '500', '--seed', '2', '--out', dir)).toContain('500 people in');
      expect(JSON.parse(await run('--people', '500', '--seed', '2', '--out', dir, '--json'))).toMatchObject({
        people: 500,
        seed: 2,
      });
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  it.each(['0', '-3', 'many', '1.5'])('refuses %s people as a usage error', async (people) => {
    await expect(run('--people', people, '--out', 'nowhere')).rejects.toMatchObject({
      code: 'commander.invalidArgument',
    });
  });
});
