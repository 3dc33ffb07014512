import type { FeedName, FeedRows } from '#contracts';
import { RecordOpener } from '#crypto';
import { Database, openObjects, type Reading } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { PeopleRecordsRepository, type StoredRecord } from './people-records.repository.js';

/** A record opened in memory, for one page. */
export interface OpenRecord<F extends FeedName = FeedName> extends Omit<StoredRecord, 'body' | 'feed'> {
  feed: F;
  row: FeedRows[F];
}

/** Opens records. One call is one audit entry, written and committed before anything is read. */
@Injectable()
export class RecordReading {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecordOpener) private readonly opener: RecordOpener,
    @Inject(PeopleRecordsRepository) private readonly records: PeopleRecordsRepository,
  ) {}

  /** @returns the records by id; one that is erased or that nobody may see is missing */
  async open(reading: Reading, ids: readonly string[]): Promise<Map<string, OpenRecord>> {
    const stored = await this.records.stored(this.database.client, ids);
    const bodies = await openObjects(
      this.database,
      this.opener,
      reading,
      stored.map(({ id, body }) => ({ id, body, table: 'ingest.record', column: 'body' })),
    );
    const opened = new Map<string, OpenRecord>();
    for (const { body: _body, ...record } of stored) {
      const plaintext = bodies.get(record.id);
      if (!plaintext) continue;
      const { feed, row } = JSON.parse(plaintext.toString('utf8')) as { feed: FeedName; row: FeedRows[FeedName] };
      opened.set(record.id, { ...record, feed, row });
    }
    return opened;
  }
}
