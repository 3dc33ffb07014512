import { decryptKey, readKeys, readPrivateKey, type Key, type PrivateKey, type PublicKey } from 'openpgp';
import { CryptoError } from '../crypto-error.js';
import { strictConfig } from './config.js';
import { fingerprintOf } from './fingerprint.js';

/** A key registered at the hub for an agency (or, at an agency, the hub's own key). */
export interface RegisteredKey {
  agency: string;
  publicKey: PublicKey;
  /** Of the primary key, upper-case hex. */
  fingerprint: string;
  /** Signatures dated before this are not accepted. */
  validFrom?: Date;
  /** Rotation: signatures dated from then on are not accepted, earlier ones stay good. */
  validUntil?: Date;
  /** Loss or theft: from then on no signature is accepted, whatever its date, since a thief can date it as they like. */
  revokedAt?: Date;
}

/**
 * Parses an agency's public key for registration.
 * @throws CryptoError `not_a_public_key` · `several_keys` · `key_expired_or_revoked` or `weak_key` (RSA under 3072 bits,
 *   refused algorithms, no signing or no encryption key) judged at `now`
 */
export async function readRegisteredKey(
  agency: string,
  publicKeyArmored: string,
  now: Date = new Date(),
  validity: Pick<RegisteredKey, 'validFrom' | 'validUntil' | 'revokedAt'> = {},
): Promise<RegisteredKey> {
  const publicKey = await readPublicKey(publicKeyArmored);
  await requireUsable(publicKey, now);
  return { agency, publicKey, fingerprint: fingerprintOf(publicKey), ...validity };
}

/** Parses one armoured public key without judging its validity: an expired key still verifies what it signed in time. */
export async function readPublicKey(publicKeyArmored: string): Promise<PublicKey> {
  let keys: Key[];
  try {
    keys = await readKeys({ armoredKeys: publicKeyArmored, config: strictConfig });
  } catch (cause) {
    throw new CryptoError('not_a_public_key', 'Not an OpenPGP public key', { cause });
  }
  const [key] = keys;
  if (keys.length > 1) throw new CryptoError('several_keys', 'One public key at a time');
  if (!key || key.isPrivate()) throw new CryptoError('not_a_public_key', 'Not an OpenPGP public key');
  return key;
}

/** Parses one armoured private key and unlocks it where it has a passphrase. @throws CryptoError `not_a_private_key`, `key_locked` */
export async function readSecretKey(privateKeyArmored: string, passphrase?: string): Promise<PrivateKey> {
  let key: PrivateKey;
  try {
    key = await readPrivateKey({ armoredKey: privateKeyArmored, config: strictConfig });
  } catch (cause) {
    throw new CryptoError('not_a_private_key', 'Not an OpenPGP private key', { cause });
  }
  if (key.isDecrypted()) return key;
  if (passphrase === undefined) throw new CryptoError('key_locked', 'The private key has a passphrase: give it');
  try {
    return await decryptKey({ privateKey: key, passphrase, config: strictConfig });
  } catch (cause) {
    throw new CryptoError('key_locked', 'The passphrase does not open the private key', { cause });
  }
}

async function requireUsable(key: PublicKey, now: Date): Promise<void> {
  try {
    await key.verifyPrimaryKey(now, undefined, strictConfig);
  } catch (cause) {
    throw new CryptoError('key_expired_or_revoked', 'The key is not valid now', { cause });
  }
  try {
    await key.getSigningKey(undefined, now, undefined, strictConfig);
    await key.getEncryptionKey(undefined, now, undefined, strictConfig);
  } catch (cause) {
    throw new CryptoError('weak_key', 'The key needs a strong, valid signing key and encryption key', { cause });
  }
}
