/** Why a file cannot be used as a Splink model; names places in it, never what else stands there. */
export class SplinkFileError extends Error {
  constructor(
    message: string,
    readonly code: 'splink_file_invalid' | 'splink_nothing_understood' = 'splink_file_invalid',
  ) {
    super(message);
  }
}
