/** Topics by agency (contracts.md) and between services. An agency's certificate opens only its own. */
export const topics = {
  feeds: (agency: string) => `feeds.${agency}`,
  receipts: (agency: string) => `receipts.${agency}`,
  disclosures: (agency: string) => `disclosures.${agency}`,
  acks: (agency: string) => `acks.${agency}`,
  historyRequests: (agency: string) => `history-requests.${agency}`,
} as const;

export const AGENCY_TOPIC_FAMILIES = ['feeds', 'receipts', 'disclosures', 'acks', 'history-requests'] as const;
export type AgencyTopicFamily = (typeof AGENCY_TOPIC_FAMILIES)[number];

/** What an agency may do in a family: the broker's ACLs are made from this. */
export const agencyTopicAccess: Readonly<Record<AgencyTopicFamily, 'write' | 'read'>> = {
  feeds: 'write',
  acks: 'write',
  receipts: 'read',
  disclosures: 'read',
  'history-requests': 'read',
};

export const INTERNAL_TOPICS = [
  'records.accepted',
  'subjects.changed',
  'matches.changed',
  'decisions.taken',
  'consents.changed',
  'packs.requested',
] as const;
export type InternalTopic = (typeof INTERNAL_TOPICS)[number];

/** The agency and family of a topic name, or null for any other topic. */
export function agencyOfTopic(topic: string): { family: AgencyTopicFamily; agency: string } | null {
  const dot = topic.indexOf('.');
  const family = topic.slice(0, dot) as AgencyTopicFamily;
  const agency = topic.slice(dot + 1);
  if (!AGENCY_TOPIC_FAMILIES.includes(family) || !/^[a-z][a-z0-9-]{0,62}$/.test(agency)) return null;
  return { family, agency };
}
