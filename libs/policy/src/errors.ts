/**
 * What can be wrong with a policy or a request. Codes are stable; messages name fields and rules, never a person.
 */
export type PolicyErrorCode =
  'unknown_policy' | 'policy_invalid' | 'invalid_instant' | 'unknown_kind' | 'unknown_item' | 'request_invalid';

/** An error of this library. `code` is for programs, `message` for people. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';

  constructor(
    readonly code: PolicyErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
