import type { AgencyFolder } from '../agency/agency-folder.js';
import type { SealedSubmission } from '../sealing/seal-submission.js';
import { wayOf } from './ways.js';

/** Sends a sealed submission, batch by batch, once: for programs that keep no state (send-file.ts does). */
export async function send(folder: AgencyFolder, sealed: SealedSubmission, https = false): Promise<void> {
  const way = wayOf(folder, https);
  try {
    for (const { message } of sealed.batches) await way.send(sealed.feed, message);
  } finally {
    await way.close();
  }
}
