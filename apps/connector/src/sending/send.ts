import { topics } from '#contracts';
import type { AgencyFolder } from '../agency/agency-folder.js';
import type { SealedSubmission } from '../sealing/seal-submission.js';
import { sendOverHttps } from './https.js';
import { sendToTopic } from './kafka.js';

/** Sends a sealed submission, batch by batch. */
export async function send(folder: AgencyFolder, sealed: SealedSubmission, https = false): Promise<void> {
  if (https) for (const { message } of sealed.batches) await sendOverHttps(folder, message);
  else
    await sendToTopic(
      folder,
      topics.feeds(folder.agency),
      sealed.batches.map(({ message }) => ({ key: sealed.feed, value: message })),
    );
}
