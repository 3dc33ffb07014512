import { createMessage, encrypt, type PrivateKey, type PublicKey } from 'openpgp';
import { CryptoError } from '../crypto-error.js';
import { strictConfig } from './config.js';
import { readPublicKey, readSecretKey } from './read-keys.js';

export interface SealRequest {
  payload: Uint8Array;
  /** Who may open it: armoured or parsed public keys, at least one. */
  recipients: readonly (string | PublicKey)[];
  /** Who signs: armoured or parsed, unlocked. */
  signer: string | PrivateKey;
  /** ASCII armour instead of binary. */
  armor?: boolean;
  /** Date of the signature and for judging the keys; default now. */
  date?: Date;
}

/**
 * Signs, then encrypts. The result is an OpenPGP message that gpg 2.2 opens (no AEAD, no compression: sizes of
 * compressed personal data tell about it).
 *
 * The signature does not cover the recipients: what is inside must name its recipient, as a manifest does, because a
 * recipient can re-encrypt the signed part to someone else.
 *
 * @returns the message's bytes (armour as ASCII bytes)
 * @throws CryptoError `no_recipient`, `not_a_public_key`, `not_a_private_key`, `key_locked`, `seal_failed` (expired, revoked or weak key)
 */
export async function sealMessage(request: SealRequest): Promise<Uint8Array> {
  if (request.recipients.length === 0) throw new CryptoError('no_recipient', 'A sealed message needs a recipient');
  const encryptionKeys = await Promise.all(
    request.recipients.map((key) => (typeof key === 'string' ? readPublicKey(key) : key)),
  );
  const signer = typeof request.signer === 'string' ? await readSecretKey(request.signer) : request.signer;
  const date = request.date ?? new Date();
  const message = await createMessage({ binary: request.payload, date });
  const options = { message, encryptionKeys, signingKeys: signer, date, config: strictConfig };
  try {
    return request.armor
      ? Buffer.from(await encrypt({ ...options, format: 'armored' }), 'ascii')
      : await encrypt({ ...options, format: 'binary' });
  } catch (cause) {
    throw new CryptoError('seal_failed', 'A key for sealing is expired, revoked, weak or unfit', { cause });
  }
}
