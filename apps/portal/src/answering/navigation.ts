import type { Role } from '../allowing/roles.js';

interface Entry {
  text: string;
  href: string;
  roles: Role[];
}

/** Who sees which way in. What a page allows is said on its route; this only keeps closed doors out of sight. */
const ENTRIES: Entry[] = [
  { text: 'Review', href: '/review', roles: ['analyst', 'second-reviewer'] },
  { text: 'People', href: '/people', roles: ['analyst'] },
  { text: 'Cases', href: '/cases', roles: ['analyst', 'coordinator', 'chair', 'data-protection'] },
  { text: 'Meetings', href: '/meetings', roles: ['coordinator', 'chair'] },
  { text: 'Reviews', href: '/reviews', roles: ['review-panel', 'chair'] },
  { text: 'Send data', href: '/agency/send', roles: ['agency'] },
  { text: 'Receipts', href: '/agency/receipts', roles: ['agency'] },
  { text: 'Data quality', href: '/quality', roles: ['agency', 'administrator', 'data-protection'] },
  { text: 'Keys', href: '/agency/keys', roles: ['agency'] },
  { text: 'Agreements', href: '/agreements', roles: ['data-protection', 'auditor'] },
  { text: 'Audit', href: '/audit', roles: ['data-protection', 'auditor'] },
  { text: 'Agencies', href: '/agencies', roles: ['administrator', 'data-protection', 'auditor'] },
  { text: 'System', href: '/system', roles: ['administrator'] },
];

export interface NavigationItem {
  text: string;
  href: string;
  active: boolean;
  current: boolean;
}

/** The entries somebody with these roles may use, the one they are on marked. */
export function navigationFor(roles: readonly Role[], path: string): NavigationItem[] {
  return ENTRIES.filter((entry) => entry.roles.some((role) => roles.includes(role))).map(({ text, href }) => ({
    text,
    href,
    current: path === href,
    active: path.startsWith(`${href}/`),
  }));
}
