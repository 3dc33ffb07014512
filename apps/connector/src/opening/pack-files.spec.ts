import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenedPack } from './open-pack.js';
import { keepSealed, writeOpened } from './pack-files.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mash-packs-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const opened = (id: string) => ({ pack: { id }, pdf: Buffer.from('%PDF') }) as unknown as OpenedPack;

describe('the files of a pack', () => {
  it('an id that would lead out of the folder is no file name, whoever signed it', async () => {
    for (const id of ['../outside', 'a/b', '..', '', '.hidden', 'a\0b', 'C:x']) {
      await expect(writeOpened(join(folder, 'out'), opened(id))).rejects.toMatchObject({ code: 'manifest_invalid' });
      await expect(keepSealed(folder, id, Buffer.from('x'))).rejects.toMatchObject({ code: 'manifest_invalid' });
    }
    expect(await readdir(folder)).not.toContain('outside.json');
  });

  it('a link that lies where a pack is written is replaced, not followed', async () => {
    const elsewhere = join(folder, 'elsewhere');
    await writeFile(elsewhere, 'kept');
    const out = join(folder, 'linked');
    await writeOpened(out, opened('one'));
    for (const name of ['one.json', 'one.pdf']) {
      await rm(join(out, name));
      await symlink(elsewhere, join(out, name));
    }
    const files = await writeOpened(out, opened('one'));
    expect(await readFile(elsewhere, 'utf8')).toBe('kept');
    for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('written again, it is readable by its owner alone, whatever mode the file had', async () => {
    const out = join(folder, 'again');
    await writeOpened(out, opened('one'));
    await rm(join(out, 'one.json'));
    await writeFile(join(out, 'one.json'), '', { mode: 0o666 });
    const [file] = await writeOpened(out, opened('one'));
    expect((await stat(file!)).mode & 0o777).toBe(0o600);
  });
});
