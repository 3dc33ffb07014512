import { LedgerError } from '../errors.js';
import { HASH_BYTES, requireHash } from '../hashing/hash.js';
import { parseSize } from '../tree/size.js';
import { rootOf } from '../tree/tree-state.js';
import { hashesAt, TILE_WIDTH, type TileRef } from './geometry.js';

/** A hash tile as it must be written. */
export interface GrownTile extends TileRef {
  level: number;
  bytes: Buffer;
}

/**
 * The hash tiles to write when `leafHashes` are appended to a log of `size` entries.
 * `partials[level]` is the content of that level's partial tile (absent or empty where the level has none), as
 * `partialTiles(size)` lists them. Lower levels come first. Throws `tile_malformed` when a partial tile has not the
 * width its level must have: going on would write a wrong tree.
 */
export function growTiles(
  size: number,
  partials: readonly (Uint8Array | undefined)[],
  leafHashes: readonly Uint8Array[],
): GrownTile[] {
  parseSize(size + leafHashes.length);
  leafHashes.forEach(requireHash);
  const grown: GrownTile[] = [];
  let added: readonly Uint8Array[] = leafHashes;
  for (let level = 0; added.length > 0; level++) {
    const tiles = growLevel(level, size, partials[level] ?? new Uint8Array(0), added);
    grown.push(...tiles);
    added = tiles.filter((tile) => tile.width === TILE_WIDTH).map((tile) => rootOf(hashesIn(tile.bytes)));
  }
  return grown;
}

/** Cuts a tile's bytes into its hashes (views, not copies). */
export function hashesIn(tile: Uint8Array): Buffer[] {
  const bytes = Buffer.from(tile.buffer, tile.byteOffset, tile.byteLength);
  return Array.from({ length: Math.floor(bytes.length / HASH_BYTES) }, (_, at) =>
    bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}

function growLevel(level: number, size: number, partial: Uint8Array, added: readonly Uint8Array[]): GrownTile[] {
  const before = hashesAt(level, size);
  if (partial.length !== (before % TILE_WIDTH) * HASH_BYTES) {
    throw new LedgerError('tile_malformed', `the partial tile of level ${level} does not fit a log of ${size} entries`);
  }
  const hashes = [...hashesIn(partial), ...added];
  const tiles: GrownTile[] = [];
  for (let at = 0; at < hashes.length; at += TILE_WIDTH) {
    const bytes = Buffer.concat(hashes.slice(at, at + TILE_WIDTH));
    const index = Math.floor(before / TILE_WIDTH) + at / TILE_WIDTH;
    tiles.push({ level, index, width: bytes.length / HASH_BYTES, bytes });
  }
  return tiles;
}
