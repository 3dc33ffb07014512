import type { TreeHead } from '../notes/checkpoint.js';
import type { VerifierKey } from '../notes/vkey.js';
import { LedgerError } from '../errors.js';
import { tileReader, treeStateAt, type LogReader } from '../tiles/reading.js';
import { checkHead } from './head.js';
import type { Problems } from './problems.js';

/** Where problems of the older checkpoint are placed. */
const SINCE = 'since';

/**
 * Checks that the log still begins with exactly the entries that an older checkpoint signed: same key, same log, and the
 * root of its first `size` entries, computed from the tiles, is the one signed then.
 */
export async function checkOlder(
  since: string,
  head: TreeHead,
  key: VerifierKey | null,
  read: LogReader,
  problems: Problems,
): Promise<void> {
  const older = checkHead(SINCE, since, key, problems);
  if (!older) return;
  if (older.origin !== head.origin) {
    problems.add(SINCE, `is of another log: "${older.origin}", not "${head.origin}"`);
    return;
  }
  if (older.size > head.size) {
    problems.add(
      SINCE,
      `has ${older.size} entries, the log here only ${head.size}: entries were taken away, or this is an older copy`,
    );
    return;
  }
  const root = await rootAt(older.size, head, read);
  if (root === null) problems.add(SINCE, 'could not be compared: tiles it needs are missing');
  else if (!root.equals(older.root)) {
    problems.add(
      SINCE,
      `two histories: the first ${older.size} entries here are not those signed in the older checkpoint`,
    );
  }
}

async function rootAt(size: number, head: TreeHead, read: LogReader): Promise<Buffer | null> {
  if (size === head.size) return head.root;
  try {
    return (await treeStateAt(size, tileReader(read), head.size)).root();
  } catch (error) {
    if (error instanceof LedgerError) return null;
    throw error;
  }
}
