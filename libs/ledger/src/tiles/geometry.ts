import { parseSize } from '../tree/size.js';

/** Hashes in a full tile, entries in a full bundle (c2sp.org/tlog-tiles). */
export const TILE_WIDTH = 256;

/** A hash tile (its level, from 0 at the leaves) or a bundle of entries. */
export type TileLevel = number | 'entries';

/** One tile or bundle: `index` from 0 within its level, `width` 1 to 256 (below 256 = partial). */
export interface TileRef {
  level: TileLevel;
  index: number;
  width: number;
}

/** How many hashes (or entries) a level has in a tree of `size` entries. */
export function hashesAt(level: TileLevel, size: number): number {
  return level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level);
}

/** Width of a tile in a tree of `size` entries: 0 when it does not exist there. */
export function tileWidth(level: TileLevel, index: number, size: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, hashesAt(level, size) - index * TILE_WIDTH));
}

/**
 * The tiles and bundles that must be written when a log grows from `oldSize` to `newSize` entries: level by level from
 * the entries up, full and partial, only those that change. `tilesFor(0, size)` is every file a log of that size has.
 */
export function tilesFor(oldSize: number, newSize: number): TileRef[] {
  parseSize(oldSize);
  parseSize(newSize);
  const changed: TileRef[] = [];
  for (const level of levelsOf(newSize)) {
    const first = Math.floor(hashesAt(level, oldSize) / TILE_WIDTH);
    for (let index = first; index * TILE_WIDTH < hashesAt(level, newSize); index++) {
      const width = tileWidth(level, index, newSize);
      if (width > tileWidth(level, index, oldSize)) changed.push({ level, index, width });
    }
  }
  return changed;
}

/** The partial tiles of a tree, level 0 first: what its sequencer must hold to write the next ones. */
export function partialTiles(size: number): (TileRef & { level: number })[] {
  const partial: (TileRef & { level: number })[] = [];
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    const width = hashesAt(level, size) % TILE_WIDTH;
    if (width > 0) partial.push({ level, index: Math.floor(hashesAt(level, size) / TILE_WIDTH), width });
  }
  return partial;
}

function levelsOf(size: number): TileLevel[] {
  const levels: TileLevel[] = size > 0 ? ['entries'] : [];
  for (let level = 0; hashesAt(level, size) > 0; level++) levels.push(level);
  return levels;
}
