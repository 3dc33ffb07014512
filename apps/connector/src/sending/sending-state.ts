import { FEEDS, HubError, type FeedName } from '#contracts';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AgencyFolder } from '../agency/agency-folder.js';
import { syncFolder, writeWhole } from '../keeping/write-whole.js';

/*
 * What a sending has done so far, in the agency's folder, so that the same command goes on after a cut:
 *
 *   sending/<feed>/lock                     who is sending this feed now
 *   sending/<feed>/sequence                 of the last submission
 *   sending/<feed>/state.json               the submission that is being sent (below); no person data, no file name
 *   sending/<feed>/<submission>/<batch>.pgp its batches, sealed, until they are acknowledged
 *   sending/<feed>/finished.json            files whose sending a run for another file finished: their own command is still to be told
 *   submissions/<submission>.json           what was sent, for reading receipts
 *
 * Batches are sealed and on the disk before the state names them, and nothing leaves before that: a cut while sealing leaves nothing
 * behind but files nobody names. A batch's file goes after its acknowledgement is on the disk. A cut between the hub's taking and
 * the acknowledgement here sends the same bytes once more, and the hub answers with its first receipt.
 */

const instant = z.iso.datetime();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const lineRun = z.tuple([z.int(), z.int(), z.int()]);

const batchSchema = z.object({
  batch: z.int().min(1),
  rows: z.int().min(0),
  bytes: z.int().min(1),
  /** of the sealed bytes */
  sha256,
  /** when the hub (or the broker) confirmed it; null: not yet */
  acknowledgedAt: instant.nullable(),
  /** what the hub's HTTPS answer called its receipt */
  receipt: z.guid().optional(),
  /** where its rows stand in the file, see sealing/line-runs.ts */
  lines: z.array(lineRun),
});
export type BatchState = z.output<typeof batchSchema>;

const stateSchema = z.object({
  format: z.literal('mash.sending/1'),
  submission: z.guid(),
  feed: z.enum(FEEDS),
  mode: z.enum(['full', 'delta']),
  sequence: z.int().nonnegative(),
  /** what was sealed: the file's content with the options that say how to read it, and when it was last written */
  source: z.object({ sha256, bytes: z.int().min(0), modifiedMs: z.number() }),
  /** fingerprints of the keys it was sealed to and signed with */
  keys: z.object({ hub: z.string(), agency: z.string() }),
  sealedAt: instant,
  rows: z.int().min(0),
  confidentialDropped: z.int().min(0),
  /** column heading → field, for the rows to correct */
  columns: z.record(z.string(), z.string()),
  batches: z.array(batchSchema).min(1),
});
export type SendingState = z.output<typeof stateSchema>;
export type Source = SendingState['source'];

const finishedSchema = z.array(z.object({ sha256, modifiedMs: z.number(), submission: z.guid() }));
/** More than anybody leaves unfinished; the oldest go. */
const MOST_FINISHED = 100;

/** Where one feed's sending is kept. All of it is this program's own while it holds the lock. */
export class SendingFolder {
  private constructor(
    private readonly agency: AgencyFolder,
    readonly feed: FeedName,
    readonly dir: string,
  ) {}

  static async open(agency: AgencyFolder, feed: FeedName): Promise<SendingFolder> {
    const dir = agency.path(join('sending', feed));
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return new SendingFolder(agency, feed, dir);
  }

  get lockFile(): string {
    return join(this.dir, 'lock');
  }

  /** @throws HubError `integrity` where it is there and cannot be read: then a person has to decide */
  async read(): Promise<SendingState | null> {
    const text = await readFile(join(this.dir, 'state.json'), 'utf8').catch(absent);
    if (text === null) return null;
    const parsed = stateSchema.safeParse(jsonOf(text));
    if (parsed.success && parsed.data.feed === this.feed) return parsed.data;
    throw new HubError(
      'integrity',
      `${join(this.dir, 'state.json')} is not as this program writes it. Add --anew to give up what it stands for and send the file as a new submission.`,
    );
  }

  async write(state: SendingState): Promise<void> {
    await writeWhole(join(this.dir, 'state.json'), `${JSON.stringify(state)}\n`);
  }

  async writeBatch(submission: string, batch: number, message: Buffer): Promise<void> {
    await mkdir(join(this.dir, submission), { recursive: true, mode: 0o700 });
    await writeWhole(this.batchFile(submission, batch), message);
  }

  async readBatch(submission: string, batch: number): Promise<Buffer | null> {
    return readFile(this.batchFile(submission, batch)).catch(absent);
  }

  async removeBatch(submission: string, batch: number): Promise<void> {
    await rm(this.batchFile(submission, batch), { force: true });
  }

  /** Takes away what no state names: batches that were sealed when the program was cut off. */
  async removeLeftOver(keep?: string): Promise<void> {
    for (const entry of await readdir(this.dir, { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== keep) await rm(join(this.dir, entry.name), { recursive: true });
      if (entry.name.endsWith('.part')) await rm(join(this.dir, entry.name), { force: true });
    }
  }

  /** Forgets the submission that was being sent. Synchronous: it may be the last thing a program does. */
  forget(): void {
    rmSync(join(this.dir, 'state.json'), { force: true });
  }

  /** Notes that a file's sending is done though its own command has not heard of it. */
  async addFinished({ source: { sha256, modifiedMs }, submission }: SendingState): Promise<void> {
    const all = [...(await this.allFinished()), { sha256, modifiedMs, submission }];
    await writeWhole(this.finishedFile, `${JSON.stringify(all.slice(-MOST_FINISHED))}\n`);
  }

  /** @returns under which submission this very file was sent by a run for another, or null */
  async finished(source: Source): Promise<string | null> {
    const is = (one: { sha256: string; modifiedMs: number }) =>
      one.sha256 === source.sha256 && one.modifiedMs === source.modifiedMs;
    return (await this.allFinished()).find(is)?.submission ?? null;
  }

  /** Synchronous, as `forget`. */
  dropFinished(submission: string): void {
    if (!existsSync(this.finishedFile)) return;
    const all = finishedSchema.safeParse(jsonOf(readFileSync(this.finishedFile, 'utf8'))).data ?? [];
    const left = all.filter((one) => one.submission !== submission);
    if (left.length === all.length) return;
    writeFileSync(`${this.finishedFile}.part`, `${JSON.stringify(left)}\n`, { mode: 0o600 });
    renameSync(`${this.finishedFile}.part`, this.finishedFile);
  }

  private async allFinished() {
    const text = await readFile(this.finishedFile, 'utf8').catch(absent);
    return (text === null ? null : finishedSchema.safeParse(jsonOf(text)).data) ?? [];
  }

  private get finishedFile(): string {
    return join(this.dir, 'finished.json');
  }

  async lastSequence(): Promise<number> {
    const text = await readFile(join(this.dir, 'sequence'), 'utf8').catch(absent);
    const last = Number(text ?? 0);
    return Number.isSafeInteger(last) && last > 0 ? last : 0;
  }

  async writeSequence(sequence: number): Promise<void> {
    await writeWhole(join(this.dir, 'sequence'), `${sequence}\n`);
    await syncFolder(this.dir);
  }

  /** What receipts are later read against: written before the first batch leaves. */
  async record(state: SendingState): Promise<void> {
    await mkdir(this.agency.path('submissions'), { recursive: true, mode: 0o700 });
    await writeWhole(this.agency.path(join('submissions', `${state.submission}.json`)), `${JSON.stringify(state)}\n`);
  }

  private batchFile(submission: string, batch: number): string {
    return join(this.dir, submission, `${batch}.pgp`);
  }
}

/** What was sent under a submission's id, or null: it was sent from elsewhere, or by other means. */
export async function sentSubmission(agency: AgencyFolder, submission: string): Promise<SendingState | null> {
  if (!z.guid().safeParse(submission).success) return null;
  const text = await readFile(agency.path(join('submissions', `${submission}.json`)), 'utf8').catch(absent);
  return text === null ? null : (stateSchema.safeParse(jsonOf(text)).data ?? null);
}

/** Everything that was sent from this folder, the earliest first. */
export async function sentSubmissions(agency: AgencyFolder): Promise<SendingState[]> {
  const names = await readdir(agency.path('submissions')).catch(() => []);
  const sent = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => sentSubmission(agency, name.slice(0, -5))),
  );
  return sent.filter((state) => state !== null).sort((a, b) => a.sequence - b.sequence);
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Feeds of which something is half sent. */
export async function unfinishedFeeds(agency: AgencyFolder): Promise<FeedName[]> {
  return FEEDS.filter((feed) => existsSync(agency.path(join('sending', feed, 'state.json'))));
}
