/** Why the hub does not start, in words for whoever typed the command. `details` go to a log, never on the screen. */
export class StartProblem extends Error {
  constructor(
    readonly code: StartProblemCode,
    message: string,
    options?: { cause?: unknown; details?: string },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.details = options?.details;
  }

  readonly details: string | undefined;
}

export type StartProblemCode =
  | 'port_in_use'
  | 'disk_full'
  | 'java_missing'
  | 'kafka_missing'
  | 'state_in_use'
  | 'state_unreadable'
  | 'not_reachable'
  | 'timed_out'
  | 'ended_early';
