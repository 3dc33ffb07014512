import { CryptoError } from '../crypto-error.js';

/**
 * A sealed record, as it lies in the database. All sizes in octets:
 *
 *   ciphertext  = %x01 commitment[32] nonce[12] sealed[n] tag[16]     ; 61 more than the plaintext
 *   wrappedKey  = %x01 nonce[12] sealedDataKey[32] tag[16]            ; 61
 *   identity    = table "|" column "|" rowId "|" keyVersion           ; UTF-8, the associated data of both
 *
 *   dataKey     = 32 random octets, for this record alone
 *   okm[64]     = HKDF-SHA-512(dataKey, salt empty, info "mash.record/1")     ; RFC 5869
 *   encryption key = okm[0..31] · commitment = okm[32..63]
 *   wrapping key   = HKDF-SHA-256(X25519(ephemeral, record key), salt ephemeralPublic || recordPublic,
 *                                 info "mash.record-wrap/1|" keyVersion)
 *
 * Both `sealed` parts are AES-256-GCM. GCM alone does not commit to its key (one ciphertext can be made to open under
 * two), hence the commitment: it is compared before anything is decrypted.
 */
export const FORMAT_VERSION = 0x01;
export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
export const COMMITMENT_BYTES = 32;

const WRAPPED_KEY_BYTES = 1 + NONCE_BYTES + KEY_BYTES + TAG_BYTES;
const CIPHERTEXT_OVERHEAD = 1 + COMMITMENT_BYTES + NONCE_BYTES + TAG_BYTES;

/** Which cell a ciphertext belongs to. */
export interface RecordIdentity {
  table: string;
  column: string;
  rowId: string;
}

/** The associated data of a record. @throws CryptoError `bad_record_identity` where a part is empty or holds a separator */
export function identityBytes({ table, column, rowId }: RecordIdentity, keyVersion: number): Buffer {
  for (const part of [table, column, rowId]) {
    if (part === '' || part.includes('|')) {
      throw new CryptoError('bad_record_identity', 'Table, column and row id must be non-empty and without "|"');
    }
  }
  return Buffer.from(`${table}|${column}|${rowId}|${keyVersion}`, 'utf8');
}

export interface CiphertextParts {
  commitment: Buffer;
  nonce: Buffer;
  sealed: Buffer;
  tag: Buffer;
}

/** The parts as bytes, in the order of the grammar above. */
export function encodeCiphertext({ commitment, nonce, sealed, tag }: CiphertextParts): Buffer {
  return Buffer.concat([Buffer.of(FORMAT_VERSION), commitment, nonce, sealed, tag]);
}

/** @throws CryptoError `record_malformed` */
export function decodeCiphertext(bytes: Buffer): CiphertextParts {
  if (bytes.length < CIPHERTEXT_OVERHEAD || bytes[0] !== FORMAT_VERSION) {
    throw new CryptoError('record_malformed', 'Not a sealed record of a known version');
  }
  const nonceAt = 1 + COMMITMENT_BYTES;
  return {
    commitment: bytes.subarray(1, nonceAt),
    nonce: bytes.subarray(nonceAt, nonceAt + NONCE_BYTES),
    sealed: bytes.subarray(nonceAt + NONCE_BYTES, -TAG_BYTES),
    tag: bytes.subarray(-TAG_BYTES),
  };
}

export interface WrappedKeyParts {
  nonce: Buffer;
  sealed: Buffer;
  tag: Buffer;
}

/** The parts as bytes, in the order of the grammar above. */
export function encodeWrappedKey({ nonce, sealed, tag }: WrappedKeyParts): Buffer {
  return Buffer.concat([Buffer.of(FORMAT_VERSION), nonce, sealed, tag], WRAPPED_KEY_BYTES);
}

/** @throws CryptoError `record_malformed` */
export function decodeWrappedKey(bytes: Buffer): WrappedKeyParts {
  if (bytes.length !== WRAPPED_KEY_BYTES || bytes[0] !== FORMAT_VERSION) {
    throw new CryptoError('record_malformed', 'Not a wrapped key of a known version');
  }
  return {
    nonce: bytes.subarray(1, 1 + NONCE_BYTES),
    sealed: bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES),
    tag: bytes.subarray(-TAG_BYTES),
  };
}
