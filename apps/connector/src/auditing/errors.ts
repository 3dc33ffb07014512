export type AuditErrorCode =
  'usage' | 'unreachable' | 'too_large' | 'key_missing' | 'checkpoint_missing' | 'file_missing' | 'not_in_log';

/** Why an audit command could not do its work. `usage` is the caller's mistake, the rest the log's or the network's. */
export class AuditError extends Error {
  override readonly name = 'AuditError';

  constructor(
    readonly code: AuditErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
