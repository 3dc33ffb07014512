import { readFile } from 'node:fs/promises';
import { parseVkey, verifyCheckpoint, type TreeHead } from '#ledger';
import { AuditError } from './errors.js';
import type { LogSource } from './sources.js';

/** A checkpoint whose signature was verified, as it was read. */
export interface TrustedHead extends TreeHead {
  checkpoint: string;
  vkey: string;
}

/** A `--key`: the key itself, or a file that holds it. Throws `usage` when it is neither. */
export async function readGivenKey(given: string | undefined): Promise<string | undefined> {
  if (given === undefined) return undefined;
  const vkey = isVkey(given) ? given : await readFile(given, 'utf8').then(lastNewlineOff, () => '');
  if (!isVkey(vkey))
    throw new AuditError('usage', '--key is neither a verifier key (name+ID+base64) nor a file with one');
  return vkey;
}

/**
 * The source's checkpoint, verified with the key given, else with the source's own. Nothing else of a source is worth
 * reading before: an unsigned size could send us after files without end. Throws `key_missing`, `checkpoint_missing`,
 * and LedgerError when the signature does not hold.
 */
export async function trustedHead(source: LogSource, given: string | undefined): Promise<TrustedHead> {
  const own = given ?? (await source.read('key.vkey'));
  if (own === null) throw new AuditError('key_missing', `${source.name} has no key.vkey: give the key with --key`);
  const vkey = typeof own === 'string' ? own : lastNewlineOff(Buffer.from(own).toString('utf8'));
  const bytes = await source.read('checkpoint');
  if (!bytes) throw new AuditError('checkpoint_missing', `${source.name} has no checkpoint`);
  const checkpoint = Buffer.from(bytes).toString('utf8');
  return { ...verifyCheckpoint(checkpoint, vkey), checkpoint, vkey };
}

function isVkey(text: string): boolean {
  try {
    parseVkey(text);
    return true;
  } catch {
    return false;
  }
}

function lastNewlineOff(text: string): string {
  return text.replace(/\r?\n$/, '');
}
