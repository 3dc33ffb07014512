import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { HubError } from '#contracts';
import type { SealOptions } from '../sealing/seal-file.js';
import type { Source } from './sending-state.js';

/**
 * What is to be sealed, as a digest: of the file's bytes, and of the options that say how they are read. The same command on the
 * same content has the same.
 * @throws HubError `usage` where it is no file
 */
export async function sourceOf(file: string, options: SealOptions): Promise<Source> {
  const before = await lookAt(file);
  const hash = createHash('sha256').update(
    JSON.stringify([options.feed, options.mode, options.sheet ?? null, options.dates ?? null]),
  );
  if (options.mapping) hash.update(await readFile(options.mapping));
  hash.update('\0');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return { sha256: hash.digest('hex'), ...before };
}

/** Whether a file is as it was: a file somebody writes to while it is read would be sealed half old, half new. */
export async function isUnchanged(file: string, { bytes, modifiedMs }: Source): Promise<boolean> {
  const now = await lookAt(file).catch(() => null);
  return now !== null && now.bytes === bytes && now.modifiedMs === modifiedMs;
}

async function lookAt(file: string): Promise<Omit<Source, 'sha256'>> {
  const stats = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new HubError('usage', `There is no file ${file}.`) : error;
  });
  if (stats.isDirectory()) throw new HubError('usage', `${file} is a folder; name a file, or use: mash feed watch`);
  return { bytes: stats.size, modifiedMs: stats.mtimeMs };
}
