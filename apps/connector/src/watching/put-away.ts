import { HubError } from '#contracts';
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { FAILED, PROCESSED, type Found } from './look.js';

/** @throws HubError `usage` where `processed` or `failed` is a link or a file: nothing is put where somebody else points to */
export async function prepareFolders(dir: string): Promise<void> {
  for (const name of [PROCESSED, FAILED]) {
    await mkdir(join(dir, name), { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await requireFolder(join(dir, name));
  }
}

/**
 * Moves a file to `processed` or `failed`, beside those of the same name from before. A file that was written anew meanwhile stays.
 * @param writeReport given the place the file will have; called before it is moved, so that no file in `failed` is without one
 * @returns the new path, or null where it was not the same file any more
 */
export async function putAway(
  dir: string,
  found: Found,
  into: typeof PROCESSED | typeof FAILED,
  writeReport?: (file: string) => Promise<void>,
): Promise<string | null> {
  const from = join(dir, found.path);
  const to = await freePlace(join(dir, into, found.path));
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await requireFolder(dirname(to));
  if (!isSame(await lstat(from).catch(() => null), found)) return null;
  await writeReport?.(`${to}.report.csv`);
  await rename(from, to);
  // Between the look and the move another file may have come in its place: it goes back, and is a new file.
  if (!isSame(await lstat(to).catch(() => null), found)) {
    await rename(to, await freePlace(from));
    return null;
  }
  await rm(`${from}.done`, { force: true });
  return to;
}

function isSame(now: Awaited<ReturnType<typeof lstat>> | null, found: Found): boolean {
  return now !== null && now.isFile() && Number(now.size) === found.bytes && Number(now.mtimeMs) === found.modifiedMs;
}

/** The name itself, or with the time put in where there is such a file from before. */
async function freePlace(file: string): Promise<string> {
  const { dir, name, ext } = parse(file);
  const time = new Date().toISOString().replace(/\.\d+|[-:]/g, '');
  for (let n = 0; ; n++) {
    const tried = n === 0 ? file : join(dir, `${name}.${time}${n === 1 ? '' : `-${n}`}${ext}`);
    if (!(await lstat(tried).catch(() => null))) return tried;
  }
}

async function requireFolder(folder: string): Promise<void> {
  if ((await lstat(folder)).isDirectory()) return;
  throw new HubError('usage', `${folder} is not a folder of its own (a link or a file). Move it away and begin again.`);
}
