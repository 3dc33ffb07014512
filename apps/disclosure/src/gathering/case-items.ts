import { agencyById, itemsOf, peopleIn, type AgencyKind, type HistoryEvent, type PersonBlock } from '#contracts';
import type { CaseFacts, Source } from './case-facts.js';
import type { GatheredItem, OpenedRecord } from './gathered.js';
import { formsOf, plain } from './names.js';
import { namesIn } from './third-parties.js';

/**
 * Every item of a case's records about its people. A record that names two of them gives each their own part.
 * @param sources whose items are wanted: the case's own, or for a review the agencies' answers
 * @param records opened records by id; one that is missing (replaced, erased) gives nothing
 */
export function caseItems(
  facts: Pick<CaseFacts, 'sources'>,
  sources: readonly Source[],
  records: ReadonlyMap<string, OpenedRecord>,
): GatheredItem[] {
  const bySource = Map.groupBy(sources, (source) => source.recordId);
  const caseNames = namesOf([...facts.sources, ...sources.filter(({ person }) => person !== UNKNOWN)], records);
  return [...bySource].flatMap(([recordId, sources]) => {
    const record = records.get(recordId);
    if (!record) return [];
    const parts = new Set(sources.map(({ part }) => part));
    const naming = namesIn(record, (part) => parts.has(part), caseNames);
    return sources.flatMap((source) => sourceItems(record, source, naming));
  });
}

/** Stands for the person of an answer that is none of the review's people: the policy withholds it (row 2). */
export const UNKNOWN = 'unknown';

function sourceItems(record: OpenedRecord, source: Source, naming: ReturnType<typeof namesIn>): GatheredItem[] {
  const kind = agencyById(record.agency)?.kind;
  const items = itemsOf(record.feed, record.row as never, { part: source.part, ...(kind ? { sourceKind: kind } : {}) });
  return items.map((item) => {
    const { path, field, label, kind: itemKind, value, confidential } = item;
    const event = eventAt(record, path);
    return {
      id: `${record.id}/${path}`,
      field,
      label,
      kind: itemKind,
      value,
      confidential,
      person: source.person,
      recordId: record.id,
      matchId: source.matchId,
      source: record.agency,
      category: record.feed,
      receivedAt: record.receivedAt,
      ...naming(item),
      ...(event ? { event } : {}),
    };
  });
}

/** Everybody in a case by the names its own records give them. */
function namesOf(sources: readonly Source[], records: ReadonlyMap<string, OpenedRecord>): Set<string> {
  const names = new Set<string>();
  for (const { recordId, part } of sources) {
    const person = personAt(records.get(recordId), part);
    if (person) for (const form of formsOf(person)) names.add(plain(form));
  }
  return names;
}

export function personAt(record: OpenedRecord | undefined, part: string): PersonBlock | undefined {
  return record && peopleIn(record.feed, record.row as never).find((person) => person.part === part)?.person;
}

function eventAt(record: OpenedRecord, path: string): HistoryEvent | undefined {
  const index = /^events\.(\d+)$/.exec(path)?.[1];
  if (record.feed !== 'agency-history' || index === undefined) return undefined;
  return (record.row as { events?: HistoryEvent[] }).events?.[Number(index)];
}

/** What police or probation tell in a history is criminal-offence data, what health tells is health data (libs/contracts, items). */
export function retoldKind(field: string, source: AgencyKind | undefined): 'criminal' | 'health' | null {
  if (!field.startsWith('events')) return null;
  if (source === 'police' || source === 'probation') return 'criminal';
  return source === 'health' ? 'health' : null;
}
