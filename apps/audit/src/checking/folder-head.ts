import { LedgerError, parseCheckpoint } from '#ledger';
import type { LogFolder } from '../publishing/log-folder.js';
import type { LogRepository } from '../sequencing/log.repository.js';
import type { Faults } from './faults.js';

/**
 * Checks the folder's checkpoint and key against the database. An older checkpoint is one we did not come round to
 * replace; a newer one shows that the database lost entries that were shown to others.
 * @param size entries of the log in the database
 */
export async function checkFolderHead(
  folder: LogFolder,
  log: LogRepository,
  size: number,
  vkey: string,
  faults: Faults,
): Promise<void> {
  const key = await folder.read('key.vkey');
  if (key && key.toString() !== `${vkey}\n`) faults.add('key.vkey', 'is not the key of this service');
  const bytes = await folder.read('checkpoint');
  if (!bytes) return;
  const shown = sizeOf(bytes.toString());
  if (shown === null) return faults.add('checkpoint', 'is no checkpoint');
  if (shown > size) {
    return faults.add(
      'checkpoint',
      `has ${shown} entries, the database only ${size}: the files are ahead of the database`,
    );
  }
  const signed = await log.checkpointOf(shown);
  if (signed?.note !== bytes.toString())
    faults.add('checkpoint', `is not the one the database signed at ${shown} entries`);
}

function sizeOf(note: string): number | null {
  try {
    return parseCheckpoint(note).size;
  } catch (error) {
    if (error instanceof LedgerError) return null;
    throw error;
  }
}
