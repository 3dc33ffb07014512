import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ALog, ORIGIN } from '../../test/a-log.js';
import { publish } from '../publishing/publish.js';
import { LogRepository } from '../sequencing/log.repository.js';
import { openLog } from './open-log.js';

let log: ALog;
const file = (path: string) => join(log.dir, 'log', path);

/** Seals and publishes as many entries as each round says. */
async function seal(...rounds: number[]): Promise<void> {
  const { sealer, session } = await log.steps();
  for (const count of rounds) {
    await log.append(count);
    const round = await sealer.seal();
    if (round) await publish(log.folder, round.files, round.note);
  }
  await session.close();
}

async function open(): Promise<number> {
  const { tip, session } = await log.steps();
  await session.close();
  return tip.size;
}

async function flipByte(path: string, at: number): Promise<void> {
  const bytes = await readFile(file(path));
  bytes[at]! ^= 1;
  await writeFile(file(path), bytes);
}

beforeEach(async () => {
  log = await ALog.fresh();
  await seal(300, 100);
});
afterEach(async () => {
  await log.end();
});

describe('opening the log', () => {
  it('a whole log opens at its size', async () => {
    expect(await open()).toBe(400);
  });

  it('killed before the commit: nothing was signed that counts', async () => {
    const { session, tip } = await log.steps();
    await log.append(5);
    tip.headWith([Buffer.from('signed for a transaction that never was')]);
    await session.close();
    expect(await open()).toBe(400);
    expect(await log.unsealed()).toBe(5);
  });

  it('killed between the commit and the files: they are made again, and it goes on', async () => {
    const { sealer, session } = await log.steps();
    await log.append(200);
    await sealer.seal();
    await session.close();
    expect(await log.verify()).toMatchObject({ ok: true, size: 400 });
    await seal(7);
    expect(await log.verify()).toMatchObject({ ok: true, size: 607 });
  });

  it('killed between the tiles and the checkpoint: the checkpoint is put there', async () => {
    const { sealer, session } = await log.steps();
    await log.append(50);
    const round = await sealer.seal();
    await log.folder.write(round!.files);
    await mkdir(file('.writing'), { recursive: true });
    await writeFile(file('.writing/half'), 'half a t');
    await session.close();
    expect(await open()).toBe(450);
    expect(await log.verify()).toMatchObject({ ok: true, size: 450 });
    await expect(readFile(file('.writing/half'))).rejects.toThrow('ENOENT');
  });

  it('a folder that was lost is made again from the database', async () => {
    await rm(file(''), { recursive: true });
    expect(await open()).toBe(400);
    expect(await log.verify()).toMatchObject({ ok: true, size: 400 });
  });

  it.each([
    'tile/0/000',
    'tile/0/001.p/144',
    'tile/0/001.p/44',
    'tile/1/000.p/1',
    'tile/entries/000',
    'tile/entries/001.p/44',
    'checkpoint',
    'key.vkey',
  ])('one bit changed in %s: it refuses, names the file and changes nothing', async (path) => {
    await flipByte(path, 20);
    const before = await readFile(file(path));
    await expect(log.sequencer().start()).rejects.toMatchObject({
      code: 'integrity',
      message: expect.stringContaining(`${path}: `),
    });
    expect(await readFile(file(path))).toEqual(before);
  });

  it('a cut tile is refused', async () => {
    await truncate(file('tile/0/000'), 100);
    await expect(open()).rejects.toThrow('tile/0/000: is not what the entries in the database give');
  });

  it('a file that is none of the log is refused', async () => {
    await writeFile(file('tile/0/000.bak'), '');
    await expect(open()).rejects.toThrow('tile/0/000.bak: is no file of a log');
  });

  it('files ahead of the database (it was restored from an older copy) are refused', async () => {
    const other = await ALog.fresh();
    try {
      await cp(file(''), join(other.dir, 'log'), { recursive: true });
      await expect(other.steps()).rejects.toThrow(
        /checkpoint: has 400 entries, the database only 0: the files are ahead/,
      );
    } finally {
      await other.end();
    }
  });

  it('a tile ahead of the database is refused', async () => {
    const ahead = file('tile/0/001.p/145');
    await mkdir(dirname(ahead), { recursive: true });
    await writeFile(ahead, Buffer.alloc(145 * 32));
    await expect(open()).rejects.toThrow('tile/0/001.p/145: the database has only 400 entries');
  });

  it.each([
    [
      'an entry changed in the database',
      `UPDATE audit.entry SET leaf = '\\x7b7d' WHERE leaf_index = 5`,
      /tile\/entries\/000: .*\n.*tile\/0\/000/,
    ],
    [
      'an entry taken from the database',
      'DELETE FROM audit.entry WHERE leaf_index = 5',
      /entry 5 of the log is missing/,
    ],
    [
      'the right edge moved',
      'UPDATE audit.tree_edge SET size = 399',
      /audit.tree_edge: has 399 entries, the newest checkpoint 400/,
    ],
    [
      'the right edge changed',
      'UPDATE audit.tree_edge SET edge[1] = edge[2]',
      /audit.tree_edge: does not give the root/,
    ],
    ['the right edge lost', 'DELETE FROM audit.tree_edge', /audit.tree_edge: is missing/],
    ['the newest checkpoint taken away', 'DELETE FROM audit.checkpoint WHERE size = 400', /the newest checkpoint 300/],
    [
      'the newest checkpoint changed',
      `UPDATE audit.checkpoint SET root = '\\x00' WHERE size = 400`,
      /audit.checkpoint of size 400/,
    ],
    [
      'an entry slipped in behind the end',
      `UPDATE audit.entry SET leaf_index = 400, leaf = '\\x7b7d' WHERE id = (SELECT id FROM audit.entry WHERE leaf_index IS NULL LIMIT 1)`,
      /has 401 sealed entries, the newest checkpoint 400/,
    ],
  ])('%s, by one who can switch triggers off: refused, saying where', async (_, statement, where) => {
    await log.append(1);
    await log.owner.query('SET session_replication_role = replica');
    expect((await log.owner.query(statement)).rowCount).toBe(1);
    await expect(open()).rejects.toMatchObject({ code: 'integrity', message: expect.stringMatching(where) });
  });

  it('an entry changed in database and files alike does not give the root that was signed', async () => {
    await log.owner.query('SET session_replication_role = replica');
    await log.owner.query(`UPDATE audit.entry SET leaf = '\\x7b7d' WHERE leaf_index = 5`);
    await rm(file('tile'), { recursive: true });
    await expect(open()).rejects.toThrow('the 400 sealed entries do not give the root that was signed');
  });

  it('another key is refused', async () => {
    const { session } = await log.steps();
    const key = generateKeyPairSync('ed25519').privateKey;
    await expect(openLog(new LogRepository(session), log.folder, { origin: ORIGIN, key })).rejects.toThrow(
      /key.vkey: is not the key/,
    );
    await session.close();
  });
});
