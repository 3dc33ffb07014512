import canonicalize from 'canonicalize';
import { LedgerError } from '../errors.js';
import { decodeUtf8 } from '../text/strict.js';
import { MAX_ENTRY_BYTES } from '../tiles/bundle.js';
import { requireEntry } from './shape.js';

/** Who acted, or what was acted on: a kind and an id, never a name. */
export interface Party {
  type: string;
  id: string;
}

/** One act, as the log keeps it. It holds ids and salted commitments, no person data. */
export interface LedgerEntry {
  v: 1;
  /** UTC instant, ISO 8601 with `Z`. */
  at: string;
  actor: Party;
  /** A past-tense name: `BatchAccepted`, `LinkDecided`. */
  action: string;
  object: Party;
  case?: string;
  purpose?: string;
  basis?: string;
  outcome: string;
  detail?: Record<string, unknown>;
  /** Name → 64 lower-case hex digits: a salted hash (`commitTo`) or a Merkle root (`rowsRoot`). */
  commit?: Record<string, string>;
}

/**
 * The bytes of an entry as the log hashes them: RFC 8785 canonical JSON in UTF-8, at most 65,535 bytes. Optional members
 * that are `undefined` are left out. Throws `entry_invalid` (a shape that is not the contract's), `entry_too_large`.
 */
export function canonicalEntry(entry: LedgerEntry): Buffer {
  requireEntry(entry);
  const bytes = Buffer.from(canonicalize(entry) as string);
  if (bytes.length > MAX_ENTRY_BYTES) {
    throw new LedgerError('entry_too_large', `the entry has ${bytes.length} bytes, the log takes ${MAX_ENTRY_BYTES}`);
  }
  return bytes;
}

/** Reads an entry back. Throws `entry_not_canonical` unless the bytes are exactly those `canonicalEntry` makes. */
export function parseEntry(bytes: Uint8Array): LedgerEntry {
  try {
    const entry = JSON.parse(decodeUtf8(bytes) ?? '') as LedgerEntry;
    if (canonicalEntry(entry).equals(bytes)) return entry;
  } catch (cause) {
    // A JSON syntax error quotes the text it stumbled on: it is not passed on.
    throw new LedgerError(
      'entry_not_canonical',
      'not an entry of this log',
      cause instanceof LedgerError ? { cause } : {},
    );
  }
  throw new LedgerError('entry_not_canonical', 'the entry is not in its canonical form');
}
