import type { FeedName } from '#contracts';
import { BatchSealer, createHubKeys, FileKeyProvider, RecordOpener } from '#crypto';
import { Database, type ReceivedMessage } from '#platform';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { CaseDecisions } from '../src/cases/case-decisions.js';
import { CaseFile } from '../src/cases/case-file.js';
import { CaseList } from '../src/cases/case-list.js';
import { CasesRepository } from '../src/cases/cases.repository.js';
import { CaseOpening } from '../src/cases/opening/case-opening.js';
import { OpenedPeople } from '../src/cases/reading/opened-people.js';
import { PeopleRecordsRepository } from '../src/cases/reading/people-records.repository.js';
import { RecordReading } from '../src/cases/reading/record-reading.js';
import { ConsentKeeping } from '../src/consent/consent-keeping.js';
import { ConsentsRepository } from '../src/consent/consents.repository.js';
import { ServiceConsent } from '../src/consent/service-consent.js';
import { MeetingPlanning } from '../src/meetings/meeting-planning.js';
import { MeetingViews } from '../src/meetings/meeting-view.js';
import { MeetingsRepository } from '../src/meetings/meetings.repository.js';
import { PackDecisions } from '../src/meetings/packs/pack-decisions.js';
import { PacksRepository } from '../src/meetings/packs/packs.repository.js';
import { HistoriesReceived } from '../src/reviews/asking/histories-received.js';
import { Chronology } from '../src/reviews/chronology/chronology.js';
import { ReviewDecisions } from '../src/reviews/review-decisions.js';
import { ReviewViews } from '../src/reviews/review-view.js';
import { ReviewsRepository } from '../src/reviews/reviews.repository.js';
import { SealedTexts } from '../src/sealing/sealed-texts.js';
import type { SessionUser } from '../src/signing-in/session-user.js';

export const coordinator: SessionUser = {
  id: 'coordinator-1',
  name: 'Casey Sample',
  roles: ['coordinator'],
  agency: 'police',
};

/** The portal's services, put together as its modules do. */
function servicesOf(database: Database, keys: FileKeyProvider, opener: RecordOpener) {
  const outbox = { nudge: () => undefined };
  const casesRepository = new CasesRepository();
  const consentsRepository = new ConsentsRepository();
  const peopleRecords = new PeopleRecordsRepository();
  const packs = new PacksRepository();
  const meetingsRepository = new MeetingsRepository();
  const reviewsRepository = new ReviewsRepository();
  const records = new RecordReading(database, opener, peopleRecords);
  const people = new OpenedPeople(database, peopleRecords, records);
  const texts = new SealedTexts(keys, opener);
  const consents = new ConsentKeeping(consentsRepository);
  const opening = new CaseOpening(database, records, casesRepository, consents, outbox);
  const serviceConsent = new ServiceConsent(database, records, consents, outbox);
  const caseDecisions = new CaseDecisions(database, casesRepository, consents, texts, outbox);
  const caseFile = new CaseFile(database, casesRepository, people, consentsRepository, packs, texts);
  const caseList = new CaseList(database, casesRepository, consentsRepository);
  const planning = new MeetingPlanning(database, casesRepository, meetingsRepository, packs, outbox);
  const meetings = new MeetingViews(database, meetingsRepository, casesRepository, caseList, peopleRecords, packs);
  const packDecisions = new PackDecisions(database, packs);
  const reviewDecisions = new ReviewDecisions(database, casesRepository, reviewsRepository, packs, texts, outbox);
  const reviews = new ReviewViews(database, reviewsRepository, people, packs, texts);
  const histories = new HistoriesReceived(database, reviewsRepository);
  const chronology = new Chronology(database, reviewsRepository, records);
  return {
    casesRepository,
    consentsRepository,
    reviewsRepository,
    records,
    people,
    texts,
    consents,
    opening,
    serviceConsent,
    caseDecisions,
    caseFile,
    caseList,
    planning,
    meetings,
    packDecisions,
    reviewDecisions,
    reviews,
    histories,
    chronology,
  };
}

/** Real: PostgreSQL with its roles, views and vault; sealing and opening; the portal's services. Not there: Kafka, the browser. */
export class PortalWorld {
  private offset = 0;

  static async make(): Promise<PortalWorld> {
    const database = await freshDatabase();
    const keysDir = await mkdtemp(join(tmpdir(), 'portal-keys-'));
    await createHubKeys(keysDir, { hubId: 'test' });
    const world = await PortalWorld.of({ database, keysDir });
    const close = world.end;
    world.end = async () => {
      await close();
      await database.drop();
      await rm(keysDir, { recursive: true });
    };
    return world;
  }

  /** On the database and keys of a portal that is already running. */
  static async of({ database, keysDir }: { database: FreshDatabase; keysDir: string }): Promise<PortalWorld> {
    const keys = new FileKeyProvider(keysDir);
    const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 4 });
    const portal = new Database(database.urlFor('portal'));
    const opener = new RecordOpener(await keys.recordPrivateKeys());
    const world = new PortalWorld(portal, owner, keys, servicesOf(portal, keys, opener));
    world.end = async () => {
      await portal.onModuleDestroy();
      await owner.end();
    };
    return world;
  }

  end: () => Promise<void> = async () => undefined;

  private constructor(
    readonly database: Database,
    readonly owner: pg.Pool,
    readonly keys: FileKeyProvider,
    readonly services: ReturnType<typeof servicesOf>,
  ) {}

  /** A sealed record as ingest stores it. */
  async record(
    agency: string,
    feed: FeedName,
    row: object,
    options: { state?: string; receivedAt?: Date; previousId?: string } = {},
  ): Promise<string> {
    const id = randomUUID();
    const { keyVersion, publicKey } = await this.keys.recordPublicKey();
    const sealer = new BatchSealer(publicKey, keyVersion);
    const plaintext = Buffer.from(JSON.stringify({ agency, feed, row }));
    const sealed = sealer.seal({ table: 'ingest.record', column: 'body', rowId: id }, plaintext);
    const batch = randomUUID();
    await this.owner.query('INSERT INTO vault.sealed_batch (id, ephemeral_public, key_version) VALUES ($1, $2, $3)', [
      batch,
      sealer.ephemeralPublicKey,
      keyVersion,
    ]);
    await this.owner.query(
      `INSERT INTO vault.wrapped_key (object_id, batch_id, kind, wrapped) VALUES ($1, $2, 'record', $3)`,
      [id, batch, sealed.wrappedKey],
    );
    await this.owner.query(
      `INSERT INTO ingest.record (id, agency, feed, batch_id, submission, ref_token, content_token, body, keep_until, state, received_at, previous_id)
       VALUES ($1, $2, $3, $4, $4, $5, $5, $6, now() + interval '1 year', $7, $8, $9)`,
      [
        id,
        agency,
        feed,
        randomUUID(),
        Buffer.from(id),
        sealed.ciphertext,
        options.state ?? 'active',
        options.receivedAt ?? new Date(),
        options.previousId ?? null,
      ],
    );
    return id;
  }

  /** A subject as matching makes it. */
  async subject(
    recordId: string,
    part: string,
    role: string,
    agency: string,
    feed: FeedName,
    mergedInto: string | null = null,
  ): Promise<string> {
    const id = randomUUID();
    await this.owner.query(
      'INSERT INTO matching.subject (id, record_id, part, role, agency, feed, merged_into) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [id, recordId, part, role, agency, feed, mergedInto],
    );
    return id;
  }

  /** A record–subject match as matching holds it. */
  async match(
    subjectId: string,
    recordId: string,
    part: string,
    agency: string,
    feed: FeedName,
    status: string,
    role = 'victim',
  ): Promise<string> {
    const id = randomUUID();
    await this.owner.query(
      `INSERT INTO matching.match (id, subject_id, record_id, part, agency, feed, role, kind, weight, probability, status, model, evidence, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'record', 18, 0.999, $8, 'm', '{}', now())`,
      [id, subjectId, recordId, part, agency, feed, role, status],
    );
    return id;
  }

  /** A referral, its subjects, and the case the portal opens for it. */
  async referral(
    row: object,
    agency = 'idva',
    receivedAt = new Date(),
  ): Promise<{ caseId: string; recordId: string; subjects: Record<string, string> }> {
    const feed = 'marac-referral';
    const recordId = await this.record(agency, feed, row, { receivedAt });
    const given = row as { perpetrators?: unknown[]; children?: unknown[] };
    const parts: [string, string][] = [
      ['victim', 'victim'],
      ...(given.perpetrators ?? []).map((_, i): [string, string] => [`perpetrators.${i}`, 'perpetrator']),
      ...(given.children ?? []).map((_, i): [string, string] => [`children.${i}`, 'child']),
    ];
    const subjects: Record<string, string> = {};
    for (const [part, role] of parts) subjects[part] = await this.subject(recordId, part, role, agency, feed);
    const event = {
      recordId,
      agency,
      feed,
      subjects: parts.map(([part, role]) => ({ id: subjects[part]!, part, role })),
    } as const;
    const caseId = await this.services.opening.open(event as never);
    return { caseId: caseId!, recordId, subjects };
  }

  /** A pack and its decisions as disclosure writes them. */
  async pack(
    of: { meetingId?: string; reviewId?: string; recipient: string; state?: string },
    items: {
      caseId: string;
      subjectId: string;
      outcome: string;
      reason: string;
      rule: number;
      basis?: string;
      field: string;
      category?: string;
    }[],
  ): Promise<string> {
    const id = randomUUID();
    const withheld = items.filter(({ outcome }) => outcome === 'withhold').length;
    await this.owner.query(
      `INSERT INTO disclosure.pack (id, purpose, meeting_id, review_id, recipient, state, policy, released, withheld, requested_by, sent_at)
       VALUES ($1, $2, $3, $4, $5, $6, '2026-01', $7, $8, 'coordinator-1', now())`,
      [
        id,
        of.reviewId ? 'dhr' : 'marac',
        of.meetingId ?? null,
        of.reviewId ?? null,
        of.recipient,
        of.state ?? 'sent',
        items.length - withheld,
        withheld,
      ],
    );
    for (const [seq, item] of items.entries())
      await this.owner.query(
        `INSERT INTO disclosure.item_decision (pack_id, seq, case_id, subject_id, record_id, source, category, field, outcome, reason, rule, basis)
         VALUES ($1, $2, $3, $4, gen_random_uuid(), 'mansfield', $10, $5, $6, $7, $8, $9)`,
        [
          id,
          seq,
          item.caseId,
          item.subjectId,
          item.field,
          item.outcome,
          item.reason,
          item.rule,
          item.basis ?? null,
          item.category ?? 'housing',
        ],
      );
    return id;
  }

  message(topic: string): ReceivedMessage {
    return { topic, partition: 0, offset: String(this.offset++), key: null, value: Buffer.alloc(0) };
  }

  /** Audit entries of an action, oldest first. */
  async audit(action: string): Promise<Record<string, unknown>[]> {
    const { rows } = await this.owner.query(
      `SELECT entry FROM audit.entry WHERE entry ->> 'action' = $1 ORDER BY appended_at`,
      [action],
    );
    return rows.map((row) => row.entry);
  }

  /** What waits in the portal's outbox for a topic. */
  async sent(topic: string): Promise<Record<string, unknown>[]> {
    const { rows } = await this.owner.query('SELECT value FROM portal.outbox WHERE topic = $1 ORDER BY id', [topic]);
    return rows.map((row) => JSON.parse(row.value.toString('utf8')));
  }
}
