/** Every way this library refuses. Codes are stable: callers and log readers rely on them. */
export type CryptoErrorCode =
  | 'not_a_public_key'
  | 'not_a_private_key'
  | 'several_keys'
  | 'weak_key'
  | 'key_expired_or_revoked'
  | 'key_locked'
  | 'bad_name'
  | 'no_recipient'
  | 'no_decryption_key'
  | 'seal_failed'
  | 'bad_record_identity'
  | 'bad_key'
  | 'unknown_key_version'
  | 'record_malformed'
  | 'record_not_authentic'
  | 'bad_index_key'
  | 'key_missing'
  | 'key_unreadable'
  | 'key_permissions'
  | 'bad_certificate_request';

/** A refusal with a code. The message carries ids and file names, never plaintext or key material. */
export class CryptoError extends Error {
  override readonly name = 'CryptoError';

  constructor(
    readonly code: CryptoErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
