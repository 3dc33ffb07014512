import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** How much text is gathered before it is written: big enough to be quick, small enough to be nothing in memory. */
const CHUNK = 1 << 18;

/** Many files of one folder, each started with its first line. Every write is awaited, so a slow disk slows the making. */
export class OpenFiles {
  private readonly files = new Map<string, { handle: FileHandle; waiting: string[]; size: number }>();

  constructor(private readonly dir: string) {}

  /** Adds text to a file; the first time the file is made anew, with `header` above. */
  async add(path: string, text: string, header = ''): Promise<void> {
    let file = this.files.get(path);
    if (!file) {
      const full = join(this.dir, path);
      await mkdir(dirname(full), { recursive: true });
      file = { handle: await open(full, 'w'), waiting: [header], size: header.length };
      this.files.set(path, file);
    }
    file.waiting.push(text);
    file.size += text.length;
    if (file.size < CHUNK) return;
    const ready = file.waiting.join('');
    file.waiting = [];
    file.size = 0;
    await file.handle.writeFile(ready);
  }

  /** Writes what is left and closes every file, also when one of them fails. */
  async close(): Promise<void> {
    const closed = await Promise.allSettled(
      [...this.files.values()].map(async ({ handle, waiting }) => {
        try {
          await handle.writeFile(waiting.join(''));
        } finally {
          await handle.close();
        }
      }),
    );
    const failed = closed.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }
}
