import { decodeEntryBundle, encodeEntryBundle, HASH_BYTES, parseTilePath, tileWidth, type TileRef } from '#ledger';
import type { LogFolder } from '../publishing/log-folder.js';
import type { TileFile } from '../publishing/log-tip.js';
import type { Faults } from './faults.js';

/** Compares the folder's tiles and bundles with those the database gives, file by file. */
export class FolderFiles {
  /** Files the database gives and the folder has not. */
  readonly missing = new Set<string>();

  private constructor(
    private readonly folder: LogFolder,
    private readonly faults: Faults,
    /** Narrower partial tiles of the log's past, by the tile they grew into. */
    private readonly past: ReadonlyMap<string, TileRef[]>,
    private readonly present: ReadonlySet<string>,
  ) {}

  /** @param size entries of the log in the database; a file beyond it is a fault */
  static async in(folder: LogFolder, size: number, faults: Faults): Promise<FolderFiles> {
    const paths = await folder.tileFiles();
    const past = new Map<string, TileRef[]>();
    for (const path of paths) {
      const ref = parseTilePath(path);
      const width = ref ? tileWidth(ref.level, ref.index, size) : 0;
      if (!ref) faults.add(path, 'is no file of a log');
      else if (ref.width > width)
        faults.add(path, `the database has only ${size} entries: the files are ahead of the database`);
      else if (ref.width < width) past.set(nameOf(ref), [...(past.get(nameOf(ref)) ?? []), ref]);
    }
    return new FolderFiles(folder, faults, past, new Set(paths));
  }

  /** Compares one derived file, and the narrower ones it grew from. */
  async compare(file: TileFile): Promise<void> {
    await this.compareBytes(file.path, file.bytes);
    for (const { width } of this.past.get(nameOf(file)) ?? []) {
      const path = `${file.path.replace(/\.p\/\d+$/, '')}.p/${width}`;
      await this.compareBytes(path, beginningOf(file, width));
    }
  }

  private async compareBytes(path: string, bytes: Uint8Array): Promise<void> {
    const held = this.present.has(path) ? await this.folder.read(path) : null;
    if (!held) this.missing.add(path);
    else if (!held.equals(bytes)) this.faults.add(path, 'is not what the entries in the database give');
  }
}

function beginningOf(file: TileFile, width: number): Uint8Array {
  if (file.level !== 'entries') return file.bytes.subarray(0, width * HASH_BYTES);
  return encodeEntryBundle(decodeEntryBundle(file.bytes, file.width).slice(0, width));
}

function nameOf({ level, index }: TileRef): string {
  return `${level}/${index}`;
}
