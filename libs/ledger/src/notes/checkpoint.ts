import type { KeyObject } from 'node:crypto';
import { LedgerError } from '../errors.js';
import { HASH_BYTES, requireHash } from '../hashing/hash.js';
import { parseSize } from '../tree/size.js';
import { decodeBase64 } from '../text/strict.js';
import { parseNote, signNote, verifyNote, type NoteSignature } from './note.js';
import { parseVkey, requireName, type VerifierKey } from './vkey.js';

/** The head of a log: who it is, how many entries it has, the 32-byte root over them. */
export interface TreeHead {
  origin: string;
  size: number;
  root: Buffer;
}

/** A checkpoint as read: its signatures are not verified. */
export interface Checkpoint extends TreeHead {
  /** Lines after the root: signed, but with no meaning here. */
  extensions: string[];
  signatures: NoteSignature[];
}

/**
 * Signs a tree head as `origin` (c2sp.org/tlog-checkpoint):
 *
 *     checkpoint = origin LF size LF base64( root ) LF LF signature-line
 *
 * Throws `name_invalid`, `size_invalid`, `hash_invalid`, `key_invalid`.
 */
export function signCheckpoint(
  head: { origin: string; size: number; root: Uint8Array },
  privateKey: KeyObject,
): string {
  requireHash(head.root);
  const text = `${requireName(head.origin)}\n${parseSize(head.size)}\n${Buffer.from(head.root).toString('base64')}\n`;
  return signNote(text, head.origin, privateKey);
}

/** Reads a checkpoint without verifying it. Throws `note_malformed`, `checkpoint_malformed`. */
export function parseCheckpoint(text: string): Checkpoint {
  const note = parseNote(text);
  const [origin = '', size = '', encoded = '', ...extensions] = note.text.slice(0, -1).split('\n');
  const root = decodeBase64(encoded);
  const sizeFits = /^(0|[1-9]\d*)$/.test(size) && Number.isSafeInteger(Number(size));
  if (origin === '' || !sizeFits || root?.length !== HASH_BYTES || extensions.includes('')) {
    throw new LedgerError('checkpoint_malformed', 'a checkpoint is an origin, a size and a base64 root, a line each');
  }
  return { origin, size: Number(size), root, extensions, signatures: note.signatures };
}

/**
 * The tree head a checkpoint states, verified with a key (text, or as `parseVkey` gave it).
 * Throws what `parseCheckpoint` and `parseVkey` throw, `origin_mismatch` when it is another log's, `checkpoint_unsigned`
 * and `signature_invalid`.
 */
export function verifyCheckpoint(text: string, vkey: string | VerifierKey): TreeHead {
  const key = typeof vkey === 'string' ? parseVkey(vkey) : vkey;
  const { origin, size, root } = parseCheckpoint(text);
  if (origin !== key.name) {
    throw new LedgerError('origin_mismatch', `the checkpoint is of the log "${origin}", the key of "${key.name}"`);
  }
  verifyNote(parseNote(text), key);
  return { origin, size, root };
}
