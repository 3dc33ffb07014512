import { createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { CryptoError } from '../crypto-error.js';
import { decrypt } from './aead.js';
import type { SealedRecord } from './batch-sealer.js';
import { recordKeys, wrappingKey } from './derive.js';
import { decodeCiphertext, decodeWrappedKey, identityBytes, type RecordIdentity } from './record-format.js';
import { publicKeyFromRaw, rawPublicKey, requireKeyVersion } from './record-key.js';

/** A sealed record with what its batch carries. */
export interface StoredRecord extends SealedRecord {
  ephemeralPublicKey: Buffer;
  keyVersion: number;
}

/** Batches whose agreed key is remembered, so that reading a batch costs one agreement and not one a record. */
const REMEMBERED_BATCHES = 1_000;

/** Opens sealed records with the record private keys, by version. */
export class RecordOpener {
  private readonly keys = new Map<number, { privateKey: KeyObject; publicBytes: Buffer }>();
  /** Least recently used first. */
  private readonly agreed = new Map<string, KeyObject>();

  /** @throws CryptoError `bad_key` */
  constructor(
    privateKeys: ReadonlyMap<number, KeyObject>,
    private readonly rememberedBatches: number = REMEMBERED_BATCHES,
  ) {
    for (const [version, privateKey] of privateKeys) {
      requireKeyVersion(version);
      if (privateKey.type !== 'private') throw new CryptoError('bad_key', 'Opening needs private record keys');
      this.keys.set(version, { privateKey, publicBytes: rawPublicKey(privateKey) });
    }
  }

  /**
   * @returns the plaintext, only after key, commitment, identity and every bit were checked
   * @throws CryptoError `unknown_key_version` · `record_malformed` · `record_not_authentic` · `bad_record_identity`
   */
  open(row: RecordIdentity, record: StoredRecord): Buffer {
    const identity = identityBytes(row, record.keyVersion);
    const parts = decodeCiphertext(record.ciphertext);
    const wrapped = decodeWrappedKey(record.wrappedKey);

    const dataKey = decrypt(this.wrappingKeyOf(record), identity, wrapped);
    const { key, commitment } = recordKeys(createSecretKey(dataKey));
    dataKey.fill(0);
    if (!timingSafeEqual(commitment, parts.commitment)) {
      throw new CryptoError('record_not_authentic', 'The record was not sealed under this key');
    }
    return decrypt(key, identity, parts);
  }

  private wrappingKeyOf({ ephemeralPublicKey, keyVersion }: StoredRecord): KeyObject {
    const own = this.keys.get(keyVersion);
    if (!own) throw new CryptoError('unknown_key_version', `No record key of version ${keyVersion}`);
    const name = `${keyVersion}|${ephemeralPublicKey.toString('base64')}`;
    const known = this.agreed.get(name);
    this.agreed.delete(name);
    const key = known ?? this.agree(own, ephemeralPublicKey, keyVersion);
    this.agreed.set(name, key);
    if (this.agreed.size > this.rememberedBatches) {
      const [oldest] = this.agreed.keys();
      if (oldest !== undefined) this.agreed.delete(oldest);
    }
    return key;
  }

  private agree(own: { privateKey: KeyObject; publicBytes: Buffer }, ephemeral: Buffer, keyVersion: number): KeyObject {
    const publicKey = publicKeyFromRaw(ephemeral);
    try {
      return wrappingKey({ privateKey: own.privateKey, publicKey }, ephemeral, own.publicBytes, keyVersion);
    } catch (cause) {
      throw new CryptoError('record_malformed', 'The ephemeral key is not one X25519 can agree with', { cause });
    }
  }
}
