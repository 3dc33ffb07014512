/** `usage`: what was asked cannot be (exit code 2). `bad_file`: a file cannot be linked. `failed`: it could not be done (both 1). */
export type LinkErrorCode = 'usage' | 'bad_file' | 'failed';

/**
 * Why files were not linked, in words for the person at the keyboard: names files, lines, columns and ids, never what
 * else a cell holds. Not a HubError: linking needs no hub, and loading the hub's contracts would double its start.
 */
export class LinkError extends Error {
  override readonly name = 'LinkError';

  constructor(
    readonly code: LinkErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
