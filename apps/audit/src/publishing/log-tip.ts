import { encodeEntryBundle, growTiles, leafHash, TILE_WIDTH, tilePath, TreeState, type TileRef } from '#ledger';
import type { LogFile } from './log-folder.js';

/** A tile or bundle as a file. */
export type TileFile = TileRef & LogFile;

/** What a checkpoint signs, and the right edge that goes on from it. */
export interface NextHead {
  size: number;
  root: Buffer;
  edge: Buffer[];
}

/**
 * The growing end of the log: all that is needed to write its next files, at most 256 entries and a partial tile a level.
 * Built from the entries in the database and from nothing else, so files can always be made again.
 */
export class LogTip {
  private readonly tree = TreeState.empty();
  /** The partial tile of each level that has one. */
  private readonly partials: (Uint8Array | undefined)[] = [];
  /** The entries of the partial bundle. */
  private tail: Uint8Array[] = [];

  get size(): number {
    return this.tree.size;
  }

  root(): Buffer {
    return this.tree.root();
  }

  edge(): Buffer[] {
    return this.tree.edge();
  }

  /** The head the log would have with these entries too. Changes nothing: they are not committed yet. */
  headWith(entries: readonly Uint8Array[]): NextHead {
    const tree = TreeState.from(this.tree.size, this.tree.edge());
    tree.append(entries.map(leafHash));
    return { size: tree.size, root: tree.root(), edge: tree.edge() };
  }

  /** Takes committed entries. @returns the files that change by it, full and partial */
  append(entries: readonly Uint8Array[]): TileFile[] {
    const hashes = entries.map(leafHash);
    const bundles = this.appendToBundles(entries);
    const tiles = growTiles(this.tree.size, this.partials, hashes);
    for (const tile of tiles) this.partials[tile.level] = tile.width < TILE_WIDTH ? tile.bytes : undefined;
    this.tree.append(hashes);
    return [...bundles, ...tiles.map((tile) => ({ ...tile, path: tilePath(tile.level, tile.index, tile.width) }))];
  }

  private appendToBundles(entries: readonly Uint8Array[]): TileFile[] {
    const waiting = [...this.tail, ...entries];
    const first = Math.floor(this.tree.size / TILE_WIDTH);
    const files: TileFile[] = [];
    for (let at = 0; at < waiting.length; at += TILE_WIDTH) {
      const held = waiting.slice(at, at + TILE_WIDTH);
      const ref: TileRef = { level: 'entries', index: first + at / TILE_WIDTH, width: held.length };
      files.push({ ...ref, path: tilePath(ref.level, ref.index, ref.width), bytes: encodeEntryBundle(held) });
    }
    this.tail = waiting.slice(waiting.length - (waiting.length % TILE_WIDTH));
    return files;
  }
}
