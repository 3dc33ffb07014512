import { LedgerError } from '../errors.js';
import { emptyRoot, HASH_BYTES, nodeHash } from '../hashing/hash.js';
import { largestPower, splitPoint } from '../tree/size.js';
import type { Range } from '../tree/ranges.js';
import { rootOf, TreeState } from '../tree/tree-state.js';
import { firstEntries } from './bundle.js';
import { tileWidth, TILE_WIDTH, type TileRef } from './geometry.js';
import { hashesIn } from './growing.js';
import { tilePath } from './path.js';

/**
 * Reads one file of a log by its path (`checkpoint`, `tile/0/000`, …). null = there is no such file; a reader that
 * cannot tell (network down) must throw instead.
 */
export type LogReader = (path: string) => Promise<Uint8Array | null>;

/** Reads one hash tile: exactly `width` × 32 bytes. */
export type TileReader = (level: number, index: number, width: number) => Promise<Buffer>;

/**
 * The bytes of a tile or bundle, or null when there is none. A log may drop a partial one once the full one stands
 * (tlog-tiles, "Partial Tiles"); both begin alike, so the beginning of the full one then stands in.
 */
export async function readTile(read: LogReader, { level, index, width }: TileRef): Promise<Uint8Array | null> {
  const own = await read(tilePath(level, index, width));
  if (own || width === TILE_WIDTH) return own;
  const full = await read(tilePath(level, index));
  if (!full) return null;
  return level === 'entries' ? firstEntries(full, width) : full.subarray(0, width * HASH_BYTES);
}

/** A hash tile reader over a log's files. Throws `tile_missing` and `tile_malformed`. */
export function tileReader(read: LogReader): TileReader {
  return async (level, index, width) => {
    const bytes = await readTile(read, { level, index, width });
    const path = tilePath(level, index, width);
    if (!bytes) throw new LedgerError('tile_missing', `${path} is missing`);
    if (bytes.length !== width * HASH_BYTES) {
      throw new LedgerError('tile_malformed', `${path} has ${bytes.length} bytes, not ${width * HASH_BYTES}`);
    }
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}

/** Hash of a subtree of the log, read from the tiles of the tree of `size` entries. */
export async function rangeHash({ from, to }: Range, size: number, read: TileReader): Promise<Buffer> {
  const leaves = to - from;
  if (leaves === 0) return emptyRoot();
  // Powers of two up to 2^52 have exact logarithms; it is only taken of those.
  if (largestPower(leaves) === leaves) return perfectHash(Math.log2(leaves), from / leaves, size, read);
  const middle = from + splitPoint(leaves);
  const [left, right] = await Promise.all([
    rangeHash({ from, to: middle }, size, read),
    rangeHash({ from: middle, to }, size, read),
  ]);
  return nodeHash(left, right);
}

/** The compact state of a log's first `size` entries, from the tiles of a log of `treeSize` (default: the same). */
export async function treeStateAt(size: number, read: TileReader, treeSize: number = size): Promise<TreeState> {
  const edge: Promise<Buffer>[] = [];
  for (let from = 0; from < size;) {
    const to = from + largestPower(size - from);
    edge.push(rangeHash({ from, to }, treeSize, read));
    from = to;
  }
  return TreeState.from(size, await Promise.all(edge));
}

/** Hash of the `position`-th perfect subtree of 2^height leaves: the tile above it holds it or the hashes it is made of. */
async function perfectHash(height: number, position: number, size: number, read: TileReader): Promise<Buffer> {
  const level = Math.floor(height / 8);
  const count = 2 ** (height % 8);
  const first = position * count;
  const index = Math.floor(first / TILE_WIDTH);
  const tile = await read(level, index, tileWidth(level, index, size));
  const offset = first % TILE_WIDTH;
  return rootOf(hashesIn(tile).slice(offset, offset + count));
}
