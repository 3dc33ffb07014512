import { rangeHash, type TileReader } from '../tiles/reading.js';
import { consistencyRanges, inclusionRanges, type Range } from './ranges.js';

/**
 * Inclusion proof of the entry at `index` (from 0) in the tree of `size` entries, from its sibling up. Reads at most
 * one tile a level. The tiles are not checked here: verify the proof against a signed checkpoint before passing it on.
 */
export async function inclusionProof(index: number, size: number, read: TileReader): Promise<Buffer[]> {
  return hashesOf(inclusionRanges(index, size), size, read);
}

/** Consistency proof from the tree of size `a` to that of size `b`, read from the tiles of `b`. */
export async function consistencyProof(a: number, b: number, read: TileReader): Promise<Buffer[]> {
  return hashesOf(consistencyRanges(a, b), b, read);
}

function hashesOf(ranges: readonly Range[], size: number, read: TileReader): Promise<Buffer[]> {
  const remembering = readEachOnce(read);
  return Promise.all(ranges.map((range) => rangeHash(range, size, remembering)));
}

/** Neighbouring hashes of a proof come from the same tile. */
function readEachOnce(read: TileReader): TileReader {
  const seen = new Map<string, Promise<Buffer>>();
  return (level, index, width) => {
    const key = `${level}/${index}/${width}`;
    const tile = seen.get(key) ?? read(level, index, width);
    seen.set(key, tile);
    return tile;
  };
}
