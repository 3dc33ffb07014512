import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRow } from '#contracts';
import { generateCounty, writeCounty } from '../generating/index.js';
import { checkFile } from './check-file.js';

const county = generateCounty({ people: 2000, seed: 3 });
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'round-trip-'));
  await writeCounty(county, dir);
});
afterAll(() => rm(dir, { recursive: true }));

describe('a county written as tables and read back', () => {
  it.each(county.feeds.map(({ agency, feed }) => `${agency}/${feed}`))(
    '%s gives the same rows as its NDJSON',
    async (name) => {
      const { feed, rows } = county.feeds.find((one) => `${one.agency}/${one.feed}` === name)!;
      const checked = await checkFile(feed, join(dir, `${name}.csv`), { keepBad: true });
      const fromTable = new Map(
        checked.lines.map((line) => JSON.parse(line)).map((row) => [row.recordRef as string, parseRow(feed, row)]),
      );
      for (const row of rows) {
        const wanted = parseRow(feed, JSON.parse(JSON.stringify(row)));
        if (wanted.ok) expect(fromTable.get(row.recordRef)).toEqual(wanted);
      }
    },
  );
});
