import { parseRow, type FeedName, type Manifest } from '#contracts';
import { BlindIndex, createHubKeys, FileKeyProvider } from '#crypto';
import { Database, type OutboxRelay, type ReceivedMessage } from '#platform';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { RecordsRepository } from '../../apps/ingest/src/storing/records.repository.js';
import { rowToSeal } from '../../apps/ingest/src/storing/seal-rows.js';
import { NewRecords } from '../../apps/matching/src/comparing/new-records.js';
import { RecordsConsumer } from '../../apps/matching/src/comparing/records.consumer.js';
import { SealedRecords } from '../../apps/matching/src/comparing/sealed-records.js';
import { DecisionsConsumer } from '../../apps/matching/src/deciding/decisions.consumer.js';
import { MatchesExportController } from '../../apps/matching/src/exporting/matches-export.controller.js';
import { MatchProposals } from '../../apps/matching/src/matches/match-proposals.js';
import { MatchesRepository } from '../../apps/matching/src/matches/matches.repository.js';
import { RecordReader } from '../../apps/matching/src/reading/record-reader.js';
import { NewSubjects } from '../../apps/matching/src/subjects/new-subjects.js';
import { SubjectDirectory } from '../../apps/matching/src/subjects/subject-directory.js';
import { SubjectsRepository } from '../../apps/matching/src/subjects/subjects.repository.js';
import { freshDatabase } from './database.js';

export interface AcceptedBatch {
  batchId: string;
  agency: string;
  feed: FeedName;
  recordIds: string[];
}

export interface StoredMatch {
  id: string;
  subject_id: string;
  record_id: string;
  part: string;
  kind: string;
  other_id: string | null;
  role: string;
  weight: number;
  status: string;
}

export interface StoredSubject {
  id: string;
  record_id: string;
  part: string;
  role: string;
  merged_into: string | null;
}

export const OPERATOR_TOKEN = 'an-operator-token-of-more-than-32-characters';

/** One process of the matching service, put together as its module does. */
export function matchingProcess(database: Database, keys: FileKeyProvider) {
  const outbox = { nudge: () => undefined } as unknown as OutboxRelay;
  const config = { OPERATOR_TOKEN } as never;
  const reader = new RecordReader(database, keys);
  const subjects = new SubjectsRepository(database);
  const directory = new SubjectDirectory(config, subjects, reader);
  const matches = new MatchesRepository();
  const newSubjects = new NewSubjects(database, subjects, outbox, reader, directory);
  const newRecords = new NewRecords(directory);
  const sealed = new SealedRecords(database, keys, reader, directory);
  const proposals = new MatchProposals(database, directory, matches, outbox);
  return {
    directory,
    subjects,
    newSubjects,
    records: new RecordsConsumer(reader, newSubjects, directory, newRecords, sealed, proposals),
    decisions: new DecisionsConsumer(database, matches, subjects, outbox),
    exporting: new MatchesExportController(config, database, matches, reader),
  };
}

/** Real: PostgreSQL with its roles, views and vault; records sealed and indexed by ingest's own code; matching. Not there: Kafka. */
export class MatchingWorld {
  private offset = 0;
  private sequence = 0;

  private constructor(
    readonly owner: pg.Client,
    readonly keys: FileKeyProvider,
    private readonly ingest: Database,
    readonly matching: Database,
    private readonly index: BlindIndex,
    readonly process: ReturnType<typeof matchingProcess>,
    readonly end: () => Promise<void>,
  ) {}

  static async make(): Promise<MatchingWorld> {
    const database = await freshDatabase();
    const dir = await mkdtemp(join(tmpdir(), 'matching-keys-'));
    await createHubKeys(dir, { hubId: 'test' });
    const keys = new FileKeyProvider(dir);
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const [ingest, matching] = [new Database(database.urlFor('ingest')), new Database(database.urlFor('matching'))];
    const { keys: blindKeys, current } = await keys.blindIndexKey();
    const index = new BlindIndex(blindKeys, current);
    return new MatchingWorld(owner, keys, ingest, matching, index, matchingProcess(matching, keys), async () => {
      await Promise.all([ingest.onModuleDestroy(), matching.onModuleDestroy(), owner.end()]);
      await database.drop();
      await rm(dir, { recursive: true });
    });
  }

  /** Stores rows as ingest does. @returns what `records.accepted` would say */
  async accept(agency: string, feed: FeedName, rows: { recordRef: string }[]): Promise<AcceptedBatch> {
    const manifest = { feed, sequence: ++this.sequence } as unknown as Manifest;
    const toSeal = rows.map((row, i) => {
      const parsed = parseRow(feed, row);
      if (!parsed.ok || parsed.deleted) throw new Error(`not a ${feed} row: ${JSON.stringify(parsed)}`);
      return rowToSeal(agency, manifest, { row: i + 1, recordRef: row.recordRef, value: parsed.row }, this.index);
    });
    const keepUntil = new Date(Date.now() + 365 * 24 * 3600 * 1000);
    const place = { batchId: randomUUID(), agency, feed, submission: randomUUID(), keepUntil };
    const recordKey = await this.keys.recordPublicKey();
    const stored = await this.ingest.unitOfWork((tx) => new RecordsRepository().store(tx, recordKey, place, toSeal));
    return { batchId: place.batchId, agency, feed, recordIds: stored.map(({ id }) => id) };
  }

  /** Hands `records.accepted` to matching. */
  async take(batch: AcceptedBatch, process = this.process): Promise<void> {
    await process.records.recordsAccepted(this.message('records.accepted', batch));
  }

  async send(agency: string, feed: FeedName, ...rows: { recordRef: string }[]): Promise<AcceptedBatch> {
    const batch = await this.accept(agency, feed, rows);
    await this.take(batch);
    return batch;
  }

  async decide(
    matchId: string,
    outcome: 'linked' | 'rejected' | 'parked' | 'undone',
    decisionId: string = randomUUID(),
  ) {
    await this.process.decisions.decisionsTaken(this.message('decisions.taken', { matchId, outcome, decisionId }));
  }

  message(topic: string, value: object): ReceivedMessage {
    const offset = String(this.offset++);
    return { topic, partition: 0, offset, key: null, value: Buffer.from(JSON.stringify(value)) };
  }

  async matches(): Promise<StoredMatch[]> {
    return this.sql('SELECT * FROM matching.match ORDER BY created_at, id');
  }

  async subjects(): Promise<StoredSubject[]> {
    return this.sql('SELECT * FROM matching.subject ORDER BY created_at, id');
  }

  async audit(action: string): Promise<{ detail: Record<string, unknown>; outcome: string }[]> {
    const rows = await this.sql<{ entry: never }>(
      `SELECT entry FROM audit.entry WHERE entry ->> 'action' = $1 ORDER BY appended_at`,
      [action],
    );
    return rows.map(({ entry }) => entry);
  }

  /** What matching has told others, oldest first. */
  async told(topic: string): Promise<Record<string, never>[]> {
    const rows = await this.sql<{ value: Buffer }>('SELECT value FROM matching.outbox WHERE topic = $1 ORDER BY id', [
      topic,
    ]);
    return rows.map(({ value }) => JSON.parse(value.toString('utf8')));
  }

  async sql<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.owner.query<T>(text, values)).rows;
  }
}

/** Invented people. */
export const testina = {
  surname: 'Examplewood',
  forenames: ['Testina', 'Rose'],
  dateOfBirth: '1990-04-02',
  sex: 'female',
  telephones: ['07700 900123'],
  addresses: [{ lines: ['12 Invented Street'], town: 'Mansfield', postcode: 'NG18 1AA', type: 'current' }],
};
export const samplon = {
  surname: 'Fictionley',
  forenames: ['Samplon'],
  dateOfBirth: '1987-11-20',
  sex: 'male',
  addresses: [{ lines: ['12 Invented Street'], town: 'Mansfield', postcode: 'NG18 1AA', type: 'current' }],
};
export const stranger = {
  surname: 'Nobodyson',
  forenames: ['Otherley'],
  dateOfBirth: '1951-01-30',
  sex: 'male',
  addresses: [{ lines: ['4 Pretend Lane'], town: 'Worksop', postcode: 'S80 1AA', type: 'current' }],
};
export const alice = { surname: 'Examplewood', forenames: ['Alicia'], dateOfBirth: '2012-03-05', sex: 'female' };
export const bobby = { surname: 'Examplewood', forenames: ['Bobbin'], dateOfBirth: '2016-09-17', sex: 'male' };

export const arrears = (recordRef: string, person: object, more: object = {}) => ({ recordRef, person, ...more });
export const referral = (recordRef: string, victim: object, more: object = {}) => ({ recordRef, victim, ...more });
export const service = (recordRef: string, person: object, more: object = {}) => ({
  recordRef,
  role: 'victim',
  person,
  ...more,
});
