import { HubError, isHubError, type FeedName } from '#contracts';
import { lstat, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgencyFolder } from '../agency/agency-folder.js';
import type { CheckedFile } from '../checking/check-file.js';
import { FolderLock } from '../keeping/folder-lock.js';
import { writeWhole } from '../keeping/write-whole.js';
import type { SealOptions } from '../sealing/seal-file.js';
import { Stopped } from '../sending/deliver.js';
import { finishUnfinished, sendFile } from '../sending/send-file.js';
import { unfinishedFeeds } from '../sending/sending-state.js';
import type { Way } from '../sending/ways.js';
import { failureReport } from './failure-report.js';
import { FAILED, look, PROCESSED, type Found, type Looked } from './look.js';
import { prepareFolders, putAway } from './put-away.js';
import { Settling } from './settling.js';
import { feedOfFile, type FeedRules } from './which-feed.js';

export interface Watching {
  dir: string;
  folder: AgencyFolder;
  rules: FeedRules;
  /** how files are read and sealed; the feed is each file's own */
  options: Omit<SealOptions, 'feed'>;
  way: Way;
  settleMs: number;
  /** between two looks */
  intervalMs: number;
  markerOnly: boolean;
  /** one round: what is whole now, or becomes so within the settling time */
  once: boolean;
  retryForMs: number;
  signal: AbortSignal;
  tell: (news: WatchNews) => void;
}

export type WatchNews =
  | {
      event: 'sent';
      file: string;
      feed: FeedName;
      submission: string;
      rows: number;
      batches: number;
      toCorrect: number;
      confidentialDropped: number;
    }
  | { event: 'failed'; file: string; code: string; message: string }
  /** left where it is, and tried again */
  | { event: 'waiting' | 'left'; file: string; message: string }
  | { event: 'note'; message: string };

/** Files that failed, those of them the hub itself refused, and how often one had to be left for later. */
export interface WatchOutcome {
  failed: number;
  refused: number;
  waiting: number;
}

/** A file's own fault: it goes to `failed`. Everything else may pass, and the file stays. */
const FAULTS = new Set(['usage', 'no_good_row', 'refused', 'too_large', 'too_compressed', 'invalid_row', 'malformed']);
const LONGEST_PAUSE_MS = 60_000;

/**
 * Sends every whole file that appears in a folder and puts it away. Looks, and does not listen: changes on a network share are told
 * to nobody. What was sent is remembered where sending remembers it (sending-state.ts), so a crash at any point sends no file twice
 * and loses none; one watcher works on a folder at a time.
 * @throws HubError `busy` when somebody else watches the folder, `usage` for one that cannot be watched
 */
export async function watch(watching: Watching): Promise<WatchOutcome> {
  await prepareFolders(watching.dir);
  const lock = await FolderLock.take(join(watching.dir, '.mash-watch.lock'), 'Another mash watches this folder');
  try {
    return await new Watch(watching, lock).run();
  } catch (error) {
    if (error instanceof Stopped) return { failed: 0, refused: 0, waiting: 0 };
    throw error;
  } finally {
    lock.release();
  }
}

class Watch {
  private readonly settling: Settling;
  private readonly told = new Set<string>();
  private readonly outcome: WatchOutcome = { failed: 0, refused: 0, waiting: 0 };
  /** grows while the hub cannot be reached */
  private pauseMs: number;

  constructor(
    private readonly given: Watching,
    private readonly lock: FolderLock,
  ) {
    this.settling = new Settling(given.settleMs, given.markerOnly);
    this.pauseMs = given.intervalMs;
  }

  async run() {
    const { dir, once, signal } = this.given;
    await this.finishEarlier();
    const until = performance.now() + this.given.settleMs + 2 * this.given.intervalMs;
    while (!signal.aborted) {
      const looked = await this.lookAround(dir);
      const reached = await this.takeAll(this.settling.settled(looked.files));
      this.pauseMs = reached ? this.given.intervalMs : Math.min(2 * this.pauseMs, LONGEST_PAUSE_MS);
      if (once && (!reached || !this.settling.isWaiting(looked.files) || performance.now() > until)) break;
      await sleep(this.pauseMs, undefined, { signal }).catch(() => undefined);
    }
    return this.outcome;
  }

  /** What a run before left half sent goes first: its file may be gone. */
  private async finishEarlier(): Promise<void> {
    for (const feed of await unfinishedFeeds(this.given.folder))
      try {
        await finishUnfinished({
          ...this.sending(feed),
          onNews: (message) => this.given.tell({ event: 'note', message }),
        });
      } catch (error) {
        if (error instanceof Stopped) throw error;
        this.given.tell({ event: 'note', message: wordsOf(error) });
      }
  }

  private async lookAround(dir: string): Promise<Looked> {
    const looked = await look(dir).catch((error: NodeJS.ErrnoException): Looked => {
      // A share that is away for a while comes back.
      this.tellOnce('waiting', '.', `the folder cannot be read (${error.code}); it is looked at again`);
      return { files: [], left: [] };
    });
    for (const { path, why } of looked.left) this.tellOnce('left', path, why);
    const there = new Set([...looked.files, ...looked.left].map(({ path }) => path));
    for (const key of this.told)
      if (key.startsWith('left ') && !there.has(key.slice(5).split('\n')[0]!)) this.told.delete(key);
    return looked;
  }

  /** @returns false when the hub could not be reached */
  private async takeAll(files: Found[]): Promise<boolean> {
    for (const found of files) {
      if (this.given.signal.aborted) return true;
      if (!(await this.lock.isOurs()))
        throw new HubError('busy', 'Another mash took this folder over while this one did not answer. This one stops.');
      const feed = feedOfFile(found.path, this.given.rules);
      if (!feed)
        this.tellOnce(
          'left',
          found.path,
          'no feed is known for it: name it after one, put it into a folder of that name, or give --map',
        );
      else if (!(await this.take(found, feed))) return false;
    }
    return true;
  }

  /** @returns false when the hub could not be reached */
  private async take(found: Found, feed: FeedName): Promise<boolean> {
    const file = join(this.given.dir, found.path);
    let checked: CheckedFile | null = null;
    try {
      await requireInside(this.given.dir, file);
      await this.sendAndPutAway(found, feed, file, (one) => (checked = one));
    } catch (error) {
      if (error instanceof Stopped) throw error;
      const code = String((error as { code?: unknown }).code ?? 'internal');
      if (code === 'conflict') this.settling.again(found.path);
      else if (FAULTS.has(code)) await this.fail(found, error as HubError, checked);
      else {
        this.outcome.waiting++;
        this.tellOnce('waiting', found.path, wordsOf(error));
        return !isHubError(error) || code === 'busy';
      }
    }
    return true;
  }

  private async sendAndPutAway(found: Found, feed: FeedName, file: string, onChecked: (checked: CheckedFile) => void) {
    let checked: CheckedFile | null = null;
    const request = {
      ...this.sending(feed),
      file,
      onChecked: async (one: CheckedFile) => {
        onChecked((checked = one));
        // Once more before anything leaves: while it was read, a link could have stood in its place.
        await requireInside(this.given.dir, file);
      },
      onNews: (message: string) => this.given.tell({ event: 'note', message }),
    };
    const sent = await sendFile(request).catch((error: unknown) => {
      // What was sealed is damaged on the disk: the file is here, and is sealed again.
      if ((error as { code?: unknown }).code === 'integrity') return sendFile({ ...request, anew: true });
      throw error;
    });
    try {
      const { state } = sent;
      const problems = countProblems(checked);
      const report = problems > 0 ? (place: string) => writeWhole(place, failureReport(checked)) : undefined;
      await putAway(this.given.dir, found, PROCESSED, report);
      this.given.tell({
        event: 'sent',
        file: found.path,
        feed,
        submission: state.submission,
        rows: state.rows,
        batches: state.batches.length,
        toCorrect: problems,
        confidentialDropped: state.confidentialDropped,
      });
    } catch (error) {
      // Sent, but not put away (a full disk, a lost share): the state stays, and the next look puts it away without sending.
      sent.keep();
      throw error;
    }
    sent.finish();
  }

  private async fail(found: Found, error: HubError, checked: CheckedFile | null): Promise<void> {
    const { code } = error;
    const message = error.message.replaceAll(join(this.given.dir, found.path), 'The file');
    const put = await putAway(this.given.dir, found, FAILED, (place) =>
      writeWhole(place, failureReport(checked, { code, message })),
    );
    // It was written anew, or is gone: what was wrong was wrong with another file.
    if (put === null) return this.settling.again(found.path);
    this.outcome.failed++;
    if (code !== 'usage') this.outcome.refused++;
    this.given.tell({ event: 'failed', file: found.path, code, message });
  }

  private sending(feed: FeedName) {
    const { folder, options, way, retryForMs, signal } = this.given;
    return { folder, options: { ...options, feed }, way, retryForMs, signal };
  }

  private tellOnce(event: 'waiting' | 'left', file: string, message: string): void {
    const key = `${event} ${file}\n${message}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    this.given.tell({ event, file, message });
  }
}

/** File or subfolder could have been made a link since the look. @throws HubError `forbidden` */
async function requireInside(dir: string, file: string): Promise<void> {
  const [root, real, entry] = await Promise.all([realpath(dir), realpath(file), lstat(file)]);
  if (entry.isFile() && real.startsWith(`${root}${sep}`)) return;
  throw new HubError('forbidden', 'It is a link, or lies behind one; it is not read.');
}

function countProblems(checked: CheckedFile | null): number {
  return (checked?.problems.length ?? 0) + (checked?.fieldProblems.length ?? 0);
}

function wordsOf(error: unknown): string {
  if (isHubError(error)) return error.message;
  const { code, name } = error as { code?: string; name?: string };
  return `it cannot be read or sent now (${code ?? name ?? 'unknown'}); it is tried again`;
}
