import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrivateKey, PublicKey } from 'openpgp';
import pg from 'pg';
import { pino } from 'pino';
import { sampleRows, type FeedName, type Manifest } from '#contracts';
import { createHubKeys, FileKeyProvider, generateAgencyKey, readSecretKey, sealMessage } from '#crypto';
import { Database, OutboxRelay, type KafkaIdentity } from '#platform';
import { sealSubmission } from '../../apps/connector/src/sealing/seal-submission.js';
import { QualityRepository } from '../../apps/ingest/src/measuring/quality.repository.js';
import { Opener } from '../../apps/ingest/src/opening/opener.js';
import { RegisteredKeys } from '../../apps/ingest/src/opening/registered-keys.js';
import { readDraft, type DraftReceipt } from '../../apps/ingest/src/receipting/draft.js';
import { FeedIntake } from '../../apps/ingest/src/receiving/feed-intake.js';
import { MayBeTaken } from '../../apps/ingest/src/receiving/may-be-taken.js';
import { BatchesRepository } from '../../apps/ingest/src/storing/batches.repository.js';
import { RecordsRepository } from '../../apps/ingest/src/storing/records.repository.js';
import { seed } from '../../prisma/seed.js';
import { freshDatabase, type FreshDatabase } from './database.js';

export const silent = pino({ level: 'silent' });
/** For a relay that is not started: nothing is connected to. */
export const NO_KAFKA: KafkaIdentity = { clientId: 'test', brokers: [], caFile: '', certFile: '', keyFile: '' };

/** One instance of ingest's intake: everything real but Kafka. */
export interface Instance {
  database: Database;
  intake: FeedIntake;
  batches: BatchesRepository;
  registered: RegisteredKeys;
  outbox: OutboxRelay;
}

export type Row = Record<string, unknown>;

/** Rows of a submission with a manifest that a test may bend. */
export interface Batch {
  agency?: string;
  feed?: FeedName;
  rows?: (Row | string)[];
  manifest?: Partial<Record<keyof Manifest, unknown>>;
  signer?: PrivateKey;
  recipients?: PublicKey[];
  date?: Date;
}

/** Ingest on a database of its own, with real keys, and two agencies to send from. */
export class IntakeWorld {
  private readonly running: Instance[] = [];
  private sequence = 100;

  private constructor(
    readonly database: FreshDatabase,
    readonly dir: string,
    readonly keys: FileKeyProvider,
    readonly hub: PublicKey,
    readonly agencies: ReadonlyMap<string, PrivateKey>,
    readonly owner: pg.Client,
  ) {}

  static async fresh(): Promise<IntakeWorld> {
    const database = await freshDatabase();
    const dir = await mkdtemp(join(tmpdir(), 'intake-'));
    await createHubKeys(dir, { hubId: 'test' });
    const keys = new FileKeyProvider(dir);
    const agencies = new Map<string, PrivateKey>();
    const registered = [];
    for (const agency of ['ashfield', 'gedling']) {
      const key = await generateAgencyKey({ agency, name: `Test ${agency}`, date: new Date(Date.now() - 1_800_000) });
      agencies.set(agency, await readSecretKey(key.privateKeyArmored));
      registered.push({ agency, fingerprint: key.fingerprint, publicKey: key.publicKeyArmored });
    }
    await seed(database.ownerUrl, registered);
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    return new IntakeWorld(database, dir, keys, await keys.hubOpenPgpPublicKey(), agencies, owner);
  }

  instance(): Instance {
    const database = new Database(this.database.urlFor('ingest'));
    const registered = new RegisteredKeys(database, silent);
    const batches = new BatchesRepository(database);
    const outbox = new OutboxRelay(database, 'ingest', NO_KAFKA, silent);
    const intake = new FeedIntake(
      this.keys,
      database,
      new Opener(this.keys, registered),
      batches,
      new MayBeTaken(batches),
      new RecordsRepository(),
      outbox,
      registered,
      new QualityRepository(),
    );
    const made = { database, intake, batches, registered, outbox };
    this.running.push(made);
    return made;
  }

  async end(): Promise<void> {
    for (const { database } of this.running) await database.client.$disconnect();
    await this.owner.end();
    await this.database.drop();
    await rm(this.dir, { recursive: true, force: true });
  }

  nextSequence(): number {
    return ++this.sequence;
  }

  key(agency: string): PrivateKey {
    return this.agencies.get(agency)!;
  }

  /** A batch's payload as an honest sender makes it, but for what a test bends. */
  payload({ agency = 'ashfield', feed = 'arrears', rows = [aRow()], manifest = {} }: Batch = {}): Buffer {
    const body = Buffer.from(rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''));
    const whole = {
      format: 'mash.feed/1',
      sender: agency,
      recipient: this.hub.getFingerprint().toUpperCase(),
      feed,
      submission: randomUUID(),
      batch: 1,
      batches: 1,
      sequence: manifest.sequence ?? this.nextSequence(),
      mode: 'delta',
      extractedAt: new Date().toISOString(),
      createdAt: new Date().toISOString(),
      rows: rows.length,
      sha256: createHash('sha256').update(body).digest('hex'),
      ...manifest,
    };
    return Buffer.concat([Buffer.from(`${JSON.stringify(whole)}\n`), body]);
  }

  async sealed(batch: Batch = {}): Promise<Buffer> {
    return this.sealPayload(this.payload(batch), batch);
  }

  async sealPayload(
    payload: Uint8Array,
    { agency = 'ashfield', signer, recipients, date }: Batch = {},
  ): Promise<Buffer> {
    return Buffer.from(
      await sealMessage({
        payload,
        recipients: recipients ?? [this.hub],
        signer: signer ?? this.key(agency),
        ...(date ? { date } : {}),
      }),
    );
  }

  /** A submission as the connector makes it. */
  async submission(rows: Row[], mode: 'full' | 'delta', feed: FeedName = 'arrears', agency = 'ashfield') {
    return sealSubmission({
      agency,
      feed,
      mode,
      lines: rows.map((row) => JSON.stringify(row)),
      extractedAt: new Date(),
      sequence: this.nextSequence(),
      agencyKey: this.key(agency),
      hubKey: this.hub,
    });
  }

  /** The receipt of a batch before its proof. */
  async draft(id: string): Promise<DraftReceipt> {
    const [row] = await this.query<{ draft: Buffer }>('SELECT draft FROM ingest.feed_batch WHERE id = $1', [id]);
    return readDraft(this.keys, row!.draft);
  }

  async query<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
    return (await this.owner.query<R>(text, values)).rows;
  }

  async count(from: string, values: unknown[] = []): Promise<number> {
    const [row] = await this.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`, values);
    return row!.n;
  }

  async entries(action: string): Promise<Record<string, any>[]> {
    const rows = await this.query<{ entry: Record<string, any> }>(
      `SELECT entry FROM audit.entry WHERE entry->>'action' = $1 ORDER BY appended_at`,
      [action],
    );
    return rows.map(({ entry }) => entry);
  }

  /** Everything ingest has stored, as one number a table: to see that nothing changed. */
  async stored(): Promise<Record<string, number>> {
    const tables = ['ingest.record', 'ingest.submission', 'ingest.outbox', 'ingest.quarantine', 'vault.wrapped_key'];
    return Object.fromEntries(
      await Promise.all(tables.map(async (table) => [table, await this.count(table)] as const)),
    );
  }
}

/** An invented arrears row. */
export function aRow(recordRef = 'A-1001', changes: Row = {}): Row {
  return { ...sampleRows.arrears, recordRef, ...changes };
}
