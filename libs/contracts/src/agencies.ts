import type { FeedName } from './feeds/feed.js';

export const AGENCY_KINDS = [
  'council',
  'housing-association',
  'womens-aid',
  'police',
  'probation',
  'health',
  'childrens-services',
  'adult-services',
  'idva',
] as const;
export type AgencyKind = (typeof AGENCY_KINDS)[number];

export interface Agency {
  id: string;
  name: string;
  kind: AgencyKind;
  /** A relevant authority under the Crime and Disorder Act 1998 s.115(2): councils, police, probation, health bodies, registered social landlords. */
  authority: boolean;
  /** A safeguarding partner under the Children Act 2004 s.16E: the upper-tier council, the integrated care board, the police. */
  safeguardingPartner: boolean;
  /** What it may send until its agreement says otherwise. */
  feeds: readonly FeedName[];
}

const EVERYBODY = ['marac-referral', 'agency-history'] as const satisfies readonly FeedName[];
const LANDLORD = ['housing', 'arrears', 'asb', ...EVERYBODY] as const satisfies readonly FeedName[];
const COUNCIL = ['housing', 'arrears', 'asb', 'homelessness', ...EVERYBODY] as const satisfies readonly FeedName[];

function district(id: string, name: string): Agency {
  return { id, name, kind: 'council', authority: true, safeguardingPartner: false, feeds: COUNCIL };
}

/** The agencies of the partnership (contracts.md, "Embedded state"). */
export const AGENCIES: readonly Agency[] = [
  district('ashfield', 'Ashfield District Council'),
  district('bassetlaw', 'Bassetlaw District Council'),
  district('broxtowe', 'Broxtowe Borough Council'),
  district('gedling', 'Gedling Borough Council'),
  district('mansfield', 'Mansfield District Council'),
  district('newark-sherwood', 'Newark and Sherwood District Council'),
  district('rushcliffe', 'Rushcliffe Borough Council'),
  // A unitary authority, so a children's safeguarding partner as well.
  { ...district('nottingham-city', 'Nottingham City Council'), safeguardingPartner: true },
  {
    id: 'trent-homes',
    name: 'Trent Homes',
    kind: 'housing-association',
    authority: true,
    safeguardingPartner: false,
    feeds: LANDLORD,
  },
  {
    id: 'womens-aid',
    name: "Women's Aid",
    kind: 'womens-aid',
    authority: false,
    safeguardingPartner: false,
    feeds: ['dv-service', ...EVERYBODY],
  },
  { id: 'police', name: 'Police', kind: 'police', authority: true, safeguardingPartner: true, feeds: EVERYBODY },
  {
    id: 'probation',
    name: 'Probation Service',
    kind: 'probation',
    authority: true,
    safeguardingPartner: false,
    feeds: EVERYBODY,
  },
  { id: 'health', name: 'Health', kind: 'health', authority: true, safeguardingPartner: true, feeds: EVERYBODY },
  {
    id: 'childrens-services',
    name: "Children's Services",
    kind: 'childrens-services',
    authority: true,
    safeguardingPartner: true,
    feeds: EVERYBODY,
  },
  {
    id: 'adult-services',
    name: 'Adult Services',
    kind: 'adult-services',
    authority: true,
    safeguardingPartner: false,
    feeds: EVERYBODY,
  },
  { id: 'idva', name: 'IDVA service', kind: 'idva', authority: false, safeguardingPartner: false, feeds: EVERYBODY },
];

const BY_ID = new Map(AGENCIES.map((agency) => [agency.id, agency]));

/** The agency with this id, or undefined. */
export function agencyById(id: string): Agency | undefined {
  return BY_ID.get(id);
}
