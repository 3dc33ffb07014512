import { parseCheckpoint, verifyCheckpoint, type TreeHead } from '../notes/checkpoint.js';
import { parseVkey, type VerifierKey } from '../notes/vkey.js';
import { LedgerError } from '../errors.js';
import { decodeUtf8 } from '../text/strict.js';
import type { LogReader } from '../tiles/reading.js';
import type { Problems } from './problems.js';

/**
 * The key to verify with: the one given, else the log's own `key.vkey`. A `key.vkey` that differs from the one given is a
 * fault. null when there is none that can be used.
 */
export async function readKey(
  read: LogReader,
  given: string | undefined,
  problems: Problems,
): Promise<VerifierKey | null> {
  const bytes = await read('key.vkey');
  const own = bytes && (decodeUtf8(bytes) ?? '').replace(/\n$/, '');
  if (given !== undefined && own !== null && own !== given) {
    problems.add('key.vkey', 'is not the key that was given');
  }
  if (given === undefined && own === null) problems.add('key.vkey', 'is missing, and no key was given');
  const text = given ?? own;
  return text === null ? null : attempt(given === undefined ? 'key.vkey' : 'key', problems, () => parseVkey(text));
}

/** The head the log's checkpoint states. A head whose signature is wrong is still given, to find what else is. */
export async function readHead(read: LogReader, key: VerifierKey | null, problems: Problems): Promise<TreeHead | null> {
  const bytes = await read('checkpoint');
  if (!bytes) {
    problems.add('checkpoint', 'is missing');
    return null;
  }
  const text = decodeUtf8(bytes);
  if (text === null) {
    problems.add('checkpoint', 'is not UTF-8 text');
    return null;
  }
  return checkHead('checkpoint', text, key, problems);
}

/** Parses a checkpoint and verifies its signature; `where` names it in problems. null when it cannot be read. */
export function checkHead(where: string, text: string, key: VerifierKey | null, problems: Problems): TreeHead | null {
  const head = attempt(where, problems, () => parseCheckpoint(text));
  if (head && key) attempt(where, problems, () => verifyCheckpoint(text, key));
  return head;
}

function attempt<T>(where: string, problems: Problems, act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    problems.add(where, error.message);
    return null;
  }
}
