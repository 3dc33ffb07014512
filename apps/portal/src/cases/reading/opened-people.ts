import { agencyById, itemsOf, peopleIn, type FeedName, type Item, type PersonBlock } from '#contracts';
import { displayName } from '#person';
import { Database, type Reading } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { samePeople } from '../../consent/same-subjects.js';
import { PeopleRecordsRepository, type Mention } from './people-records.repository.js';
import { RecordReading, type OpenRecord } from './record-reading.js';

/** What one record says about one person, with where it is from and how fresh it is. */
export interface Source {
  recordId: string;
  agency: string;
  feed: FeedName;
  part: string;
  receivedAt: Date;
  /** active; superseded or deleted once the agency replaced it or took it back */
  state: string;
  endedAt: Date | null;
  items: Item[];
}

/** Somebody, as every record that is theirs tells of them. */
export interface OpenedPerson {
  subjectId: string;
  canonical: string;
  name: string;
  otherNames: string[];
  dateOfBirth: string | null;
  /** dates of birth that other sources give */
  otherDatesOfBirth: string[];
  sources: Source[];
  /** matches nobody has decided yet */
  waiting: number;
}

interface Told extends Source {
  person: PersonBlock | undefined;
}

/** Opens everything the hub may show about people: the records that name them and those confirmed to be theirs. */
@Injectable()
export class OpenedPeople {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PeopleRecordsRepository) private readonly records: PeopleRecordsRepository,
    @Inject(RecordReading) private readonly reading: RecordReading,
  ) {}

  /** @returns people by the subject asked for, their own record first, then the newest */
  async open(reading: Reading, subjectIds: readonly string[]): Promise<Map<string, OpenedPerson>> {
    const db = this.database.client;
    const same = await samePeople(db, subjectIds);
    const all = [...new Set([...same.values()].flatMap((person) => person.all))];
    const [mentions, waiting] = await Promise.all([this.records.mentions(db, all), this.records.waiting(db, all)]);
    const opened = await this.reading.open(
      reading,
      mentions.map((mention) => mention.recordId),
    );
    return new Map(
      [...same].map(([subjectId, { canonical, all: subjects }]) => {
        const told = mentions
          .filter((mention) => subjects.includes(mention.subjectId))
          .flatMap((mention) => tell(mention, opened));
        told.sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());
        const count = subjects.reduce((sum, id) => sum + (waiting.get(id) ?? 0), 0);
        return [
          subjectId,
          { subjectId, canonical, ...named(told, mentions, subjectId), sources: told.map(sourceOf), waiting: count },
        ];
      }),
    );
  }
}

function tell(mention: Mention, opened: Map<string, OpenRecord>): Told[] {
  const record = opened.get(mention.recordId);
  if (!record) return [];
  const { agency, feed, row, receivedAt, state, endedAt, id: recordId } = record;
  const sourceKind = agencyById(agency)?.kind;
  const items = itemsOf(feed, row, { part: mention.part, ...(sourceKind ? { sourceKind } : {}) });
  const person = peopleIn(feed, row).find(({ part }) => part === mention.part)?.person;
  return [{ recordId, agency, feed, part: mention.part, receivedAt, state, endedAt, items, person }];
}

function named(told: Told[], mentions: Mention[], subjectId: string) {
  const own = mentions.find((mention) => mention.own && mention.subjectId === subjectId)?.recordId;
  const ordered = [...told.filter((t) => t.recordId === own), ...told.filter((t) => t.recordId !== own)];
  const names = ordered.flatMap(({ person }) =>
    person ? [displayName(person), ...(person.aliases ?? []).map(displayName)] : [],
  );
  const dates = ordered.flatMap(({ person }) => person?.dateOfBirth ?? []);
  const [name = 'Name not known', ...otherNames] = [...new Set(names)];
  const [dateOfBirth = null, ...otherDatesOfBirth] = [...new Set(dates)];
  return { name, otherNames, dateOfBirth, otherDatesOfBirth };
}

function sourceOf({ person: _person, ...source }: Told): Source {
  return source;
}
