import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readTile, tilePath, tilesFor, type Progress, type TileRef } from '#ledger';
import { AuditError } from './errors.js';
import { readmeFor } from './readme.js';
import { folderSource, type LogSource } from './sources.js';
import { trustedHead } from './trusting.js';
import { verifySource, type Verified } from './verifying.js';

// Enough to hide the network's delay, few enough not to trouble the hub.
const AT_ONCE = 8;

export interface Exported extends Verified {
  folder: string;
  files: number;
}

/**
 * Copies a log into a new folder that can be checked without the hub, and checks it. The folder appears whole or not at
 * all. A log that was copied but fails the check is kept (`ok` false): it is the evidence.
 * Throws `usage` when the folder is there and not empty, `file_missing` when the source does not serve what it signed,
 * and what `trustedHead` throws.
 */
export async function exportLog(
  source: LogSource,
  out: string,
  options: { vkey?: string | undefined; onCopied?: Progress | undefined; onVerified?: Progress | undefined } = {},
): Promise<Exported> {
  const folder = resolve(out);
  await requireFree(folder);
  const head = await trustedHead(source, options.vkey);
  await mkdir(dirname(folder), { recursive: true });
  const unfinished = join(dirname(folder), `.${basename(folder)}.${randomUUID()}`);
  try {
    await mkdir(unfinished);
    const tiles = tilesFor(0, head.size);
    await copyTiles(source, tiles, unfinished, options.onCopied);
    await writeFile(join(unfinished, 'key.vkey'), head.vkey);
    await writeFile(join(unfinished, 'checkpoint'), head.checkpoint);
    await writeFile(join(unfinished, 'README.txt'), readmeFor(head));
    const copy = folderSource(unfinished);
    const verified = await verifySource(copy, { vkey: head.vkey, onProgress: options.onVerified });
    await rmdir(folder).catch(() => undefined);
    await rename(unfinished, folder);
    return { ...verified, folder, files: tiles.length + 3 };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function copyTiles(
  source: LogSource,
  tiles: readonly TileRef[],
  folder: string,
  onCopied?: Progress,
): Promise<void> {
  let next = 0;
  let done = 0;
  const copySome = async (): Promise<void> => {
    for (let tile = tiles[next++]; tile; tile = tiles[next++]) {
      const path = tilePath(tile.level, tile.index, tile.width);
      const bytes = await readTile(source.read, tile);
      if (!bytes) throw new AuditError('file_missing', `${source.name} signed ${path} but does not have it`);
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
      onCopied?.(++done, tiles.length);
    }
  };
  const copiers = Array.from({ length: AT_ONCE }, copySome);
  try {
    await Promise.all(copiers);
  } catch (error) {
    // The others stop at their next file, and are waited for: nothing may write into the folder once it is removed.
    next = tiles.length;
    await Promise.allSettled(copiers);
    throw error;
  }
}

async function requireFree(folder: string): Promise<void> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new AuditError('usage', `${folder} cannot be written to`, { cause: error });
  });
  if (there.length > 0) throw new AuditError('usage', `${folder} is there already and not empty: name a new folder`);
}
