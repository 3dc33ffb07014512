import type { LogReader } from '../tiles/reading.js';
import { checkHead, readHead, readKey } from './head.js';
import { checkOlder } from './older.js';
import { Problems, type Problem } from './problems.js';
import { checkSurplus } from './surplus.js';
import { TileWalk, type Progress } from './tile-walk.js';

export interface VerifyOptions {
  /** An older checkpoint (its text) that the log must continue. */
  since?: string | undefined;
  /** The key to trust. Without it the log's own `key.vkey` is used, which only shows that the log agrees with itself. */
  vkey?: string | undefined;
  /** Lists the paths that are there, where the reader can tell: files the log does not need are then checked too. */
  files?: (() => Promise<readonly string[]>) | undefined;
  onProgress?: Progress | undefined;
}

/** `root` has 32 bytes. Problems are in the order found, and at most about 500. */
export type VerifyResult =
  { ok: true; origin: string; size: number; root: Buffer } | { ok: false; problems: Problem[] };

/**
 * Checks a whole log: the checkpoint's signature; every entry against its tile, every tile against the one above, the
 * right edge against the signed root; that it continues an older checkpoint; that no stray file claims to be part of it.
 * Every file is read, so one changed bit anywhere is found, and the file it is in is named.
 * Throws only what the reader throws: then nothing is known about the log.
 */
export async function verifyLog(read: LogReader, options: VerifyOptions = {}): Promise<VerifyResult> {
  const problems = new Problems();
  const key = await readKey(read, options.vkey, problems);
  const head = await readHead(read, key, problems);
  if (!head) {
    if (options.since !== undefined) checkHead('since', options.since, key, problems);
    return { ok: false, problems: problems.found };
  }
  await new TileWalk(read, head, problems).run(options.onProgress);
  if (options.since !== undefined) await checkOlder(options.since, head, key, read, problems);
  if (options.files) await checkSurplus(await options.files(), head.size, read, problems);
  if (problems.found.length > 0) return { ok: false, problems: problems.found };
  const { origin, size, root } = head;
  return { ok: true, origin, size, root };
}
