/** What can be wrong with a log's data, one code a cause. Messages never hold the content of an entry. */
export type LedgerErrorCode =
  | 'entry_invalid'
  | 'entry_too_large'
  | 'entry_not_canonical'
  | 'bundle_malformed'
  | 'tile_path_invalid'
  | 'tile_missing'
  | 'tile_malformed'
  | 'hash_invalid'
  | 'size_invalid'
  | 'index_out_of_range'
  | 'edge_invalid'
  | 'key_invalid'
  | 'name_invalid'
  | 'note_malformed'
  | 'checkpoint_malformed'
  | 'checkpoint_unsigned'
  | 'signature_invalid'
  | 'origin_mismatch'
  | 'proof_malformed'
  | 'proof_invalid'
  | 'salt_too_short';

/** The one error this library throws; callers decide by `code`. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';

  constructor(
    readonly code: LedgerErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
