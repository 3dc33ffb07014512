/** Someone who can sign in at the development identity provider. Every one of them is invented. */
export interface DemoUser {
  /** what is typed to sign in, and the subject of the token: what the audit names */
  username: string;
  name: string;
  roles: string[];
  agency: string;
}

/** One password for all: the provider refuses to start outside embedded mode, where there is nothing but invented people. */
export const DEMO_PASSWORD = 'demo-only-password';

const HUB = 'mash';

/** Agencies that send data (contracts.md, "Embedded state"): each has a data officer. */
const AGENCIES = [
  ['ashfield', 'Ashfield'],
  ['bassetlaw', 'Bassetlaw'],
  ['broxtowe', 'Broxtowe'],
  ['gedling', 'Gedling'],
  ['mansfield', 'Mansfield'],
  ['newark-sherwood', 'Newark and Sherwood'],
  ['rushcliffe', 'Rushcliffe'],
  ['nottingham-city', 'Nottingham City'],
  ['trent-homes', 'Trent Homes'],
  ['womens-aid', 'Womens Aid'],
  ['police', 'Police'],
  ['probation', 'Probation'],
  ['health', 'Health'],
  ['childrens-services', 'Childrens Services'],
  ['adult-services', 'Adult Services'],
  ['idva', 'IDVA'],
] as const;

const staff: DemoUser[] = [
  { username: 'analyst-1', name: 'Demo Analyst One', roles: ['analyst'], agency: HUB },
  { username: 'analyst-2', name: 'Demo Analyst Two', roles: ['analyst'], agency: HUB },
  { username: 'reviewer-1', name: 'Demo Reviewer One', roles: ['second-reviewer', 'analyst'], agency: HUB },
  { username: 'coordinator-1', name: 'Demo Coordinator One', roles: ['coordinator'], agency: HUB },
  { username: 'chair-1', name: 'Demo Chair One', roles: ['chair'], agency: HUB },
  { username: 'referrer-1', name: 'Demo Referrer One', roles: ['referrer'], agency: 'health' },
  { username: 'panel-1', name: 'Demo Panel Member One', roles: ['review-panel'], agency: HUB },
  { username: 'dpo-1', name: 'Demo Data Protection Officer One', roles: ['data-protection'], agency: HUB },
  { username: 'auditor-1', name: 'Demo Auditor One', roles: ['auditor'], agency: HUB },
  { username: 'admin-1', name: 'Demo Administrator One', roles: ['administrator'], agency: HUB },
];

export const demoUsers: readonly DemoUser[] = [
  ...staff,
  ...AGENCIES.map(([id, name]) => ({
    username: `officer-${id}`,
    name: `Demo Officer ${name}`,
    roles: ['agency'],
    agency: id,
  })),
];
