import { AGENCIES, AGENCY_TOPIC_FAMILIES, agencyTopicAccess, topics, type InternalTopic } from '#contracts';

/** One allowance on the broker; what none allows is refused. */
export interface Right {
  /** common name of the certificate */
  principal: string;
  on: 'topic' | 'group' | 'transaction' | 'cluster';
  name: string;
  /** `prefix`: every name that begins so */
  match: 'exact' | 'prefix';
  may: 'read' | 'write' | 'write-idempotently';
}

type Family = 'feeds' | 'receipts' | 'disclosures' | 'acks' | 'history-requests';

/** What each service reads and writes; a family stands for the topics of all agencies. `audit` uses no Kafka. */
const services: Record<string, { reads: (InternalTopic | Family)[]; writes: (InternalTopic | Family)[] }> = {
  ingest: { reads: ['feeds'], writes: ['receipts', 'records.accepted'] },
  matching: { reads: ['records.accepted', 'decisions.taken'], writes: ['subjects.changed', 'matches.changed'] },
  portal: {
    // records.accepted: which records answer a review's request for histories
    reads: ['subjects.changed', 'records.accepted'],
    // feeds: batches sealed in a browser, which it hands on and cannot open
    writes: ['decisions.taken', 'consents.changed', 'packs.requested', 'feeds'],
  },
  disclosure: {
    reads: ['packs.requested', 'consents.changed', 'matches.changed', 'acks'],
    writes: ['disclosures', 'history-requests'],
  },
};

/** An agency writes and reads its own topics, and has consumer groups `<agency>.…`. */
function rightsOfAgency(agency: string): Right[] {
  const familyTopic = {
    feeds: topics.feeds,
    receipts: topics.receipts,
    disclosures: topics.disclosures,
    acks: topics.acks,
    'history-requests': topics.historyRequests,
  };
  return [
    ...AGENCY_TOPIC_FAMILIES.map((family): Right => ({
      principal: agency,
      on: 'topic',
      name: familyTopic[family](agency),
      match: 'exact',
      may: agencyTopicAccess[family],
    })),
    { principal: agency, on: 'group', name: `${agency}.`, match: 'prefix', may: 'read' },
  ];
}

function rightsOfService(principal: string, { reads, writes }: (typeof services)[string]): Right[] {
  const onTopic = (name: string, may: Right['may']): Right =>
    name.includes('.')
      ? { principal, on: 'topic', name, match: 'exact', may }
      : { principal, on: 'topic', name: `${name}.`, match: 'prefix', may };
  return [
    ...reads.map((name) => onTopic(name, 'read')),
    ...writes.map((name) => onTopic(name, 'write')),
    { principal, on: 'group', name: principal, match: 'prefix', may: 'read' },
    // The outbox relay sends idempotently, and may do so in transactions of its own name.
    { principal, on: 'cluster', name: 'kafka-cluster', match: 'exact', may: 'write-idempotently' },
    { principal, on: 'transaction', name: principal, match: 'prefix', may: 'write' },
  ];
}

/** Every right of the partnership's agencies and the hub's services. */
export function allRights(): Right[] {
  return [
    ...AGENCIES.flatMap(({ id }) => rightsOfAgency(id)),
    ...Object.entries(services).flatMap(([name, uses]) => rightsOfService(name, uses)),
  ];
}
