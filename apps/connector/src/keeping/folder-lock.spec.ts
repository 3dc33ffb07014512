import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderLock } from './folder-lock.js';

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lock-'));
  file = join(dir, 'lock');
});
afterEach(() => rm(dir, { recursive: true }));

const take = () => FolderLock.take(file, 'Another mash works here');
const left = (changes: object) =>
  writeFile(file, JSON.stringify({ host: hostname(), pid: 1, started: '', token: 't', ...changes }));

describe('a lock on a folder', () => {
  it('is one program’s at a time, and says whose', async () => {
    const lock = await take();
    await expect(take()).rejects.toMatchObject({ code: 'busy', message: expect.stringContaining(`${process.pid}`) });
    expect(await lock.isOurs()).toBe(true);
    lock.release();
    expect(existsSync(file)).toBe(false);
    (await take()).release();
  });

  it('of many who want it at once goes to one', async () => {
    await left({ pid: 2 ** 22 + 1 });
    const all = await Promise.allSettled(Array.from({ length: 20 }, take));
    const got = all.filter((one) => one.status === 'fulfilled');
    expect(got).toHaveLength(1);
    got[0]!.value.release();
  });

  it('of a program that was killed is taken over at once', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    await left({ pid: child.pid! });
    await expect(take()).rejects.toMatchObject({ code: 'busy' });
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    (await take()).release();
  });

  it('whose process id is another program’s by now is taken over', async () => {
    await left({ pid: process.pid, started: 'long ago' });
    (await take()).release();
  });

  it('of another machine is taken over only when it has not been renewed for a minute', async () => {
    await left({ host: 'another-machine' });
    await expect(take()).rejects.toMatchObject({ code: 'busy', message: expect.stringContaining('another-machine') });
    const then = new Date(Date.now() - 61_000);
    await utimes(file, then, then);
    (await take()).release();
  });

  it('that was taken over is not given back by the one who lost it', async () => {
    const lock = await take();
    await left({ token: 'new' });
    expect(await lock.isOurs()).toBe(false);
    lock.release();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ token: 'new' });
  });
});
