import { emptyRoot, signCheckpoint, vkeyOf } from '#ledger';
import type { LogFolder } from '../publishing/log-folder.js';
import { show } from '../publishing/publish.js';
import { LogTip } from '../publishing/log-tip.js';
import type { LogRepository, SignedHead } from '../sequencing/log.repository.js';
import type { LogSigner } from '../sequencing/sealer.js';
import { checkDatabaseHead } from './database-head.js';
import { deriveFiles } from './derive-files.js';
import { Faults } from './faults.js';
import { checkFolderHead } from './folder-head.js';
import { FolderFiles } from './folder-files.js';

/**
 * Checks the whole log before the first round: the newest checkpoint's signature, the stored right edge, every entry,
 * every file. Files that are missing, and a checkpoint that is behind, are what a crash after the commit leaves: they are
 * made again from the entries, once all else is found in order. A log that has not begun is begun.
 * Only the holder of the sequencer's lock may call this.
 * @returns the tip to go on from, and the checkpoint that is shown now
 * @throws HubError `integrity` naming each place; then nothing has been written
 */
export async function openLog(
  log: LogRepository,
  folder: LogFolder,
  signer: LogSigner,
): Promise<{ tip: LogTip; note: string }> {
  const vkey = vkeyOf(signer.origin, signer.key);
  const faults = new Faults();
  const head = await checkDatabaseHead(log, vkey, faults);
  const size = head?.size ?? 0;
  await checkFolderHead(folder, log, size, vkey, faults);
  const files = await FolderFiles.in(folder, size, faults);
  const tip = new LogTip();
  for await (const file of deriveFiles(log, tip, faults)) await files.compare(file);
  if (tip.size !== size) faults.add('audit.entry', `has ${tip.size} sealed entries, the newest checkpoint ${size}`);
  else if (head && !tip.root().equals(head.root))
    faults.add('audit.entry', `the ${size} sealed entries do not give the root that was signed`);
  faults.refuse();

  await folder.prepare();
  await makeAgain(log, folder, files.missing);
  const { note } = head ?? (await begin(log, signer));
  await show(folder, 'key.vkey', `${vkey}\n`);
  await show(folder, 'checkpoint', note);
  return { tip, note };
}

async function makeAgain(log: LogRepository, folder: LogFolder, missing: ReadonlySet<string>): Promise<void> {
  if (missing.size === 0) return;
  for await (const file of deriveFiles(log, new LogTip(), new Faults()))
    if (missing.has(file.path)) await folder.write([file]);
}

async function begin(log: LogRepository, { origin, key }: LogSigner): Promise<SignedHead> {
  const [size, root] = [0, emptyRoot()];
  const head = { size, root, note: signCheckpoint({ origin, size, root }, key) };
  await log.begin(head);
  return head;
}
