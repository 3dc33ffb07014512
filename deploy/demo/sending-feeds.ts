import type { FeedName } from '#contracts';
import { join } from 'node:path';
import { AgencyFolder } from '../../apps/connector/src/agency/agency-folder.js';
import { checkFile } from '../../apps/connector/src/checking/check-file.js';
import type { County } from '../../apps/connector/src/generating/index.js';
import { fetchReceipts, send } from '../../apps/connector/src/register-feed.js';
import { sealSubmission } from '../../apps/connector/src/sealing/seal-submission.js';
import type { Progress } from './progress.js';

export interface FeedsOutcome {
  submissions: number;
  rows: number;
  accepted: number;
  quarantined: number;
}

/** Agency by agency: its own connector reads its CSV files, seals and sends them over Kafka, and waits for the receipts. */
export async function sendFeeds(
  state: string,
  county: County,
  folder: string,
  progress: Progress,
): Promise<FeedsOutcome> {
  const outcome: FeedsOutcome = { submissions: 0, rows: 0, accepted: 0, quarantined: 0 };
  const batches = new Map<string, number>();
  for (const { agency, feed } of county.feeds) {
    const own = await AgencyFolder.open(join(state, 'agencies', agency));
    const checked = await checkFile(feed as FeedName, join(folder, agency, `${feed}.csv`), { keepBad: true });
    const sealed = await sealSubmission({
      agency,
      feed: feed as FeedName,
      mode: 'full',
      lines: checked.lines,
      extractedAt: new Date(),
      agencyKey: await own.secretKey(),
      hubKey: await own.hubKey(),
    });
    await send(own, sealed);
    outcome.submissions++;
    outcome.rows += sealed.rows;
    batches.set(agency, (batches.get(agency) ?? 0) + sealed.batches.length);
    progress.detail(`${agency} ${feed}: ${sealed.rows} rows`);
  }
  await Promise.all([...batches].map(([agency, count]) => takeReceipts(state, agency, count, outcome)));
  return outcome;
}

/** Every receipt is opened with the agency's key, the hub's signature on it verified. */
export async function takeReceipts(state: string, agency: string, count: number, outcome: FeedsOutcome): Promise<void> {
  const folder = await AgencyFolder.open(join(state, 'agencies', agency));
  const receipts = await fetchReceipts(folder, 60_000, count);
  if (receipts.length < count) throw new Error(`${agency} got ${receipts.length} of ${count} receipts.`);
  for (const receipt of receipts) {
    if (receipt.status === 'rejected') throw new Error(`A batch of ${agency} was refused: ${receipt.reason}.`);
    outcome.accepted += receipt.accepted;
    outcome.quarantined += receipt.quarantined.length;
  }
}
