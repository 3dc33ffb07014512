import { leafHash } from '../hashing/hash.js';
import type { TreeHead } from '../notes/checkpoint.js';
import { splitBundle } from '../tiles/bundle.js';
import { partialTiles, TILE_WIDTH, tileWidth } from '../tiles/geometry.js';
import { tilePath } from '../tiles/path.js';
import { readTile, type LogReader } from '../tiles/reading.js';
import { TreeState } from '../tree/tree-state.js';
import { ahead } from './ahead.js';
import type { Problems } from './problems.js';
import {
  blameBelow,
  blameEither,
  blameTile,
  checkTile,
  edgeOf,
  tileRoot,
  type CheckedTile,
  type Known,
} from './tile-check.js';

const READ_AHEAD = 8;

/** How far a verification is, in entries. */
export type Progress = (done: number, total: number) => void;

/**
 * Reads every bundle and tile of a log once, from the entries up, and reports where neighbours disagree.
 *
 * Of two neighbours that disagree the one that agrees with nobody else is at fault: a tile that agrees with the level
 * above is right, so what lies under it was changed; one that agrees with neither side was changed itself. So a tile's
 * disagreement waits until the level above has spoken, and for the last, partial tiles the signed root speaks.
 * Memory: one tile a level, so a log of any size can be read.
 */
export class TileWalk {
  /** Full tiles under the tile that each level is filling, by level (from 1). */
  private readonly waiting: CheckedTile[][] = [];
  /** The partial tile of each level that has one. */
  private readonly edge: CheckedTile[] = [];

  constructor(
    private readonly read: LogReader,
    private readonly head: TreeHead,
    private readonly problems: Problems,
  ) {}

  async run(onProgress?: Progress): Promise<void> {
    const { size } = this.head;
    const bundles = Math.ceil(size / TILE_WIDTH);
    let index = 0;
    for await (const [bundle, tile] of ahead(bundles, READ_AHEAD, (at) => this.readPair(at))) {
      const width = tileWidth('entries', index, size);
      const checked = checkTile({ level: 0, index, width }, tile, this.leaves(index, width, bundle), this.problems);
      await this.file(checked);
      if (this.problems.tooMany) return;
      onProgress?.(index * TILE_WIDTH + width, size);
      index += 1;
    }
    await this.closeRightEdge();
  }

  private readPair(index: number): Promise<[Uint8Array | null, Uint8Array | null]> {
    const width = tileWidth('entries', index, this.head.size);
    return Promise.all([
      readTile(this.read, { level: 'entries', index, width }),
      readTile(this.read, { level: 0, index, width }),
    ]);
  }

  private leaves(index: number, width: number, bundle: Uint8Array | null): Known[] {
    const path = tilePath('entries', index, width);
    if (!bundle) this.problems.add(path, 'is missing');
    const { entries, fault } = bundle ? splitBundle(bundle, width) : { entries: [], fault: null };
    if (fault) this.problems.add(path, fault);
    return Array.from({ length: width }, (_, at) => (entries[at] ? leafHash(entries[at]) : null));
  }

  /** A full tile waits under the level above, which is closed when it has 256 of them; a partial one for the root. */
  private async file(tile: CheckedTile): Promise<void> {
    if (tile.ref.width < TILE_WIDTH) {
      this.edge[tile.ref.level] = tile;
      return;
    }
    const above = tile.ref.level + 1;
    const siblings = (this.waiting[above] ??= []);
    siblings.push(tile);
    if (siblings.length === TILE_WIDTH) await this.close(above, Math.floor(tile.ref.index / TILE_WIDTH));
  }

  /** Checks the tile over those that wait under it, which settles who is at fault among them. */
  private async close(level: number, index: number): Promise<void> {
    const under = this.waiting[level] ?? [];
    this.waiting[level] = [];
    const ref = { level, index, width: under.length };
    const tile = checkTile(ref, await readTile(this.read, ref), under.map(tileRoot), this.problems);
    under.forEach((child, slot) => {
      if (child.differs.length === 0) return;
      const at = tile.differs.indexOf(slot);
      // A child at fault explains the difference here: it is not also this tile's.
      if (at >= 0) tile.differs.splice(at, 1);
      const blame = !tile.present ? blameEither : at >= 0 ? blameTile : blameBelow;
      blame(child, this.problems);
    });
    await this.file(tile);
  }

  /** The last tiles of each level, lowest first, and then the root over them. */
  private async closeRightEdge(): Promise<void> {
    const partial = partialTiles(this.head.size);
    for (const { level, index } of partial) if (level > 0) await this.close(level, index);
    const edge = partial.map(({ level }) => this.edge[level] as CheckedTile);
    const suspects = edge.filter((tile) => tile.differs.length > 0);
    const root = this.rootOver(edge.map((tile) => tile.hashes));
    const rootFromBelow = this.rootOver(edge.map((tile) => tile.below));
    if (root?.equals(this.head.root)) return suspects.forEach((tile) => blameBelow(tile, this.problems));
    if (rootFromBelow?.equals(this.head.root)) return suspects.forEach((tile) => blameTile(tile, this.problems));
    suspects.forEach((tile) => blameEither(tile, this.problems));
    if (root) this.problems.add('checkpoint', `its root is not that of the ${this.head.size} entries that are here`);
  }

  /** Root over the partial tiles' hashes, lowest level first; null unless all are known. */
  private rootOver(levels: Known[][]): Known {
    const edges = levels.map(edgeOf).reverse();
    if (!edges.every((edge) => edge !== null)) return null;
    return TreeState.from(this.head.size, edges.flat()).root();
  }
}
