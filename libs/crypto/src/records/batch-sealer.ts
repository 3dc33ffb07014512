import { createSecretKey, type KeyObject } from 'node:crypto';
import { encrypt } from './aead.js';
import { recordKeys, wrappingKey } from './derive.js';
import { RandomPool } from './random-pool.js';
import {
  encodeCiphertext,
  encodeWrappedKey,
  identityBytes,
  KEY_BYTES,
  NONCE_BYTES,
  type RecordIdentity,
} from './record-format.js';
import { generateRecordKeyPair, rawPublicKey, requireKeyVersion } from './record-key.js';

/** What is stored for a record; the wrapped key goes into the schema no app role may select from. */
export interface SealedRecord {
  ciphertext: Buffer;
  wrappedKey: Buffer;
}

/**
 * Seals the records of one batch to the hub's record public key. It can seal and never open: the ephemeral private half
 * is gone once the constructor ends, and only the wrapping key stays in memory, for as long as this object.
 *
 * One key agreement a batch, then one HKDF and two AES calls a record (30 microseconds for 400 bytes, measured).
 * Use a new one for each batch: the random nonces of wrapped keys are safe for far more records than a batch holds,
 * not for ever.
 */
export class BatchSealer {
  /** 32 octets, stored once a batch. */
  readonly ephemeralPublicKey: Buffer;
  private readonly wrapping: KeyObject;
  private readonly random = new RandomPool();

  /** @throws CryptoError `bad_key` */
  constructor(
    recordPublicKey: KeyObject,
    readonly keyVersion: number,
  ) {
    requireKeyVersion(keyVersion);
    const recordPublic = rawPublicKey(recordPublicKey);
    const ephemeral = generateRecordKeyPair();
    this.ephemeralPublicKey = rawPublicKey(ephemeral.publicKey);
    const agreement = { privateKey: ephemeral.privateKey, publicKey: recordPublicKey };
    this.wrapping = wrappingKey(agreement, this.ephemeralPublicKey, recordPublic, keyVersion);
  }

  /** @throws CryptoError `bad_record_identity` */
  seal(row: RecordIdentity, plaintext: Buffer): SealedRecord {
    const identity = identityBytes(row, this.keyVersion);
    const dataKey = this.random.take(KEY_BYTES);
    const { key, commitment } = recordKeys(createSecretKey(dataKey));
    const ciphertext = encodeCiphertext({
      commitment,
      ...encrypt(key, this.random.take(NONCE_BYTES), identity, plaintext),
    });
    const wrappedKey = encodeWrappedKey(encrypt(this.wrapping, this.random.take(NONCE_BYTES), identity, dataKey));
    dataKey.fill(0);
    return { ciphertext, wrappedKey };
  }
}
