import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readChunks } from './chunks.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'link-chunks-'));
});
afterAll(() => rm(dir, { recursive: true }));

describe('a file read in pieces', () => {
  it.each([7, 4])(
    'is refused for its earliest fault, also where later ones are known by then (%i pieces)',
    async (pieces) => {
      const file = join(dir, 'made.csv');
      await writeFile(file, 'x'.repeat(10 * pieces));
      let turn = 0;
      const reading = readChunks(
        file,
        ({ to }) => {
          const faulty = turn === 3 || turn === 4;
          const error = new Error(`fault in piece ${turn++}`);
          return { stopped: to, ...(faulty && { free: Promise.reject(error) }) };
        },
        () => new Error('too long'),
        10,
      );
      await expect(reading).rejects.toThrow('fault in piece 3');
    },
  );
});
