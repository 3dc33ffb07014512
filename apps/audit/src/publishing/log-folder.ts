import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** One file of the log, by its path in the layout served and exported. */
export interface LogFile {
  path: string;
  bytes: Uint8Array;
}

// Beside the tree, on the same file system: a rename out of it is atomic, and what a crash left is in one place.
const WRITING = '.writing';
const AT_ONCE = 32;

/** The folder of the log's files. Paths given to it are constants or come from `tilePath`, never from a request as it is. */
export class LogFolder {
  constructor(private readonly dir: string) {}

  /** Makes the folder, and clears away what a crash left half-written. For the one sequencer only. */
  async prepare(): Promise<void> {
    await rm(join(this.dir, WRITING), { recursive: true, force: true, maxRetries: 5 });
    await mkdir(join(this.dir, WRITING), { recursive: true, mode: 0o750 });
  }

  /** A file's bytes, or null when there is none. */
  readonly read = async (path: string): Promise<Buffer | null> => {
    try {
      return await readFile(join(this.dir, path));
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  };

  /** Paths of all files below `tile/`, whatever they are. */
  async tileFiles(): Promise<string[]> {
    const found = await readdir(join(this.dir, 'tile'), { recursive: true, withFileTypes: true }).catch(
      (error: unknown) => {
        if (isAbsent(error)) return [];
        throw error;
      },
    );
    return found
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(this.dir, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
  }

  /** Writes files, each whole or not at all. When this returns they survive a loss of power. */
  async write(files: readonly LogFile[]): Promise<void> {
    for (let at = 0; at < files.length; at += AT_ONCE)
      await Promise.all(files.slice(at, at + AT_ONCE).map((file) => this.writeOne(file)));
    const folders = new Set(files.flatMap((file) => foldersOf(file.path)));
    await Promise.all([...folders].map((folder) => flush(join(this.dir, folder))));
  }

  /** Drops the partial tiles of a tile that is full now (tlog-tiles, "Partial Tiles": the full one stands in). */
  async dropPartials(fullTilePath: string): Promise<void> {
    await rm(join(this.dir, `${fullTilePath}.p`), { recursive: true, force: true });
  }

  private async writeOne({ path, bytes }: LogFile): Promise<void> {
    const temporary = join(this.dir, WRITING, randomUUID());
    const handle = await open(temporary, 'wx', 0o640);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await mkdir(join(this.dir, dirname(path)), { recursive: true, mode: 0o750 });
    await rename(temporary, join(this.dir, path));
  }
}

/** Every folder above a file, the log's own (`.`) last: a new name is only safe once the folder that holds it is flushed. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === '.') return folders;
  }
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
