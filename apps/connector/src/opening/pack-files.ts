import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenedPack } from './open-pack.js';

/** Sealed packs an agency has received, in its own folder. Names carry the pack's id only: a file's name is seen by everybody. */
const FOLDER = 'packs';
const PRIVATE = { mode: 0o600 } as const;

export async function keepSealed(dir: string, id: string, message: Uint8Array): Promise<string> {
  const folder = join(dir, FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${id}.pgp`);
  await writeFile(file, message, PRIVATE);
  return file;
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
  const write = async (name: string, content: string | Buffer) => {
    const file = join(out, name);
    await writeFile(file, content, PRIVATE);
    // A file that was there keeps its old mode otherwise.
    await chmod(file, PRIVATE.mode);
    return file;
  };
  const files = [await write(`${pack.id}.json`, `${JSON.stringify(pack, null, 2)}\n`)];
  if (pdf) files.push(await write(`${pack.id}.pdf`, pdf));
  return files;
}

export async function readSealed(file: string): Promise<Buffer> {
  return readFile(file);
}
