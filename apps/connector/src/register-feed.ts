import { HubError, isFeedName, isHubError, refusalWords, topics, type FeedName, type Receipt } from '#contracts';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AgencyFolder } from './agency/agency-folder.js';
import { checkFile, type CheckedFile } from './checking/check-file.js';
import { readMapping } from './reading/read-rows.js';
import { correctionsCsv } from './receipts/corrections.js';
import { openReceipt } from './receipts/open-receipt.js';
import { sealSubmission, type SealedSubmission } from './sealing/seal-submission.js';
import { sendOverHttps } from './sending/https.js';
import { readTopic, sendToTopic } from './sending/kafka.js';
import { printable, say } from './telling.js';

interface FeedOptions {
  feed: string;
  dir: string;
  out: string;
  mapping?: string;
  mode: 'full' | 'delta';
  https?: boolean;
  wait: string;
  empty?: boolean;
  json?: boolean;
}

/** `mash feed …`: check, seal, send, receipts. */
export function registerFeed(program: Command): void {
  const feed = program.command('feed').description('check, seal and send data; read receipts');
  const common = (command: Command) =>
    command
      .requiredOption(
        '--feed <feed>',
        'the kind of data: housing, arrears, asb, homelessness, dv-service, marac-referral, agency-history',
      )
      .option('--mapping <file>', 'JSON: column name → field; guessed and shown when not given')
      .option('--mode <mode>', 'full (replaces what was there) or delta (adds)', 'full')
      .option('--json', 'print the outcome as JSON');
  const withFolder = (command: Command) =>
    command.requiredOption('--dir <folder>', "the agency's folder (mash agency init)");
  const sealing = (command: Command) =>
    withFolder(common(command)).option(
      '--empty',
      'the file is meant to hold no rows: end all earlier ones of the feed',
    );

  common(
    feed.command('check <file>').description('hold a CSV or NDJSON file against the feed, as the hub will'),
  ).action(async (file: string, options: FeedOptions) => {
    const checked = await check(file, options);
    tellChecked(checked, options.json);
    if (checked.problems.length > 0) process.exitCode = 1;
  });
  sealing(feed.command('seal <file>').description('seal a file into encrypted, signed batches'))
    .requiredOption('--out <folder>', 'where the sealed batches go')
    .action(async (file: string, options: FeedOptions) => {
      const { sealed } = await seal(file, options);
      await mkdir(options.out, { recursive: true });
      const name = (batch: number) => `${sealed.feed}-${sealed.submission}-${batch}.pgp`;
      for (const { batch, message } of sealed.batches) await writeFile(join(options.out, name(batch)), message);
      say(options.json, { submission: sealed.submission, batches: sealed.batches.length, rows: sealed.rows }, [
        `Sealed ${sealed.rows} rows in ${sealed.batches.length} batches into ${options.out}.`,
      ]);
    });
  sealing(feed.command('send <file>').description('check, seal and send a file to the hub'))
    .option('--kafka', 'over Kafka (default)')
    .option('--https', 'over HTTPS')
    .action(async (file: string, options: FeedOptions) => {
      const { folder, sealed, checked } = await seal(file, options);
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
  withFolder(feed.command('receipts').description('fetch and open receipts; rows to correct as a CSV'))
    .option('--wait <seconds>', 'how long to wait for one', '5')
    .option('--out <file>', 'write the rows to correct to this CSV file')
    .option('--json', 'print the receipts as JSON')
    .action(async (options: FeedOptions) => {
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

/**
 * Receipts that have come since the last call.
 * @param onUnreadable told of one that does not open or whose proof does not hold, with its bytes; without it that is an error
 */
export async function fetchReceipts(
  folder: AgencyFolder,
  idleMs: number,
  enough = Infinity,
  onUnreadable?: (error: unknown, message: Buffer) => Promise<void>,
): Promise<Receipt[]> {
  const keys = { agencyKey: await folder.secretKey(), hubKey: await folder.hubKey(), vkey: await folder.logKey() };
  const receipts: Receipt[] = [];
  const take = async (message: Buffer) => {
    try {
      receipts.push(await openReceipt(message, keys));
    } catch (error) {
      if (!onUnreadable) throw error;
      await onUnreadable(error, message);
    }
    return receipts.length >= enough;
  };
  await readTopic(folder, topics.receipts(folder.agency), 'receipts', take, idleMs);
  return receipts;
}

/** Keeps a receipt that is not to be trusted, as it came, and says so: those beside it are still told. */
async function keepUnreadable(folder: AgencyFolder, error: unknown, message: Buffer): Promise<void> {
  const file = folder.path(`unreadable-${createHash('sha256').update(message).digest('hex').slice(0, 16)}.pgp`);
  await writeFile(file, message, { mode: 0o600 });
  process.stderr.write(
    `${isHubError(error) ? error.message : 'A receipt could not be read.'} It is kept in ${file}.\n`,
  );
  process.exitCode = 1;
}

async function check(file: string, options: FeedOptions, keepBad = false): Promise<CheckedFile> {
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

async function seal(file: string, options: FeedOptions) {
  const folder = await AgencyFolder.open(options.dir);
  const checked = await check(file, options, true);
  // An export that went wrong is empty too, and a full submission of nothing ends all the hub holds of the feed.
  if (checked.lines.length === 0 && options.mode === 'full' && !options.empty)
    throw new HubError(
      'usage',
      `${file} has no rows to send. If that is meant (it ends all earlier rows), add --empty.`,
    );
  const sealed = await sealSubmission({
    agency: folder.agency,
    feed: feedOf(options.feed),
    mode: options.mode,
    lines: checked.lines,
    extractedAt: new Date(),
    agencyKey: await folder.secretKey(),
    hubKey: await folder.hubKey(),
  });
  return { folder, checked, sealed };
}

function feedOf(name: string): FeedName {
  if (isFeedName(name)) return name;
  throw new HubError('usage', `"${name}" is no feed. See: mash feed check --help`);
}

function tellChecked(checked: CheckedFile, json?: boolean): void {
  const { lines, ...told } = checked;
  const good = checked.rows - checked.problems.length;
  const table = new Table({
    head: ['line', 'record', 'field', 'problem'],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [8, 18, 28, 60],
  });
  for (const { line, recordRef, errors } of [...checked.problems, ...checked.fieldProblems].slice(0, 100))
    for (const error of errors)
      table.push([line, printable(recordRef ?? ''), printable(error.path), printable(error.message)]);
  say(json, { ...told, good: lines.length }, [
    `${checked.rows} rows: ${good} good, ${checked.problems.length} the hub would quarantine, ${checked.fieldProblems.length} with a field it would leave out.`,
    ...(checked.confidentialDropped > 0
      ? [`${checked.confidentialDropped} confidential addresses are left out here and never sent.`]
      : []),
    ...(table.length > 0 ? [table.toString()] : []),
  ]);
}

function receiptLine(receipt: Receipt): string {
  const place = receipt.submission ? `submission ${receipt.submission}, batch ${receipt.batch}` : 'a message';
  if (receipt.status !== 'rejected')
    return `${place}: ${receipt.accepted} rows accepted, ${receipt.quarantined.length} to correct; audit entry ${receipt.audit.index}.`;
  const words = refusalWords[receipt.reason!];
  return `${place}: refused (${receipt.reason}). ${words.means} ${words.mend}`;
}
