import { HubError } from '#contracts';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { link, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';

/** The holder renews its lock this often; one not renewed for three times as long, on another machine, is left over from a crash. */
const RENEW_MS = 10_000;
const LEFT_OVER_MS = 60_000;
const TRIES = 20;

const contentSchema = z.object({ host: z.string(), pid: z.int(), started: z.string(), token: z.string() });
type Content = z.output<typeof contentSchema>;

/**
 * A file that says who works in a folder, for programs on one machine or on several over a network share. What a killed program
 * left behind is taken over: at once on the same machine, after a minute from another.
 */
export class FolderLock {
  private readonly renewing: NodeJS.Timeout;

  private constructor(
    private readonly file: string,
    private readonly text: string,
  ) {
    this.renewing = setInterval(() => void this.renew(), RENEW_MS);
    this.renewing.unref();
  }

  /** @param what who holds it, for the message: "Another mash …" @throws HubError `busy` when somebody else works there */
  static async take(file: string, what: string): Promise<FolderLock> {
    const mine: Content = {
      host: hostname(),
      pid: process.pid,
      started: startOf(process.pid) ?? '',
      token: randomUUID(),
    };
    const text = JSON.stringify(mine);
    for (let tries = 0; tries < TRIES; tries++) {
      if (await place(file, text)) return new FolderLock(file, text);
      const other = await readFile(file, 'utf8').catch(() => null);
      if (other === null) continue;
      if (!(await isLeftOver(file, other))) throw inUse(what, other);
      await breakLeftOver(file, other);
    }
    throw new HubError('busy', `${what}: several programs begin at once. Try again.`);
  }

  /** Whether it still is this program's: a machine that slept for long may have been taken for dead. */
  async isOurs(): Promise<boolean> {
    return (await readFile(this.file, 'utf8').catch(() => null)) === this.text;
  }

  /** Synchronous, so that it may be the last thing a program does. */
  release(): void {
    clearInterval(this.renewing);
    try {
      if (readFileSync(this.file, 'utf8') === this.text) rmSync(this.file, { force: true });
    } catch {
      // it is gone already, or the share is: then it is left over, and taken over by whoever comes next
    }
  }

  /**
   * Written, not only touched: a share then sets its own clock's time. Read and written through one handle: should the lock be taken
   * over in between, this writes to the old file, which is nobody's any more.
   */
  private async renew(): Promise<void> {
    const handle = await open(this.file, 'r+').catch(() => null);
    if (!handle) return;
    try {
      if ((await handle.readFile('utf8')) === this.text) await handle.write(this.text, 0);
      else clearInterval(this.renewing);
    } catch {
      // the share is away for a moment; the next time will do
    } finally {
      await handle.close().catch(() => undefined);
    }
  }
}

function inUse(what: string, other: string): HubError {
  const holder = contentOf(other);
  const who = holder ? ` (process ${holder.pid} on ${holder.host})` : '';
  return new HubError('busy', `${what}${who}. Wait until it is done, or end it first.`);
}

/** `link` makes it appear complete or not at all, and fails when there is one; not every share can, then the exclusive opening must do. */
async function place(file: string, text: string): Promise<boolean> {
  const partial = `${file}.${process.pid}-${randomUUID().slice(0, 8)}`;
  await writeFile(partial, text, { mode: 0o600, flag: 'wx' });
  try {
    await link(partial, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EOPNOTSUPP') throw error;
    return writeFile(file, text, { mode: 0o600, flag: 'wx' }).then(
      () => true,
      (reason: NodeJS.ErrnoException) => {
        if (reason.code === 'EEXIST') return false;
        throw reason;
      },
    );
  } finally {
    await rm(partial, { force: true });
  }
}

async function isLeftOver(file: string, text: string): Promise<boolean> {
  const holder = contentOf(text);
  if (holder?.host === hostname()) return !isRunning(holder);
  return (await ageOf(file)) > LEFT_OVER_MS;
}

/** By the clock of wherever the folder is: the age against a file made there now. */
async function ageOf(file: string): Promise<number> {
  const probe = `${file}.${process.pid}-${randomUUID().slice(0, 8)}`;
  try {
    await writeFile(probe, '', { mode: 0o600, flag: 'wx' });
    const [now, then] = await Promise.all([stat(probe), stat(file)]);
    return now.mtimeMs - then.mtimeMs;
  } catch {
    return 0;
  } finally {
    await rm(probe, { force: true });
  }
}

/** Of two who find the same left-over lock only one gets to rename it; a fresh one renamed by mistake is put back. */
async function breakLeftOver(file: string, stale: string): Promise<void> {
  const taken = `${file}.stale-${process.pid}-${randomUUID().slice(0, 8)}`;
  try {
    await rename(file, taken);
  } catch {
    return;
  }
  if ((await readFile(taken, 'utf8').catch(() => null)) !== stale) await link(taken, file).catch(() => undefined);
  await rm(taken, { force: true });
}

/** A process id alone may belong to another program by now; with its start time, where the system tells it, it cannot. */
function isRunning({ pid, started }: Content): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = startOf(pid);
  return now === null || started === '' || now === started;
}

/** Field 22 of /proc/<pid>/stat, after the program's name in brackets; null where there is no such file. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function contentOf(text: string): Content | null {
  try {
    return contentSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
