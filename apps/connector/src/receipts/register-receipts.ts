import { HubError, type Receipt } from '#contracts';
import type { Command } from 'commander';
import { AgencyFolder } from '../agency/agency-folder.js';
import { writeWhole } from '../keeping/write-whole.js';
import { onInterrupt } from '../sending/stopping.js';
import { say } from '../telling.js';
import { awaited } from './awaited.js';
import { correctionsCsv } from './corrections.js';
import { fetchInto, tellUnreadable } from './fetch-receipts.js';
import { placesOf } from './places.js';
import { ReceiptStore, type KeptReceipt } from './receipt-store.js';
import { receiptsTable, toCorrect } from './receipts-table.js';

interface ReceiptsOptions {
  dir: string;
  wait: string;
  out?: string;
  https?: boolean;
  all?: boolean;
  follow?: boolean;
  json?: boolean;
}

const REFUSED = 3;

/** `mash feed receipts`: what the hub took, and the rows to correct. */
export function registerReceipts(feed: Command): void {
  feed
    .command('receipts')
    .description('fetch, verify and list receipts; rows to correct as a CSV. Exit code 3 when something was refused')
    .requiredOption('--dir <folder>', "the agency's folder (mash agency init); receipts are kept in it, sealed")
    .option('--wait <seconds>', 'how long to wait for one', '5')
    .option('--out <file>', 'write the rows to correct to this CSV file')
    .option('--https', 'fetch over HTTPS (default: over Kafka, where agency.json names brokers)')
    .option('--all', 'list those told before, too')
    .option('--follow', 'go on listing them as they come, until Ctrl-C')
    .option('--json', 'print the receipts as JSON (with --follow: one a line)')
    .action(async (options: ReceiptsOptions) => {
      const folder = await AgencyFolder.open(options.dir);
      const store = await ReceiptStore.open(folder);
      const listed = options.all ? await kept(store) : [];
      if (options.follow) await tell(folder, store, options, listed);
      const fetched = await fetch(folder, store, options, listed);
      if (!options.follow) await tell(folder, store, options, [...listed, ...fetched]);
      if ([...listed, ...fetched].some(({ receipt }) => receipt.status === 'rejected')) process.exitCode = REFUSED;
    });
}

async function kept(store: ReceiptStore): Promise<KeptReceipt[]> {
  const names = await store.names();
  const all = (await Promise.all(names.map((name) => store.read(name)))).filter((one) => one !== null);
  if (all.length < names.length) {
    process.stderr.write(`${names.length - all.length} kept receipts no longer verify: their files were changed.\n`);
    process.exitCode = 1;
  }
  return all;
}

/** @param listed told already by this call */
async function fetch(
  folder: AgencyFolder,
  store: ReceiptStore,
  options: ReceiptsOptions,
  listed: readonly KeptReceipt[],
): Promise<KeptReceipt[]> {
  const seconds = Number(options.wait);
  if (!(seconds > 0)) throw new HubError('usage', '--wait is a number of seconds.');
  const known = new Set(listed.map(({ name }) => name));
  const fetched: KeptReceipt[] = [];
  // Where it is known what is still to come, its last receipt ends the waiting.
  const open = new Set(options.follow ? [] : await awaited(folder, store));
  const toCome = open.size > 0;
  const interrupted = options.follow ? onInterrupt(() => undefined) : null;
  try {
    await fetchInto(folder, store, {
      idleMs: seconds * 1000,
      https: options.https ?? folder.settings.hub.brokers.length === 0,
      ...(options.follow ? { follow: true } : {}),
      ...(interrupted ? { signal: interrupted.signal } : {}),
      onUnreadable: tellUnreadable,
      onReceipt: async (one) => {
        if (!known.has(one.name)) fetched.push(one);
        if (options.follow && !known.has(one.name)) await tell(folder, store, options, [one], fetched);
        return toCome && (await awaited(folder, store)).length === 0;
      },
    });
  } finally {
    interrupted?.end();
  }
  return fetched;
}

/** @param forFile whose rows to correct are written, where they are more than those that are told now */
async function tell(
  folder: AgencyFolder,
  store: ReceiptStore,
  options: ReceiptsOptions,
  receipts: readonly KeptReceipt[],
  forFile = receipts,
): Promise<void> {
  if (options.follow && receipts.length === 0) return;
  const plain = receipts.map(({ receipt }) => receipt);
  // Nothing new: what the last call wrote is still to be corrected.
  if (options.out && receipts.length > 0)
    await writeCorrections(
      folder,
      options.out,
      forFile.map(({ receipt }) => receipt),
    );
  const lines = receipts.length === 0 ? ['No new receipts.'] : await receiptsTable(folder, receipts);
  const rows = plain.reduce((sum, receipt) => sum + toCorrect(receipt), 0);
  if (rows > 0)
    lines.push(
      options.out ? `The rows to correct are in ${options.out}.` : 'For the rows to correct add: --out FILE.csv',
    );
  if (options.json && options.follow) for (const receipt of plain) say(true, receipt, []);
  else say(options.json, plain, lines);
  await store.addShown(receipts.map(({ name }) => name));
}

async function writeCorrections(folder: AgencyFolder, file: string, receipts: Receipt[]): Promise<void> {
  await writeWhole(file, correctionsCsv(receipts, await placesOf(folder, receipts)));
}
