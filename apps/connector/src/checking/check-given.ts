import { HubError } from '#contracts';
import { readMapping } from '../reading/read-rows.js';
import { printable } from '../telling.js';
import { checkFile, type CheckedFile } from './check-file.js';
import { feedOf, type FeedOptions } from './feed-options.js';

/** Reads and checks a file as the options of a command say; how columns were read goes to standard error. */
export async function checkGiven(file: string, options: FeedOptions, keepBad = false): Promise<CheckedFile> {
  const mapping = options.mapping ? await readMapping(options.mapping) : undefined;
  if (options.mode !== 'full' && options.mode !== 'delta') throw new HubError('usage', '--mode is full or delta.');
  return checkFile(feedOf(options.feed), file, {
    mode: options.mode,
    keepBad,
    ...(mapping ? { mapping } : {}),
    onMapping: (used, unknown) => {
      if (options.json || mapping) return;
      process.stderr.write(
        `Columns: ${Object.entries(used)
          .map(([column, path]) => printable(column === path ? column : `${column} → ${path}`))
          .join(', ')}\n`,
      );
      if (unknown.length > 0) process.stderr.write(`Not sent (not known): ${unknown.map(printable).join(', ')}\n`);
    },
  });
}
