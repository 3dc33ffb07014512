import { createPublicKey, type KeyObject } from 'node:crypto';
import { LedgerError } from '../errors.js';
import { sha256 } from '../hashing/hash.js';
import { decodeBase64 } from '../text/strict.js';

/** Signature type byte of Ed25519 in signed notes (c2sp.org/signed-note, "Signature types"). */
const ED25519 = 0x01;
const PUBLIC_KEY_BYTES = 32;

/** A key that verifies a log's checkpoints; `name` is the log's origin. */
export interface VerifierKey {
  name: string;
  /** 4 bytes: they find the key, they do not authenticate it. */
  keyId: Buffer;
  publicKey: KeyObject;
}

/**
 * A verifier key as text (c2sp.org/signed-note, "Verifier keys"):
 *
 *     vkey  = name "+" 8HEXDIG "+" base64( 0x01 ‖ 32-byte public key )
 *     keyID = first 4 bytes of SHA-256( name ‖ 0x0A ‖ 0x01 ‖ public key )
 *
 * Takes the public or the private key. Throws `name_invalid`, `key_invalid`.
 */
export function vkeyOf(origin: string, key: KeyObject): string {
  const raw = rawPublicKey(key);
  return `${requireName(origin)}+${keyIdOf(origin, raw).toString('hex')}+${typed(raw).toString('base64')}`;
}

/** Parses a vkey, strictly: one spelling each, and the key ID must be that of the name and key. Throws `key_invalid`. */
export function parseVkey(text: string): VerifierKey {
  // The name holds no "+", so the first two divide; base64 may hold more.
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const material = decodeBase64(encoded);
  if (!isName(name) || material?.length !== 1 + PUBLIC_KEY_BYTES || material[0] !== ED25519) {
    throw new LedgerError('key_invalid', 'not a verifier key of the form name+keyID+base64 for Ed25519');
  }
  const raw = material.subarray(1);
  if (keyIdOf(name, raw).toString('hex') !== id) {
    throw new LedgerError(
      'key_invalid',
      'the key ID is not that of this name and key: the key was changed or mistyped',
    );
  }
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
  return { name, keyId: Buffer.from(id, 'hex'), publicKey: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/** Key ID of a name and a key object, 4 bytes. */
export function keyId(name: string, key: KeyObject): Buffer {
  return keyIdOf(name, rawPublicKey(key));
}

/** Whether a text may name a key or log: not empty, no Unicode space, no `+`, no control character. */
export function isName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  return name.length > 0 && name.isWellFormed() && !/[\s\p{White_Space}+\u0000-\u001f\u007f]/u.test(name);
}

/** Gives the name back, or throws `name_invalid`. */
export function requireName(name: string): string {
  if (!isName(name))
    throw new LedgerError('name_invalid', 'an origin is not empty and has no space, "+" or control character');
  return name;
}

function keyIdOf(name: string, raw: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), typed(raw)])).subarray(0, 4);
}

function typed(raw: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([ED25519]), raw]);
}

function rawPublicKey(key: KeyObject): Buffer {
  if (key.type === 'secret' || key.asymmetricKeyType !== 'ed25519') {
    throw new LedgerError('key_invalid', 'the log signs with Ed25519 keys only');
  }
  const publicKey = key.type === 'private' ? createPublicKey(key.export({ type: 'pkcs8', format: 'pem' })) : key;
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
}
