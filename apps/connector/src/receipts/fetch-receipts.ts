import { isHubError, topics, type Receipt } from '#contracts';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { AgencyFolder } from '../agency/agency-folder.js';
import { readTopic } from '../sending/kafka.js';
import { openReceipt } from './open-receipt.js';

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
export async function keepUnreadable(folder: AgencyFolder, error: unknown, message: Buffer): Promise<void> {
  const file = folder.path(`unreadable-${createHash('sha256').update(message).digest('hex').slice(0, 16)}.pgp`);
  await writeFile(file, message, { mode: 0o600 });
  process.stderr.write(
    `${isHubError(error) ? error.message : 'A receipt could not be read.'} It is kept in ${file}.\n`,
  );
  process.exitCode = 1;
}
