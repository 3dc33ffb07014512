import { peopleIn, type FeedName, type PersonInRow } from '#contracts';
import { RecordOpener, type KeyProvider } from '#crypto';
import { Database, KEYS, openObjects, type Reading } from '#platform';
import { Inject, Injectable } from '@nestjs/common';

/** A record opened in memory. */
export interface OpenedRecord {
  id: string;
  agency: string;
  feed: FeedName;
  previousId: string | null;
  row: { recordRef: string };
  people: PersonInRow[];
}

interface Row {
  id: string;
  agency: string;
  feed: string;
  previous_id: string | null;
  body: Uint8Array;
}

/** Reads sealed records. One call is one audit entry, however many records it opens. */
@Injectable()
export class RecordReader {
  private opener: RecordOpener | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KEYS) private readonly keys: KeyProvider,
  ) {}

  /** Records by id, ended versions left out unless asked for; erased ones are missing. */
  async read(
    ids: string[],
    reading: Omit<Reading, 'actor'>,
    options: { ended?: boolean } = {},
  ): Promise<OpenedRecord[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.client.$queryRaw<Row[]>`
      SELECT id, agency, feed, previous_id, body FROM matching.record
      WHERE id = ANY(${ids}::uuid[]) AND (state = 'active' OR ${options.ended ?? false})`;
    this.opener ??= new RecordOpener(await this.keys.recordPrivateKeys());
    const bodies = await openObjects(
      this.database,
      this.opener,
      { ...reading, actor: { type: 'service', id: 'matching' } },
      rows.map(({ id, body }) => ({ id, body, table: 'ingest.record', column: 'body' })),
    );
    return rows.flatMap((row) => {
      const body = bodies.get(row.id);
      if (!body) return [];
      const { feed, row: value } = JSON.parse(body.toString('utf8')) as { feed: FeedName; row: { recordRef: string } };
      return [
        {
          id: row.id,
          agency: row.agency,
          feed,
          previousId: row.previous_id,
          row: value,
          people: peopleIn(feed, value as never),
        },
      ];
    });
  }
}
