import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { checkFile } from './check-file.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'flat-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function longFile(rows: number): Promise<string> {
  const path = join(dir, `${rows}.csv`);
  const file = createWriteStream(path);
  file.write('Reference,Surname,First Name,DOB,Address Line 1,Post Code,Balance\n');
  for (let i = 0; i < rows; i++) {
    const bad = i % 2 === 0 ? '31/02/1980' : '13/02/1980';
    if (!file.write(`A-${i},Sample,Mary,${bad},${i} Made Up Road,NG18 1AA,${i}.50\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  return path;
}

describe('a long file', () => {
  it('is checked without keeping its rows or its problems', async () => {
    const file = await longFile(60_000);
    let half = 0;
    let end = 0;
    const checked = await checkFile('arrears', file, {
      keepLines: false,
      onRow: (rows) => {
        if (rows === 30_000) half = process.memoryUsage().heapUsed;
        if (rows === 60_000) end = process.memoryUsage().heapUsed;
      },
    });
    expect(checked).toMatchObject({ rows: 60_000, accepted: 30_000, quarantined: 30_000, lines: [] });
    expect(checked.problems).toHaveLength(1000);
    expect(checked.groups).toMatchObject([{ rows: 30_000 }]);
    expect(end - half).toBeLessThan(120 * 1024 * 1024);
  }, 60_000);
});
