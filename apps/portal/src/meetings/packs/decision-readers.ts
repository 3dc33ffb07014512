import type { SessionUser } from '../../signing-in/session-user.js';

/**
 * Who may read why items were withheld. A reason such as `conflict_of_interest` or `confidential_address` tells of a person itself, so it
 * is for those who answer for the sharing, not for everybody who works with its result.
 */
export const DECISION_READERS = ['data-protection', 'auditor', 'coordinator', 'chair'] as const;

/** Whether this user is one of them. */
export function mayReadDecisions(user: SessionUser): boolean {
  return DECISION_READERS.some((role) => user.roles.includes(role));
}
