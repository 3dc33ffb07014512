/** What somebody may be at the hub. The identity provider says which, in the claim `roles`. */
export const ROLES = [
  'analyst',
  'second-reviewer',
  'coordinator',
  'chair',
  'referrer',
  'review-panel',
  'agency',
  'data-protection',
  'auditor',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** Whether the identity provider named a role that we know. */
export function isRole(text: unknown): text is Role {
  return (ROLES as readonly unknown[]).includes(text);
}
