import { HubError } from '#contracts';
import type { Command } from 'commander';
import { AgencyFolder } from '../agency/agency-folder.js';
import { tellChecked } from '../checking/register-check.js';
import { withSealOptions, type SealOptions } from '../sealing/seal-file.js';
import { say } from '../telling.js';
import { Stopped } from './deliver.js';
import { SendingBar } from './progress-bar.js';
import { sendFile, type SentFile } from './send-file.js';
import { onInterrupt } from './stopping.js';
import { wayOf } from './ways.js';

interface SendOptions extends SealOptions {
  https?: boolean;
  kafka?: boolean;
  anew?: boolean;
  retry: string;
}

/** `mash feed send`: check, seal and send; the same command goes on after a cut. */
export function registerSend(feed: Command): void {
  withSealOptions(
    feed
      .command('send <file>')
      .description('check, seal and send a file to the hub; after a cut the same command goes on where it stopped'),
  )
    .option('--kafka', 'over Kafka (default)')
    .option('--https', 'over HTTPS')
    .option('--retry <seconds>', 'how long to try again when the hub cannot be reached', '60')
    .option('--anew', 'give up an unfinished sending of this feed and begin a new submission')
    .action(async (file: string, options: SendOptions) => {
      const sent = await send(file, options);
      // The very last thing: a program killed before it told the outcome finds on its next run that all is sent.
      process.once('exit', sent.finish);
      say(options.json, outcome(sent), sentences(sent, options.dir));
    });
}

async function send(file: string, options: SendOptions): Promise<SentFile> {
  if (options.kafka && options.https) throw new HubError('usage', 'Give one of --kafka and --https.');
  const seconds = Number(options.retry);
  if (!(seconds >= 0)) throw new HubError('usage', '--retry is a number of seconds.');
  const folder = await AgencyFolder.open(options.dir);
  const way = wayOf(folder, options.https ?? false);
  const bar = new SendingBar(process.stderr, !options.json);
  const note = (line: string) => {
    bar.stop();
    process.stderr.write(`${line}\n`);
  };
  const interrupted = onInterrupt(() => note('Stopping after this batch. The same command goes on from there.'));
  try {
    return await sendFile({
      folder,
      file,
      options,
      way,
      anew: options.anew ?? false,
      retryForMs: seconds * 1000,
      signal: interrupted.signal,
      onChecked: (checked) => (options.json ? undefined : tellChecked(checked)),
      onNews: note,
      onSealed: (state) => bar.sealed(state),
      onAcknowledged: (state) => bar.acknowledged(state),
      onTrouble: () => note('The hub cannot be reached; trying again.'),
    });
  } catch (error) {
    if (error instanceof Stopped) throw new HubError('stopped', 'stopped. The same command goes on where it stopped.');
    throw error;
  } finally {
    interrupted.end();
    bar.stop();
    await way.close();
  }
}

function outcome({ state, resumed }: SentFile) {
  const { submission, feed, mode, sequence, batches, rows, confidentialDropped } = state;
  return { submission, feed, mode, sequence, batches: batches.length, rows, confidentialDropped, resumed };
}

function sentences({ state }: SentFile, dir: string): string[] {
  return [
    `Sent ${state.rows} rows in ${state.batches.length} batches; submission ${state.submission}.`,
    ...(state.confidentialDropped > 0
      ? [`${state.confidentialDropped} confidential addresses were left out here and not sent.`]
      : []),
    `Read the receipt with: mash feed receipts --dir ${dir}`,
  ];
}
