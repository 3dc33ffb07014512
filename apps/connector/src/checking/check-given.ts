import { HubError } from '#contracts';
import { readMapping } from '../mapping/mapping-file.js';
import { printable } from '../telling.js';
import { checkFile, type CheckedFile, type CheckOptions } from './check-file.js';
import { feedOf, type FeedOptions } from './feed-options.js';

/** What the options of a command say about how a file is read. @throws HubError `usage` */
export async function readingOptions(options: FeedOptions): Promise<CheckOptions> {
  if (options.mode !== 'full' && options.mode !== 'delta') throw new HubError('usage', '--mode is full or delta.');
  if (options.dates !== undefined && options.dates !== 'day-first' && options.dates !== 'month-first')
    throw new HubError('usage', '--dates is day-first (31/12/2026) or month-first (12/31/2026).');
  const mapping = options.mapping ? await readMapping(options.mapping, feedOf(options.feed)) : undefined;
  return { mode: options.mode, sheet: options.sheet, dates: options.dates, mapping };
}

/** Reads and checks a file as the options of a command say; how columns were read goes to standard error, in a line. */
export async function checkGiven(file: string, options: FeedOptions, keepBad = false): Promise<CheckedFile> {
  const feed = feedOf(options.feed);
  const reading = await readingOptions(options);
  return checkFile(feed, file, {
    ...reading,
    keepBad,
    onOpened: ({ columns }) => {
      if (options.json || reading.mapping || columns.length === 0) return;
      const sent = columns.filter(({ to }) => to.length > 0);
      const not = columns.filter(({ to }) => to.length === 0);
      process.stderr.write(
        `Columns: ${sent.map(({ column, to }) => printable(to[0] === column ? column : `${column} → ${to.join(', ')}`)).join(', ')}\n`,
      );
      if (not.length > 0) process.stderr.write(`Not sent: ${not.map(({ column }) => printable(column)).join(', ')}\n`);
    },
  });
}
