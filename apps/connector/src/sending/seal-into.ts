import { createHash, randomUUID } from 'node:crypto';
import type { AgencyFolder } from '../agency/agency-folder.js';
import type { CheckedFile } from '../checking/check-file.js';
import { lineRuns } from '../sealing/line-runs.js';
import { cutIntoBatches, nextSequence, sealBatches } from '../sealing/seal-submission.js';
import type { BatchState, SendingFolder, SendingState } from './sending-state.js';

export interface ToSeal {
  folder: AgencyFolder;
  checked: CheckedFile;
  source: SendingState['source'];
  keys: SendingState['keys'];
  mode: 'full' | 'delta';
}

/**
 * Seals every batch onto the disk, then writes the state that names them. The sequence is above that of the last submission from
 * this folder even where the clock was put back, and is on the disk first, so that a cut cannot give it out twice.
 */
export async function sealInto(
  place: SendingFolder,
  { folder, checked, source, keys, mode }: ToSeal,
  onSealed?: (state: SendingState, batches: number, of: number) => void,
): Promise<SendingState> {
  await place.removeLeftOver();
  const sequence = nextSequence(await place.lastSequence());
  await place.writeSequence(sequence);
  const state: SendingState = {
    format: 'mash.sending/1',
    submission: randomUUID(),
    feed: place.feed,
    mode,
    sequence,
    source,
    keys,
    sealedAt: new Date().toISOString(),
    rows: checked.lines.length,
    confidentialDropped: checked.confidentialDropped,
    columns: checked.mapping ?? {},
    batches: [],
  };
  const sealed = sealBatches({
    agency: folder.agency,
    feed: place.feed,
    mode,
    lines: checked.lines,
    extractedAt: new Date(source.modifiedMs),
    submission: state.submission,
    sequence,
    agencyKey: await folder.secretKey(),
    hubKey: await folder.hubKey(),
  });
  const count = cutIntoBatches(checked.lines).length;
  let first = 0;
  for await (const { batch, rows, message } of sealed) {
    await place.writeBatch(state.submission, batch, message);
    state.batches.push(batchState(batch, rows, message, checked.lineNumbers.slice(first, first + rows)));
    first += rows;
    onSealed?.(state, batch, count);
  }
  await place.record(state);
  await place.write(state);
  return state;
}

function batchState(batch: number, rows: number, message: Buffer, lines: number[]): BatchState {
  return {
    batch,
    rows,
    bytes: message.length,
    sha256: createHash('sha256').update(message).digest('hex'),
    acknowledgedAt: null,
    lines: lineRuns(lines),
  };
}
