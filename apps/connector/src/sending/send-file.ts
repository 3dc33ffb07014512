import { HubError } from '#contracts';
import { fingerprintOf } from '#crypto';
import type { AgencyFolder } from '../agency/agency-folder.js';
import type { CheckedFile } from '../checking/check-file.js';
import { checkGiven } from '../checking/check-given.js';
import { feedOf } from '../checking/feed-options.js';
import { FolderLock } from '../keeping/folder-lock.js';
import { refuseNothing } from '../sealing/nothing-to-send.js';
import type { SealOptions } from '../sealing/seal-file.js';
import { deliver, type Delivering } from './deliver.js';
import { sealInto } from './seal-into.js';
import { sentSubmission, SendingFolder, type SendingState } from './sending-state.js';
import { isUnchanged, sourceOf } from './source.js';
import type { Way } from './ways.js';

export interface SendRequest extends Delivering {
  folder: AgencyFolder;
  file: string;
  options: SealOptions;
  /** give up what an earlier, unfinished sending left, instead of going on with it */
  anew?: boolean;
  way: Way;
  /** told what the file holds, before anything leaves */
  onChecked?: (checked: CheckedFile) => Promise<void> | void;
  /** told of what goes on, a line each */
  onNews?: (line: string) => void;
  onSealed?: (state: SendingState, batches: number, of: number) => void;
}

export interface SentFile {
  state: SendingState;
  /** what the file was found to hold; null when its sealing was done by an earlier run */
  checked: CheckedFile | null;
  /** an earlier run had begun it */
  resumed: boolean;
  /**
   * To be called once the outcome is told or written down: until then the same command finds that all is sent, and sends nothing.
   * Synchronous: it may be the last thing a program does.
   */
  finish(): void;
  /** Instead of `finish`, where the outcome could not be written down: the next run finds it sent. */
  keep(): void;
}

/** Sealed batches are taken for a week (ingest refuses older ones as `stale`): a day is kept for the way. */
const FRESH_MS = 6 * 24 * 3600 * 1000;

/**
 * Checks a file, seals it into the agency's folder, sends it batch by batch, and remembers each acknowledgement. Begun again after a
 * cut at any point it goes on with the same bytes; an unfinished sending of another file of the feed is finished first.
 * @throws HubError `busy` when another program sends this feed · as `checkGiven`, `refuseNothing` and `deliver` do
 */
export async function sendFile(request: SendRequest): Promise<SentFile> {
  const feed = feedOf(request.options.feed);
  const place = await SendingFolder.open(request.folder, feed);
  const lock = await FolderLock.take(place.lockFile, `Another mash is sending ${feed} from this folder`);
  try {
    const sent = await sendLocked(place, request);
    return {
      ...sent,
      finish: () => {
        place.dropFinished(sent.state.submission);
        if (sent.isCurrent) place.forget();
        lock.release();
      },
      keep: () => lock.release(),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** `isCurrent`: it is what the feed's state tells of, not something finished before. */
type Outcome = Omit<SentFile, 'finish' | 'keep'> & { isCurrent: boolean };

async function sendLocked(place: SendingFolder, request: SendRequest): Promise<Outcome> {
  const { folder, file, options, way, onNews = () => undefined } = request;
  if (request.anew) place.forget();
  let state = await place.read();
  const source = await sourceOf(file, options);

  const before = await finishedBefore(place, request, source);
  if (before) return before;
  if (state && isAllSent(state) && !isVeryFile(state, source)) {
    // Its own command has not heard of it: noted before it is forgotten, for its file may turn up again.
    await place.addFinished(state);
    state = forget(place);
  }
  if (state && !isAllSent(state) && !(await mayStillBeTaken(folder, state))) {
    onNews(
      `An unfinished submission (${state.submission}) can no longer be taken: it was sealed too long ago, or to another key. It is given up${isSame(state, source) ? '; the file is sealed anew' : ''}.`,
    );
    state = forget(place);
  }
  if (state && !isSame(state, source)) {
    onNews(`First, what an earlier sending of ${place.feed} left: submission ${state.submission}.`);
    await deliver(place, state, way, request);
    await place.record(state);
    await place.addFinished(state);
    state = forget(place);
  }
  const resumed = state !== null;
  let checked: CheckedFile | null = null;
  if (state) onNews(progressOf(state));
  else {
    checked = await checkGiven(file, options, true);
    await request.onChecked?.(checked);
    refuseNothing(file, checked, options.mode, options.empty);
    if (!(await isUnchanged(file, source)))
      throw new HubError('conflict', `${file} was written to while it was read. Send it when it is complete.`, {
        status: 500,
      });
    state = await sealInto(
      place,
      { folder, checked, source, keys: await keysOf(folder), mode: options.mode },
      request.onSealed,
    );
  }
  await place.removeLeftOver(state.submission);
  await deliver(place, state, way, request);
  await place.record(state);
  return { state, checked, resumed, isCurrent: true };
}

/** Another file's run may have finished this one's sending. */
async function finishedBefore(
  place: SendingFolder,
  { folder, onNews, anew }: SendRequest,
  source: SendingState['source'],
): Promise<Outcome | null> {
  const submission = anew ? null : await place.finished(source);
  const state = submission ? await sentSubmission(folder, submission) : null;
  if (!state) return null;
  onNews?.(progressOf(state));
  return { state, checked: null, resumed: true, isCurrent: false };
}

/**
 * Finishes what an earlier run left unfinished of a feed, where its file may be gone by now. The feed's state stays: should the file
 * still be there, it is found to be sent.
 */
export async function finishUnfinished(request: Omit<SendRequest, 'file'>): Promise<void> {
  const place = await SendingFolder.open(request.folder, feedOf(request.options.feed));
  const state = await place.read();
  if (!state || isAllSent(state)) return;
  if (!(await mayStillBeTaken(request.folder, state))) return;
  const lock = await FolderLock.take(place.lockFile, `Another mash is sending ${place.feed} from this folder`);
  try {
    const now = await place.read();
    if (now?.submission !== state.submission) return;
    request.onNews?.(progressOf(now));
    await deliver(place, now, request.way, request);
    await place.record(now);
  } finally {
    lock.release();
  }
}

const isSame = (state: SendingState, source: SendingState['source']) => state.source.sha256 === source.sha256;
/** The same content written again is another sending, once the first is done. */
const isVeryFile = (state: SendingState, source: SendingState['source']) =>
  isSame(state, source) && state.source.modifiedMs === source.modifiedMs;
const isAllSent = (state: SendingState) => state.batches.every(({ acknowledgedAt }) => acknowledgedAt !== null);

async function mayStillBeTaken(folder: AgencyFolder, state: SendingState): Promise<boolean> {
  if (Date.now() - Date.parse(state.sealedAt) > FRESH_MS) return false;
  const { hub, agency } = await keysOf(folder);
  return state.keys.hub === hub && state.keys.agency === agency;
}

async function keysOf(folder: AgencyFolder): Promise<SendingState['keys']> {
  return { hub: fingerprintOf(await folder.hubKey()), agency: fingerprintOf(await folder.secretKey()) };
}

function forget(place: SendingFolder): null {
  place.forget();
  return null;
}

function progressOf(state: SendingState): string {
  const done = state.batches.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length;
  return done === state.batches.length
    ? `This file was sent in full by the run before, as submission ${state.submission}; nothing is sent again.`
    : `Going on with submission ${state.submission}: ${done} of ${state.batches.length} batches are acknowledged.`;
}
