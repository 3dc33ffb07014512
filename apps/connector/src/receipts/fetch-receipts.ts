import { isHubError, topics, type Receipt } from '#contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgencyFolder } from '../agency/agency-folder.js';
import { HttpsWay } from '../sending/https.js';
import { readFrom } from '../sending/kafka.js';
import { awaited } from './awaited.js';
import { ReceiptStore, type KeptReceipt } from './receipt-store.js';

export interface Fetching {
  /** how long to wait for one more, in milliseconds */
  idleMs: number;
  https?: boolean;
  /** goes on waiting until the signal */
  follow?: boolean;
  signal?: AbortSignal;
  /** told of each new one, which the store is to be told once it was told to a person (`addShown`); true: enough */
  onReceipt: (kept: KeptReceipt) => Promise<boolean | void> | boolean | void;
  /** told of one that does not open or whose proof does not hold, and where it is kept */
  onUnreadable: (error: unknown, file: string) => Promise<void> | void;
}

/** What is asked about again over HTTPS, in milliseconds. */
const ASK_AGAIN_MS = 1_000;

/**
 * Fetches what the hub has for the agency into its folder, and tells of each receipt that was not told before this call began:
 * those that are kept already too. Programs that do so at the same time each see all.
 */
export async function fetchInto(folder: AgencyFolder, store: ReceiptStore, fetching: Fetching): Promise<void> {
  const told = await store.shown();
  await store.keepAgain();
  let enough = false;
  const tell = async (kept: KeptReceipt): Promise<boolean> => {
    if (told.has(kept.name)) return enough;
    told.add(kept.name);
    if ((await fetching.onReceipt(kept)) === true) enough = true;
    return enough;
  };
  for (const name of await store.names()) {
    if (enough) return;
    if (told.has(name)) continue;
    const kept = await store.read(name);
    if (kept) await tell(kept);
  }
  if (enough) return;
  const take = async (message: Buffer): Promise<boolean> => {
    const kept = await store.keep(message);
    if (!('error' in kept)) return tell(kept);
    await fetching.onUnreadable(kept.error, kept.file);
    return enough;
  };
  await (fetching.https ? overHttps(folder, store, take, fetching) : overKafka(folder, store, take, fetching));
}

async function overKafka(
  folder: AgencyFolder,
  store: ReceiptStore,
  take: (message: Buffer) => Promise<boolean>,
  { idleMs, follow, signal }: Fetching,
): Promise<void> {
  const positions = await store.positions();
  try {
    await readFrom(folder, topics.receipts(folder.agency), positions, take, {
      idleMs: follow ? FOR_EVER_MS : idleMs,
      ...(signal ? { signal } : {}),
    });
  } finally {
    await store.writePositions(positions);
  }
}

/** The longest a timer can wait: some 24 days. */
const FOR_EVER_MS = 2 ** 31 - 1;

async function overHttps(
  folder: AgencyFolder,
  store: ReceiptStore,
  take: (message: Buffer) => Promise<boolean>,
  { idleMs, follow, signal }: Fetching,
): Promise<void> {
  const way = new HttpsWay(folder);
  try {
    for (let until = Date.now() + idleMs; ;) {
      const names = await awaited(folder, store);
      for (const name of names)
        for (const message of (await way.receipts(name)) ?? []) {
          const before = (await store.names()).length;
          if (await take(message)) return;
          if ((await store.names()).length > before) until = Date.now() + idleMs;
        }
      if (signal?.aborted || (!follow && (names.length === 0 || Date.now() > until))) return;
      await sleep(ASK_AGAIN_MS, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
  } finally {
    await way.close();
  }
}

/**
 * Receipts that have come since the last call.
 * @param onUnreadable told of one that does not open or whose proof does not hold; without it that is an error
 */
export async function fetchReceipts(
  folder: AgencyFolder,
  idleMs: number,
  enough = Infinity,
  onUnreadable?: (error: unknown, file: string) => Promise<void>,
): Promise<Receipt[]> {
  const store = await ReceiptStore.open(folder);
  const fetched: KeptReceipt[] = [];
  await fetchInto(folder, store, {
    idleMs,
    onReceipt: (kept) => fetched.push(kept) >= enough,
    onUnreadable:
      onUnreadable ??
      ((error) => {
        throw error;
      }),
  });
  await store.addShown(fetched.map(({ name }) => name));
  return fetched.map(({ receipt }) => receipt);
}

/** Says so of a receipt that is not to be trusted: those beside it are still told. */
export function tellUnreadable(error: unknown, file: string): void {
  process.stderr.write(
    `${isHubError(error) ? error.message : 'A receipt could not be read.'} It is kept in ${file}.\n`,
  );
  process.exitCode = 1;
}
