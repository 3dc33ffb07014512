/** Why a message was not opened: the `reason` of a batch refusal that concerns the envelope. */
export type OpenRefusalCode =
  | 'not_encrypted_to_hub'
  | 'unsigned'
  | 'bad_signature'
  | 'unknown_signer'
  | 'wrong_sender'
  | 'stale'
  | 'too_large'
  | 'too_compressed'
  | 'malformed';

/** Carries a refusal out of the steps of opening; never leaves `openMessage`. */
export class Refusal extends Error {
  constructor(
    readonly code: OpenRefusalCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
