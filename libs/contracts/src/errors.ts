import { BATCH_REFUSALS, type BatchRefusal } from './wire/refusals.js';

/** Codes of errors and the HTTP status each is answered with. The command line and dead letters use the same codes. */
const STATUS = {
  // what was asked is wrong
  bad_request: 400,
  invalid_request: 400,
  invalid_row: 422,
  usage: 400,
  // who asks
  not_signed_in: 401,
  session_expired: 401,
  unknown_certificate: 401,
  forbidden: 403,
  csrf_failed: 403,
  wrong_role: 403,
  wrong_agency: 403,
  purpose_required: 403,
  conflict_of_interest: 403,
  same_reviewer: 403,
  second_reviewer_required: 403,
  // what it is asked of
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  already_decided: 409,
  stale_version: 409,
  wrong_state: 409,
  consent_withdrawn: 409,
  gone: 410,
  erased: 410,
  unsupported_media_type: 415,
  rate_limited: 429,
  // disclosure
  withheld: 403,
  no_agreement: 403,
  no_consent: 403,
  no_break_glass: 403,
  // the hub itself
  config_invalid: 500,
  internal: 500,
  integrity: 500,
  decrypt_failed: 500,
  audit_unavailable: 503,
  broker_unavailable: 503,
  database_unavailable: 503,
  key_unavailable: 503,
  busy: 503,
  timeout: 504,
} as const;

export type HubErrorCode = keyof typeof STATUS | BatchRefusal;

export const errorStatus: Readonly<Record<HubErrorCode, number>> = {
  ...(Object.fromEntries(BATCH_REFUSALS.map((code) => [code, 422])) as Record<BatchRefusal, number>),
  too_large: 413,
  ...STATUS,
};

/**
 * An error with a code, which one filter maps to HTTP, the command line's exit or a dead letter's reason. The message
 * carries ids at most, never person data; a code outside the table is answered with 500 unless a status is given.
 */
export class HubError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: HubErrorCode | (string & {}), message: string, options: { cause?: unknown; status?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HubError';
    this.code = code;
    this.status = options.status ?? (Object.hasOwn(errorStatus, code) ? errorStatus[code as HubErrorCode] : 500);
  }
}

/** Whether an error is one of ours: its code and message may then be told. */
export function isHubError(error: unknown): error is HubError {
  return error instanceof HubError;
}
