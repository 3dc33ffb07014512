import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { CryptoError } from '../crypto-error.js';

export const X25519_BYTES = 32;

/** A new X25519 pair: records are sealed to the public half and opened with the private one. */
export function generateRecordKeyPair(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('x25519');
}

/** The 32 octets of an X25519 public key. @throws CryptoError `bad_key` */
export function rawPublicKey(key: KeyObject): Buffer {
  if (key.asymmetricKeyType !== 'x25519') throw new CryptoError('bad_key', 'A record key must be an X25519 key');
  const { x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url');
}

/** The other way round. @throws CryptoError `record_malformed` where it is not 32 octets */
export function publicKeyFromRaw(raw: Buffer): KeyObject {
  if (raw.length !== X25519_BYTES) throw new CryptoError('record_malformed', 'An ephemeral key has 32 octets');
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'X25519', x: raw.toString('base64url') } });
}

/** Key versions are counted from 1. @throws CryptoError `bad_key` */
export function requireKeyVersion(version: number): void {
  if (!Number.isSafeInteger(version) || version < 1) throw new CryptoError('bad_key', 'Key versions count from 1');
}
