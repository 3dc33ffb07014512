import { LedgerError } from '../errors.js';
import { sha256 } from '../hashing/hash.js';

// Keeps these hashes apart from every other SHA-256 of the system: no leaf, node or digest can be passed off as one.
const DOMAIN = Buffer.from('mash-hub/commitment/1\0');
const MIN_SALT_BYTES = 16;

/**
 * Commits to a value without telling it: SHA-256(domain ‖ uint16 salt length ‖ salt ‖ value), 64 hex digits. Whoever is
 * given value and salt can check it; once the salt is destroyed nobody can test a guess. The length keeps salt and value
 * from sliding into each other. Text counts as its UTF-8. Throws `salt_too_short` below 16 random bytes.
 */
export function commitTo(value: string | Uint8Array, salt: Uint8Array): string {
  if (salt.length < MIN_SALT_BYTES || salt.length > 0xffff) {
    throw new LedgerError('salt_too_short', `a salt has at least ${MIN_SALT_BYTES} random bytes`);
  }
  if (typeof value === 'string' && !value.isWellFormed())
    throw new LedgerError('entry_invalid', 'the text is not well-formed');
  const saltLength = Buffer.from([salt.length >> 8, salt.length & 0xff]);
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  return sha256(Buffer.concat([DOMAIN, saltLength, salt, bytes])).toString('hex');
}
