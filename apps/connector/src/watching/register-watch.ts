import { FEEDS, HubError, type FeedName } from '#contracts';
import type { Command } from 'commander';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AgencyFolder } from '../agency/agency-folder.js';
import { readingOptions } from '../checking/check-given.js';
import { withFeedOptions } from '../checking/feed-options.js';
import { readMapping } from '../mapping/mapping-file.js';
import type { SealOptions } from '../sealing/seal-file.js';
import { onInterrupt } from '../sending/stopping.js';
import { wayOf } from '../sending/ways.js';
import { printable } from '../telling.js';
import { watch, type WatchNews } from './watch.js';
import { feedRules } from './which-feed.js';

interface WatchOptions extends Omit<SealOptions, 'feed'> {
  feed?: string;
  map: string[];
  https?: boolean;
  settle: string;
  interval: string;
  retry: string;
  marker?: boolean;
  once?: boolean;
}

const REFUSED = 3;

/** `mash feed watch DIR`: sends what is put into a folder. */
export function registerWatch(feed: Command): void {
  const command = withFeedOptions(
    feed
      .command('watch <folder>')
      .description('send every file that is put into a folder, and move it to processed/ or failed/ there'),
  );
  // Here a file's feed may also be told by where it lies.
  const option = command.options.find(({ long }) => long === '--feed')!;
  option.mandatory = false;
  option.description += '; without it, by subfolder (arrears/…), by the name’s beginning (arrears-…), or by --map';
  command
    .requiredOption('--dir <folder>', "the agency's folder (mash agency init)")
    .option(
      '--map <pattern=feed>',
      'files whose name fits are of this feed, for example "rents*.csv=arrears"',
      also,
      [],
    )
    .option('--kafka', 'over Kafka (default)')
    .option('--https', 'over HTTPS')
    .option('--settle <seconds>', 'a file is whole when size and time have not changed for so long', '10')
    .option('--marker', 'take only files beside which NAME.done is put once they are whole')
    .option('--interval <seconds>', 'between two looks', '2')
    .option('--retry <seconds>', 'how long to try again before going on to the next look', '30')
    .option('--once', 'one round, for cron: what is whole, or becomes so within the settling time')
    .action(async (dir: string, options: WatchOptions) => {
      const { failed, refused, waiting } = await run(dir, options);
      if (options.once && failed + waiting > 0) process.exitCode = refused > 0 ? REFUSED : 1;
    });
}

async function run(dir: string, options: WatchOptions) {
  const rules = feedRules(options.feed, options.map);
  const [settle, interval, retry] = (['settle', 'interval', 'retry'] as const).map((name) => {
    const seconds = Number(options[name]);
    if (!(seconds >= 0)) throw new HubError('usage', `--${name} is a number of seconds.`);
    return seconds * 1000;
  }) as [number, number, number];
  if (!(await stat(dir).catch(() => null))?.isDirectory())
    throw new HubError('usage', `There is no folder ${dir} to watch.`);
  await requireReadable(options, rules.feed);
  const folder = await AgencyFolder.open(options.dir);
  // What is wrong with the agency's own folder is told now, not laid at the door of the first file.
  await Promise.all([folder.secretKey(), folder.hubKey()]);
  const way = wayOf(folder, options.https ?? false);
  const tell = (news: WatchNews) => {
    process.stdout.write(`${options.json ? JSON.stringify(news) : inWords(news)}\n`);
  };
  const interrupted = onInterrupt(() =>
    tell({ event: 'note', message: 'Stopping after the batch that is being sent.' }),
  );
  if (!options.once) tell({ event: 'note', message: `Watching ${resolve(dir)}. Ctrl-C ends it.` });
  try {
    return await watch({
      dir: resolve(dir),
      folder,
      rules,
      // The columns of every file would fill the log: what is wrong is in the report.
      options: { ...options, json: true },
      way,
      settleMs: settle,
      intervalMs: Math.max(interval, 100),
      markerOnly: options.marker ?? false,
      once: options.once ?? false,
      retryForMs: retry,
      signal: interrupted.signal,
      tell,
    });
  } finally {
    interrupted.end();
    await way.close();
  }
}

/** A mistake in how files are to be read is told now, too: otherwise every file would be moved to `failed` for it. */
async function requireReadable({ mapping, ...options }: WatchOptions, feed: FeedName | undefined): Promise<void> {
  await readingOptions({ ...options, feed: feed ?? FEEDS[0] });
  if (mapping) await readMapping(mapping, feed);
}

const also = (one: string, before: string[]) => [...before, one];

function inWords(news: WatchNews): string {
  const time = new Date().toISOString().slice(0, 19).replace('T', ' ');
  if (news.event === 'note') return `${time} ${printable(news.message)}`;
  const file = printable(news.file);
  if (news.event === 'sent')
    return [
      `${time} ${file}: sent ${news.rows} rows of ${news.feed} as submission ${news.submission}`,
      ...(news.toCorrect > 0 ? [`${news.toCorrect} to correct (report in processed/)`] : []),
      ...(news.confidentialDropped > 0 ? [`${news.confidentialDropped} confidential addresses left out`] : []),
    ].join('; ');
  if (news.event === 'failed') return `${time} ${file}: failed (${news.code}): ${printable(news.message)}`;
  return `${time} ${file}: ${news.event === 'left' ? 'left alone' : 'waiting'}: ${printable(news.message)}`;
}
