import type { KeyObject } from 'node:crypto';
import { leafHash } from '../hashing/hash.js';
import { signCheckpoint } from '../notes/checkpoint.js';
import { vkeyOf } from '../notes/vkey.js';
import { rootOf } from '../tree/tree-state.js';
import { encodeEntryBundle } from './bundle.js';
import { TILE_WIDTH, tilesFor } from './geometry.js';
import { growTiles } from './growing.js';
import { tilePath } from './path.js';

/**
 * Every file of a log with these entries, by path, as it is served and exported: for small logs made in one go (samples,
 * tests). A sequencer writes only what changes, with `growTiles`.
 */
export function logFiles(log: {
  origin: string;
  entries: readonly Uint8Array[];
  privateKey: KeyObject;
}): Map<string, Buffer> {
  const { origin, entries, privateKey } = log;
  const hashes = entries.map(leafHash);
  const files = new Map<string, Buffer>();
  for (const { level, index, width } of tilesFor(0, entries.length)) {
    if (level !== 'entries') continue;
    files.set(
      tilePath(level, index, width),
      encodeEntryBundle(entries.slice(index * TILE_WIDTH, index * TILE_WIDTH + width)),
    );
  }
  for (const tile of growTiles(0, [], hashes)) files.set(tilePath(tile.level, tile.index, tile.width), tile.bytes);
  const head = { origin, size: entries.length, root: rootOf(hashes) };
  files.set('checkpoint', Buffer.from(signCheckpoint(head, privateKey)));
  // Without a newline: then a copy that lost its last byte shows.
  files.set('key.vkey', Buffer.from(vkeyOf(origin, privateKey)));
  return files;
}
