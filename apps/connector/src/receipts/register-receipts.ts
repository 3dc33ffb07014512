import { HubError, refusalWords, type Receipt } from '#contracts';
import type { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { AgencyFolder } from '../agency/agency-folder.js';
import { say } from '../telling.js';
import { correctionsCsv } from './corrections.js';
import { fetchReceipts, keepUnreadable } from './fetch-receipts.js';

/** `mash feed receipts`: what the hub took, and the rows to correct. */
export function registerReceipts(feed: Command): void {
  feed
    .command('receipts')
    .description('fetch and open receipts; rows to correct as a CSV')
    .requiredOption('--dir <folder>', "the agency's folder (mash agency init)")
    .option('--wait <seconds>', 'how long to wait for one', '5')
    .option('--out <file>', 'write the rows to correct to this CSV file')
    .option('--json', 'print the receipts as JSON')
    .action(async (options: { dir: string; wait: string; out?: string; json?: boolean }) => {
      const folder = await AgencyFolder.open(options.dir);
      const seconds = Number(options.wait);
      if (!(seconds > 0)) throw new HubError('usage', '--wait is a number of seconds.');
      const receipts = await fetchReceipts(folder, seconds * 1000, Infinity, (error, message) =>
        keepUnreadable(folder, error, message),
      );
      // Nothing new: what the last call wrote is still to be corrected.
      if (options.out && receipts.length > 0) await writeFile(options.out, correctionsCsv(receipts), { mode: 0o600 });
      say(options.json, receipts, receipts.length === 0 ? ['No new receipts.'] : receipts.map(receiptLine));
      if (receipts.some((receipt) => receipt.status === 'rejected')) process.exitCode = 3;
    });
}

function receiptLine(receipt: Receipt): string {
  const place = receipt.submission ? `submission ${receipt.submission}, batch ${receipt.batch}` : 'a message';
  if (receipt.status !== 'rejected')
    return `${place}: ${receipt.accepted} rows accepted, ${receipt.quarantined.length} to correct; audit entry ${receipt.audit.index}.`;
  const words = refusalWords[receipt.reason!];
  return `${place}: refused (${receipt.reason}). ${words.means} ${words.mend}`;
}
