import { HASH_BYTES, nodeHash } from '../hashing/hash.js';
import { TILE_WIDTH, type TileRef } from '../tiles/geometry.js';
import { hashesIn } from '../tiles/growing.js';
import { tilePath } from '../tiles/path.js';
import { TreeState } from '../tree/tree-state.js';
import { runs, type Problems } from './problems.js';

/** A hash, or null where the file that would give it is missing or cut. */
export type Known = Buffer | null;

/** A hash tile held against what lies under it. */
export interface CheckedTile {
  ref: TileRef & { level: number };
  path: string;
  /** Whether it is there, with the right length. */
  present: boolean;
  /** Its own hashes; where the tile is missing, those computed from below. */
  hashes: Known[];
  /** Computed from what lies under it: of each entry, or of each tile of the level below. */
  below: Known[];
  /** Slots where the two are known and differ. */
  differs: number[];
}

/** Compares a stored tile (null = missing) with the hashes computed from the level below. A wrong length is a problem. */
export function checkTile(
  ref: CheckedTile['ref'],
  stored: Uint8Array | null,
  below: Known[],
  problems: Problems,
): CheckedTile {
  const path = tilePath(ref.level, ref.index, ref.width);
  const wanted = ref.width * HASH_BYTES;
  if (!stored) problems.add(path, 'is missing');
  else if (stored.length !== wanted) {
    problems.add(
      path,
      `has ${stored.length} bytes where ${wanted} belong: it was ${stored.length < wanted ? 'cut' : 'added to'}`,
    );
  }
  const own = stored?.length === wanted ? hashesIn(stored) : null;
  const differs: number[] = [];
  own?.forEach((hash, slot) => {
    const computed = below[slot];
    if (computed && !computed.equals(hash)) differs.push(slot);
  });
  return { ref, path, present: own !== null, hashes: own ?? below, below, differs };
}

/** Root over a tile's hashes as one subtree; null unless all are known. */
export function tileRoot(tile: Pick<CheckedTile, 'hashes'>): Known {
  const edge = edgeOf(tile.hashes);
  return edge && edge.reduceRight((right, left) => nodeHash(left, right));
}

/** The perfect subtrees a tile's hashes make up, largest first; null unless all are known. */
export function edgeOf(hashes: readonly Known[]): Buffer[] | null {
  if (!hashes.every((hash) => hash !== null)) return null;
  const tree = TreeState.empty();
  tree.append(hashes);
  return tree.edge();
}

/** Says that the tile is right and what lies under it is not. */
export function blameBelow({ ref, path, differs }: CheckedTile, problems: Problems): void {
  const first = ref.index * TILE_WIDTH;
  if (ref.level === 0) {
    const bundle = tilePath('entries', ref.index, ref.width);
    const numbers = runs(differs.map((slot) => first + slot));
    problems.add(bundle, `entry ${numbers}: not what was logged there (its hash in ${path} is another)`);
    return;
  }
  for (const slot of differs) {
    problems.add(tilePath(ref.level - 1, first + slot), `does not add up to its hash in ${path} (place ${slot})`);
  }
}

/** Says that the tile is wrong: neither what lies under it nor what stands above it agrees. */
export function blameTile({ ref, path, differs }: CheckedTile, problems: Problems): void {
  const under = ref.level === 0 ? 'entries' : 'tiles';
  problems.add(path, `was changed: place ${runs(differs)} is not the hash of the ${under} under it`);
}

/** Says that the tile and what lies under it disagree, where nothing is left that could say which is right. */
export function blameEither({ ref, path, differs }: CheckedTile, problems: Problems): void {
  const under = ref.level === 0 ? 'entries' : 'tiles';
  problems.add(path, `place ${runs(differs)} and the ${under} under it disagree: one of them was changed`);
}
