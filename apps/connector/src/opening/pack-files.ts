import { HubError } from '#contracts';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenedPack } from './open-pack.js';

/** Sealed packs an agency has received, in its own folder. Names carry the pack's id only: a file's name is seen by everybody. */
const FOLDER = 'packs';
const NEW_AND_PRIVATE = { mode: 0o600, flag: 'wx' } as const;

export async function keepSealed(dir: string, id: string, message: Uint8Array): Promise<string> {
  const folder = join(dir, FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return writePrivately(folder, id, 'pgp', message);
}

/** Files of sealed packs, by name. */
export async function sealedPacks(dir: string): Promise<string[]> {
  const names = await readdir(join(dir, FOLDER)).catch(() => []);
  return names
    .filter((name) => name.endsWith('.pgp'))
    .sort()
    .map((name) => join(dir, FOLDER, name));
}

/**
 * Writes `<id>.json` and `<id>.pdf`, readable by their owner alone.
 * @returns the files' names
 */
export async function writeOpened(out: string, { pack, pdf }: OpenedPack): Promise<string[]> {
  await mkdir(out, { recursive: true, mode: 0o700 });
  const files = [await writePrivately(out, pack.id, 'json', `${JSON.stringify(pack, null, 2)}\n`)];
  if (pdf) files.push(await writePrivately(out, pack.id, 'pdf', pdf));
  return files;
}

/** As a new file put into its place: a link that lies there is not followed, and an old file's mode is not kept. */
async function writePrivately(folder: string, id: string, ending: string, content: Uint8Array | string) {
  // The id is the hub's word. It may not choose the folder.
  if (!/^[A-Za-z0-9][\w-]{0,63}$/.test(id))
    throw new HubError('manifest_invalid', 'The pack has an id that cannot be a file’s name. Tell the hub.');
  const file = join(folder, `${id}.${ending}`);
  const partial = `${file}.${process.pid}.new`;
  await rm(partial, { force: true });
  await writeFile(partial, content, NEW_AND_PRIVATE);
  await rename(partial, file);
  return file;
}

export async function readSealed(file: string): Promise<Buffer> {
  return readFile(file);
}
