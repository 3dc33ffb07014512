import {
  decodeEntryBundle,
  formatProof,
  inclusionProof,
  readTile,
  tileReader,
  tileWidth,
  TILE_WIDTH,
  verifyProof,
} from '#ledger';
import { AuditError } from './errors.js';
import type { LogSource } from './sources.js';
import { trustedHead } from './trusting.js';

export interface Proved {
  index: number;
  size: number;
  origin: string;
  /** base64. */
  root: string;
  /** The entry's JSON text. */
  entry: string;
  /** c2sp.org/tlog-proof@v1. */
  proof: string;
}

/**
 * The inclusion proof of one entry (index from 0) against the source's current checkpoint. It is verified before it is
 * given: tiles that do not add up throw LedgerError `proof_invalid`. Throws `not_in_log` beyond the end.
 */
export async function proveEntry(source: LogSource, index: number, vkey?: string): Promise<Proved> {
  const { size, checkpoint, vkey: key } = await trustedHead(source, vkey);
  if (index >= size)
    throw new AuditError('not_in_log', `there is no entry ${index}: the log has ${size}, counted from 0`);
  const entry = await readEntry(source, index, size);
  const hashes = await inclusionProof(index, size, tileReader(source.read));
  const proof = formatProof({ index, proof: hashes, checkpoint });
  const { origin, root } = verifyProof(entry, proof, key);
  return { index, size, origin, root: root.toString('base64'), entry: entry.toString('utf8'), proof };
}

async function readEntry(source: LogSource, index: number, size: number): Promise<Buffer> {
  const at = Math.floor(index / TILE_WIDTH);
  const width = tileWidth('entries', at, size);
  const bundle = await readTile(source.read, { level: 'entries', index: at, width });
  if (!bundle) throw new AuditError('file_missing', `${source.name} signed entry ${index} but does not have it`);
  return decodeEntryBundle(bundle, width)[index % TILE_WIDTH] as Buffer;
}
