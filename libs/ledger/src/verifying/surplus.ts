import { TILE_WIDTH, tileWidth } from '../tiles/geometry.js';
import { firstEntries } from '../tiles/bundle.js';
import { HASH_BYTES } from '../hashing/hash.js';
import { parseTilePath } from '../tiles/path.js';
import { readTile, type LogReader } from '../tiles/reading.js';
import type { Problems } from './problems.js';

/**
 * Checks the files of a folder that the walk had no need of. Narrower partial tiles of the log's past may be there, but
 * must begin as the present ones do; anything else below `tile/` is under no signature and is reported.
 */
export async function checkSurplus(
  paths: readonly string[],
  size: number,
  read: LogReader,
  problems: Problems,
): Promise<void> {
  for (const path of paths) {
    if (problems.tooMany) return;
    if (!path.startsWith('tile/')) continue;
    const tile = parseTilePath(path);
    const width = tile ? tileWidth(tile.level, tile.index, size) : 0;
    if (!tile) problems.add(path, 'is no file of a log');
    else if (tile.width > width) problems.add(path, `is not covered by the checkpoint, which ends at ${size} entries`);
    else if (tile.width < width) {
      const present = await readTile(read, { ...tile, width });
      const past = await read(path);
      if (present && past && !beginsWith(present, past, tile.level, tile.width)) {
        problems.add(path, `does not begin as the ${width === TILE_WIDTH ? 'full' : 'wider'} one does`);
      }
    }
  }
}

function beginsWith(present: Uint8Array, past: Uint8Array, level: number | 'entries', width: number): boolean {
  const beginning = level === 'entries' ? firstEntries(present, width) : present.subarray(0, width * HASH_BYTES);
  return Buffer.compare(beginning, past) === 0;
}
