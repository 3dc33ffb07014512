import { generateKey, type SubkeyOptions } from 'openpgp';
import { CryptoError } from '../crypto-error.js';
import { strictConfig } from './config.js';
import { fingerprintOf } from './fingerprint.js';
import { splitHubKey } from './hub-key.js';

/** A key pair as text. `fingerprint` is the primary key's, upper-case hex. */
export interface GeneratedKey {
  privateKeyArmored: string;
  publicKeyArmored: string;
  fingerprint: string;
}

/** The hub's certificate and the two parts of it that services hold (see `splitHubKey`). */
export interface GeneratedHubKey extends GeneratedKey {
  openingKeyArmored: string;
  packsKeyArmored: string;
}

const DEFAULT_LIFETIME_DAYS = 2 * 365;

/**
 * An agency's key: a version 4 Ed25519 primary that certifies and signs, and a Curve25519 subkey for encryption, both in
 * the encoding gpg 2.2 reads. Expires after `expiresInDays` (default two years). With `passphrase` the private
 * half is locked with it.
 */
export async function generateAgencyKey(options: {
  agency: string;
  name: string;
  expiresInDays?: number;
  passphrase?: string;
  date?: Date;
}): Promise<GeneratedKey> {
  return generate({ name: plainName(options.name), comment: plainName(options.agency) }, [{}], options);
}

/**
 * The hub's key: one certificate, so that agencies compare one fingerprint, with a subkey for each duty: encryption
 * (opens feeds), signing of receipts, signing of packs, in that order.
 */
export async function generateHubKey(options: {
  hubId: string;
  expiresInDays?: number;
  date?: Date;
}): Promise<GeneratedHubKey> {
  const userId = { name: 'MASH hub', comment: plainName(options.hubId) };
  const key = await generate(userId, [{}, { sign: true }, { sign: true }], options);
  return { ...key, ...(await splitHubKey(key.privateKeyArmored)) };
}

async function generate(
  userId: { name: string; comment: string },
  subkeys: SubkeyOptions[],
  options: { expiresInDays?: number; passphrase?: string; date?: Date },
): Promise<GeneratedKey> {
  const { privateKey, publicKey } = await generateKey({
    // The "legacy" identifiers are the ones of version 4 keys before RFC 9580: the only ones gpg 2.2 knows.
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: [userId],
    subkeys,
    keyExpirationTime: (options.expiresInDays ?? DEFAULT_LIFETIME_DAYS) * 24 * 60 * 60,
    ...(options.passphrase ? { passphrase: options.passphrase } : {}),
    ...(options.date ? { date: options.date } : {}),
    format: 'object',
    config: strictConfig,
  });
  return {
    privateKeyArmored: privateKey.armor(strictConfig),
    publicKeyArmored: publicKey.armor(strictConfig),
    fingerprint: fingerprintOf(publicKey),
  };
}

/** User ids are `Name (comment)`: brackets and control characters in a part would let one name look like another. */
function plainName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 200 || /[<>()\p{Cc}]/u.test(name)) {
    throw new CryptoError('bad_name', 'A key needs a name without brackets and control characters');
  }
  return name;
}
