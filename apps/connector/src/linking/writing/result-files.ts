import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';

const ROOM = 1 << 20;

/** A file being written, a megabyte at a time. */
export class ResultFile {
  private readonly buffer = Buffer.allocUnsafeSlow(ROOM);

  constructor(private readonly handle: FileHandle) {}

  /**
   * @param count how many pieces there are
   * @param most bytes of the longest piece
   * @param piece writes piece i into the buffer from `at` on and says where it ends
   */
  async pieces(count: number, most: number, piece: (i: number, buffer: Buffer, at: number) => number): Promise<void> {
    const buffer = most > ROOM ? Buffer.allocUnsafeSlow(most) : this.buffer;
    let at = 0;
    for (let i = 0; i < count; i++) {
      if (at + most > buffer.length) {
        await this.whole(buffer.subarray(0, at));
        at = 0;
      }
      at = piece(i, buffer, at);
    }
    await this.whole(buffer.subarray(0, at));
  }

  async text(text: string): Promise<void> {
    await this.whole(Buffer.from(text));
  }

  private async whole(bytes: Buffer): Promise<void> {
    for (let from = 0; from < bytes.length;) from += (await this.handle.write(bytes, from)).bytesWritten;
  }
}

/**
 * Makes the folder, and fails at once where it cannot be written to: not after the work.
 * @throws LinkError `usage`
 */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolders(resolve(folder));
    if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error('no folder'), { code: 'ENOTDIR' });
    const probe = join(folder, `.writing-${process.pid}`);
    await (await open(probe, 'w', 0o600)).close();
    await rm(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new LinkError('usage', `Nothing can be written to ${printable(folder)}: ${whyNotWritten(code)}.`, {
      cause: error,
    });
  }
}

/** One by one from the first that is missing: made all at once, Node never comes back from a place like /proc. */
async function makeFolders(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let at = folder; (await stat(at).catch(whenMissing)) === null; at = dirname(at)) missing.unshift(at);
  for (const one of missing)
    await mkdir(one).catch((error: NodeJS.ErrnoException) => {
      // Somebody else was quicker.
      if (error.code !== 'EEXIST') throw error;
    });
}

function whenMissing(error: NodeJS.ErrnoException): null {
  if (error.code !== 'ENOENT') throw error;
  return null;
}

/** What an error of the file system means, in words. */
function whyNotWritten(code: string | undefined): string {
  return (code !== undefined && WORDS[code]) || 'the system does not allow it';
}

const WORDS: Record<string, string> = {
  EEXIST: 'it is a file, not a folder',
  ENOTDIR: 'it is a file, not a folder',
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'it may only be read',
  ENOENT: 'it cannot be made there',
  EISDIR: 'a folder stands where a file is to be',
  ENOTEMPTY: 'a folder stands where a file is to be',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  ENOSPC: 'no room is left there',
  EDQUOT: 'no room is left there',
  EFBIG: 'a file would be larger than is allowed',
  EIO: 'the disk fails',
  EMFILE: 'too many files are open',
};

/** A file to be written, in a folder of its own where it does not go with the others. */
export interface OutputFile {
  name: string;
  folder?: string;
  write: (file: ResultFile) => Promise<void>;
}

/**
 * Writes files that only appear together and whole: under other names first, and renamed when the last of them is written.
 * The last named one is taken away first and put in place last: while it is there the others belong to it.
 * Ended early, by an error or by Ctrl-C, nothing is left of them.
 */
export async function writeTogether(folder: string, files: OutputFile[]): Promise<void> {
  const parts = files.map(({ name, folder: own = folder }) => ({
    whole: join(own, name),
    part: join(own, `.${name}.${process.pid}.part`),
  }));
  const tidy = () => Promise.all(parts.map(({ part }) => rm(part, { force: true })));
  const interrupted = (signal: NodeJS.Signals) =>
    void tidy().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    for (const [i, { write }] of files.entries()) {
      const handle = await open(parts[i]!.part, 'w', 0o600);
      try {
        await write(new ResultFile(handle));
      } finally {
        await handle.close();
      }
    }
    await rm(parts.at(-1)!.whole, { force: true });
    for (const { whole, part } of parts) await rename(part, whole);
  } catch (error) {
    await tidy();
    if (error instanceof LinkError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new LinkError('failed', `The results cannot be written to ${printable(folder)}: ${whyNotWritten(code)}.`, {
      cause: error,
    });
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}
