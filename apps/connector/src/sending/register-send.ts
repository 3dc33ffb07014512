import type { Command } from 'commander';
import { sealFile, withSealOptions, type SealOptions } from '../sealing/seal-file.js';
import { say } from '../telling.js';
import { send } from './send.js';

/** `mash feed send`: check, seal and send. */
export function registerSend(feed: Command): void {
  withSealOptions(feed.command('send <file>').description('check, seal and send a file to the hub'))
    .option('--kafka', 'over Kafka (default)')
    .option('--https', 'over HTTPS')
    .action(async (file: string, options: SealOptions & { https?: boolean }) => {
      const { folder, sealed, checked } = await sealFile(file, options);
      await send(folder, sealed, options.https ?? false);
      say(
        options.json,
        {
          submission: sealed.submission,
          batches: sealed.batches.length,
          rows: sealed.rows,
          confidentialDropped: checked.confidentialDropped,
        },
        [
          `Sent ${sealed.rows} rows in ${sealed.batches.length} batches; submission ${sealed.submission}.`,
          ...(checked.confidentialDropped > 0
            ? [`${checked.confidentialDropped} confidential addresses were left out here and not sent.`]
            : []),
          `Read the receipt with: mash feed receipts --dir ${options.dir}`,
        ],
      );
    });
}
