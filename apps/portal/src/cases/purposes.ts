import { HubError } from '#contracts';
import type { Role } from '../allowing/roles.js';
import type { SessionUser } from '../signing-in/session-user.js';

/** Why somebody may open a case. Nobody's data is read without one; it stands in the audit beside what was opened. */
export const VIEW_PURPOSES = {
  marac: 'Preparing or holding a MARAC meeting',
  'adult-safeguarding': 'Safeguarding an adult',
  'child-safeguarding': 'Safeguarding a child',
  dhr: 'A domestic homicide review',
  emergency: 'Somebody is in danger now',
  'caldicott-review': 'Deciding on a Caldicott sign-off',
  'subject-access': 'Answering a request for access to their own data',
  audit: 'Looking into how the hub was used',
} as const;
export type ViewPurpose = keyof typeof VIEW_PURPOSES;

/** For these the work with cases is MARAC; everybody else says what for. */
const MARAC_ROLES: Role[] = ['analyst', 'coordinator', 'chair'];

/** @returns the purpose given, or the role's own; null when there is none yet and the user must be asked */
export function purposeFor(user: SessionUser, given: unknown): ViewPurpose | null {
  if (typeof given === 'string' && Object.hasOwn(VIEW_PURPOSES, given)) return given as ViewPurpose;
  if (given !== undefined && given !== '') throw new HubError('invalid_request', 'The hub knows no such purpose.');
  return user.roles.some((role) => MARAC_ROLES.includes(role)) ? 'marac' : null;
}
