import { hash } from 'node:crypto';
import { LedgerError } from '../errors.js';

/** Bytes of a SHA-256 hash, the only hash of the log. */
export const HASH_BYTES = 32;

// One buffer for every node: the hash is taken before anyone else can run, and a log is mostly nodes.
const node = Buffer.alloc(1 + 2 * HASH_BYTES);
node[0] = 0x01;

/** SHA-256 of bytes. One call is about twice as fast as createHash/update/digest for inputs this small. */
export function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** Hash of a log entry: SHA-256(0x00 ‖ entry) (RFC 9162 §2.1.1). */
export function leafHash(entry: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(1 + entry.length);
  input[0] = 0x00;
  input.set(entry, 1);
  return sha256(input);
}

/** Hash of two 32-byte subtree hashes: SHA-256(0x01 ‖ left ‖ right) (RFC 9162 §2.1.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  requireHash(left);
  requireHash(right);
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return sha256(node);
}

/** Root of the tree without entries: SHA-256 of nothing (RFC 9162 §2.1.1). */
export function emptyRoot(): Buffer {
  return sha256(Buffer.alloc(0));
}

/** Throws `hash_invalid` unless the value is 32 bytes long. */
export function requireHash(value: Uint8Array): void {
  if (value.length !== HASH_BYTES) throw new LedgerError('hash_invalid', `a hash is 32 bytes, not ${value.length}`);
}
