import { HubError, isHubError } from '#contracts';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchState, SendingFolder, SendingState } from './sending-state.js';
import type { Taken, Way } from './ways.js';

export interface Delivering {
  /** how long a cut is borne before giving up for now, in milliseconds */
  retryForMs: number;
  /** stops between two batches, and while waiting to try again */
  signal?: AbortSignal;
  onAcknowledged?: (state: SendingState) => void;
  /** told when a batch has to be tried again */
  onTrouble?: (error: unknown) => void;
}

/** Thrown when the sending was told to stop: what was acknowledged is kept, the rest goes next time. */
export class Stopped extends Error {}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Sends the batches that are not acknowledged yet, in order, the same bytes however often it is begun anew.
 * @throws Stopped · HubError `refused` where the hub could make nothing of a batch, or its own refusal · `broker_unavailable` when it
 * was not to be reached for longer than `retryForMs`
 */
export async function deliver(
  folder: SendingFolder,
  state: SendingState,
  way: Way,
  delivering: Delivering,
): Promise<void> {
  for (const batch of state.batches) {
    if (batch.acknowledgedAt === null) {
      const message = await sealedBytes(folder, state, batch);
      const taken = await sendUntilTaken(way, state, message, delivering);
      batch.acknowledgedAt = new Date().toISOString();
      if (taken.receipt) batch.receipt = taken.receipt;
      await folder.write(state);
      delivering.onAcknowledged?.(state);
      if (taken.submission === null) {
        await folder.record(state);
        throw new HubError(
          'refused',
          `The hub refused batch ${batch.batch} of ${state.batches.length}: it could not trust what is in it. Its receipt says why: mash feed receipts --https`,
          { status: 422 },
        );
      }
    }
    await folder.removeBatch(state.submission, batch.batch);
  }
}

/** @throws HubError `integrity` when the disk does not give back what was sealed: other bytes would not be this batch */
async function sealedBytes(folder: SendingFolder, { submission }: SendingState, batch: BatchState): Promise<Buffer> {
  const message = await folder.readBatch(submission, batch.batch);
  if (message && createHash('sha256').update(message).digest('hex') === batch.sha256) return message;
  throw new HubError(
    'integrity',
    `Sealed batch ${batch.batch} in ${folder.dir} is missing or damaged. Add --anew to seal the file again as a new submission.`,
  );
}

async function sendUntilTaken(way: Way, state: SendingState, message: Buffer, delivering: Delivering): Promise<Taken> {
  const until = Date.now() + delivering.retryForMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    if (delivering.signal?.aborted) throw new Stopped();
    try {
      return await way.send(state.feed, message);
    } catch (error) {
      if (isHubError(error) && error.status < 500) throw error;
      if (Date.now() + pause > until) throw cutOff(state, error);
      delivering.onTrouble?.(error);
      // What is left of the pause when it is stopped is not waited for.
      await sleep(pause, undefined, delivering.signal ? { signal: delivering.signal } : {}).catch(() => undefined);
    }
  }
}

function cutOff({ batches }: SendingState, cause: unknown): HubError {
  const done = batches.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length;
  const { code, name } = cause as { code?: string; name?: string };
  return new HubError(
    'broker_unavailable',
    `the hub cannot be reached (${code ?? name ?? 'cut off'}): is it running, and is its address right? ${done} of ${batches.length} batches are acknowledged; the same command goes on from there.`,
    { cause },
  );
}
