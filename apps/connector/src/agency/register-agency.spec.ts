import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgencyFolder } from './agency-folder.js';
import { initAgency } from './register-agency.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'agency-'));
});
afterEach(() => rm(dir, { recursive: true }));

describe('making an agency’s folder', () => {
  it('makes keys, a request and settings that only their owner may read', async () => {
    const folder = join(dir, 'new');
    const { files, fingerprint } = await initAgency('ashfield', folder);
    expect(fingerprint).toMatch(/^[0-9A-F]{40}$/);
    for (const name of files) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await AgencyFolder.open(folder)).agency).toBe('ashfield');
  });

  it.each(['agency.key.asc', 'kafka.key', 'agency.json'])(
    'never overwrites %s, and leaves nothing half made',
    async (name) => {
      await writeFile(join(dir, name), 'mine');
      await expect(initAgency('ashfield', dir)).rejects.toMatchObject({ code: 'usage' });
      expect(await readFile(join(dir, name), 'utf8')).toBe('mine');
      for (const other of ['agency.key.asc', 'kafka.key', 'agency.json'].filter((one) => one !== name))
        await expect(stat(join(dir, other))).rejects.toThrow('ENOENT');
    },
  );

  it.each(['Ashfield', '../up', 'a b', ''])('refuses the id "%s"', async (id) => {
    await expect(initAgency(id, dir)).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('opening an agency’s folder', () => {
  it('says what to do where there is none', async () => {
    await expect(AgencyFolder.open(dir)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('agency init'),
    });
  });

  it.each(['{', '{"agency":"A"}'])('settings that are broken are a mistake of usage: %s', async (text) => {
    await writeFile(join(dir, 'agency.json'), text);
    await expect(AgencyFolder.open(dir)).rejects.toMatchObject({ code: 'usage' });
  });
});
