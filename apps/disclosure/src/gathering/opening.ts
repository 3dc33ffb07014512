import type { FeedName, FeedRows } from '#contracts';
import { RecordOpener, type KeyProvider } from '#crypto';
import { Database, KEYS, openObjects, type Reading } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { OpenedRecord } from './gathered.js';
import { SealedRepository } from './sealed.repository.js';

/** What was opened in one reading. An erased record or text is missing. */
export interface Opened {
  records: Map<string, OpenedRecord>;
  /** JSON of sealed texts by id */
  texts: Map<string, unknown>;
}

/** Opens records and texts together: one reading, one audit entry, however many recipients it serves. */
@Injectable()
export class Opening {
  private opener: RecordOpener | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KEYS) private readonly keys: KeyProvider,
    @Inject(SealedRepository) private readonly sealed: SealedRepository,
  ) {}

  async open(reading: Reading, recordIds: string[], textIds: string[] = []): Promise<Opened> {
    const records = await this.sealed.records(this.database.client, recordIds);
    const texts = await this.sealed.texts(this.database.client, textIds);
    this.opener ??= new RecordOpener(await this.keys.recordPrivateKeys());
    const bodies = await openObjects(this.database, this.opener, reading, [...records, ...texts]);
    const read = (id: string): unknown => {
      const body = bodies.get(id);
      return body && (JSON.parse(body.toString('utf8')) as unknown);
    };
    return {
      records: new Map(
        records.flatMap(({ id, agency, receivedAt }) => {
          const body = read(id) as { feed: FeedName; row: FeedRows[FeedName] } | undefined;
          return body ? [[id, { id, agency, feed: body.feed, row: body.row, receivedAt }] as const] : [];
        }),
      ),
      texts: new Map(texts.flatMap(({ id }) => (read(id) === undefined ? [] : [[id, read(id)] as const]))),
    };
  }
}
