import { createSecretKey, diffieHellman, hkdfSync, type KeyObject } from 'node:crypto';
import { COMMITMENT_BYTES, KEY_BYTES } from './record-format.js';

const NO_SALT = Buffer.alloc(0);
const RECORD_INFO = Buffer.from('mash.record/1');

/** The encryption key of one record and the commitment to it (HKDF-SHA-512, RFC 5869). */
export function recordKeys(dataKey: KeyObject): { key: KeyObject; commitment: Buffer } {
  const okm = Buffer.from(hkdfSync('sha512', dataKey, NO_SALT, RECORD_INFO, KEY_BYTES + COMMITMENT_BYTES));
  const key = createSecretKey(okm.subarray(0, KEY_BYTES));
  const commitment = Buffer.from(okm.subarray(KEY_BYTES));
  okm.fill(0);
  return { key, commitment };
}

/**
 * The wrapping key two X25519 halves agree on (RFC 7748 section 6.1; OpenSSL refuses the all-zero agreement). The salt
 * holds both public keys, so the key belongs to this pair; the info holds the version.
 */
export function wrappingKey(
  agreement: { privateKey: KeyObject; publicKey: KeyObject },
  ephemeralPublicKey: Buffer,
  recordPublicKey: Buffer,
  keyVersion: number,
): KeyObject {
  const shared = diffieHellman(agreement);
  const salt = Buffer.concat([ephemeralPublicKey, recordPublicKey]);
  const okm = Buffer.from(hkdfSync('sha256', shared, salt, `mash.record-wrap/1|${keyVersion}`, KEY_BYTES));
  shared.fill(0);
  const key = createSecretKey(okm);
  okm.fill(0);
  return key;
}
