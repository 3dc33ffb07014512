import { peopleIn, type FeedName, type PersonInRow } from '#contracts';
import { RecordOpener, type KeyProvider } from '#crypto';
import { Database, KEYS, openObjects, type Reading } from '#platform';
import { Inject, Injectable } from '@nestjs/common';

/** A record opened in memory. */
export interface OpenedRecord {
  id: string;
  agency: string;
  feed: FeedName;
  /** versions of the same row before this one, the newest first; empty where ended versions were asked for */
  earlierIds: string[];
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

  /**
   * Records by id, ended versions left out unless asked for; erased ones are missing.
   * @param options `evenNone`: the reading is logged even when there is nothing to read
   */
  async read(
    ids: string[],
    reading: Omit<Reading, 'actor'>,
    options: { ended?: boolean; evenNone?: boolean } = {},
  ): Promise<OpenedRecord[]> {
    if (ids.length === 0 && !options.evenNone) return [];
    const rows = await this.database.client.$queryRaw<Row[]>`
      SELECT id, agency, feed, previous_id, body FROM matching.record
      WHERE id = ANY(${ids}::uuid[]) AND (state = 'active' OR ${options.ended ?? false})`;
    const earlier = options.ended ? new Map<string, string[]>() : await this.earlierVersions(rows);
    this.opener ??= new RecordOpener(await this.keys.recordPrivateKeys());
    const bodies = await openObjects(
      this.database,
      this.opener,
      { ...reading, actor: { type: 'service', id: 'matching' } },
      rows.map(({ id, body }) => ({ id, body, table: 'ingest.record', column: 'body' })),
      options,
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
          earlierIds: earlier.get(row.id) ?? [],
          row: value,
          people: peopleIn(feed, value as never),
        },
      ];
    });
  }

  /** The whole chain, not only the version before: that one may have been replaced before anybody read it. */
  private async earlierVersions(rows: Row[]): Promise<Map<string, string[]>> {
    const ids = rows.filter((row) => row.previous_id !== null).map((row) => row.id);
    if (ids.length === 0) return new Map();
    const found = await this.database.client.$queryRaw<{ record: string; id: string }[]>`
      WITH RECURSIVE earlier(record, id, depth) AS (
        SELECT id, previous_id, 1 FROM matching.record WHERE id = ANY(${ids}::uuid[])
        UNION ALL
        SELECT e.record, r.previous_id, e.depth + 1 FROM earlier e JOIN matching.record r ON r.id = e.id
        WHERE r.previous_id IS NOT NULL
      ) SELECT record, id FROM earlier ORDER BY record, depth`;
    const chains = new Map<string, string[]>();
    for (const { record, id } of found) chains.set(record, [...(chains.get(record) ?? []), id]);
    return chains;
  }
}
