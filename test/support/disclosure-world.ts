import { AGENCIES, parseRow, sampleRows, type FeedName } from '#contracts';
import {
  createHubKeys,
  FileKeyProvider,
  generateAgencyKey,
  readPublicKey,
  readSecretKey,
  type GeneratedKey,
} from '#crypto';
import { canonicalEntry, formatProof, leafHash, signCheckpoint, vkeyOf, type LedgerEntry } from '#ledger';
import { CONFIG, Database, KAFKA_IDENTITY, KEYS, LOGGER, sealObjects } from '#platform';
import { Test, type TestingModule } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { freshDatabase, type FreshDatabase } from './database.js';
import { STEPS } from '../../apps/disclosure/src/disclosure.module.js';
import { PackWorker } from '../../apps/disclosure/src/preparing/pack-worker.js';
import { PackRelay } from '../../apps/disclosure/src/sending/pack-relay.js';

const ORIGIN = 'mash-hub/test';
export const ANALYST = 'user-1';

export interface SentMessage {
  topic: string;
  key: string;
  value: Buffer;
}

/** A hub with one case, in a real database; the audit and the broker are stand-ins, everything between is the service's own. */
export class World {
  readonly agencyKeys = new Map<string, GeneratedKey>();
  readonly sent: SentMessage[] = [];
  /** runs when the service asks for a proof: between deciding and sending */
  beforeProof: () => Promise<void> = () => Promise.resolve();

  private constructor(
    readonly database: FreshDatabase,
    readonly owner: pg.Client,
    readonly keys: FileKeyProvider,
    private readonly folder: string,
    private readonly audit: Server,
    private readonly apps: Record<'ingest' | 'portal' | 'disclosure', Database>,
    readonly module: TestingModule,
    readonly vkey: string,
  ) {}

  static async make(): Promise<World> {
    const database = await freshDatabase();
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const folder = await mkdtemp(join(tmpdir(), 'disclosure-'));
    await createHubKeys(folder, { hubId: 'test' });
    const keys = new FileKeyProvider(folder);
    const apps = {
      ingest: new Database(database.urlFor('ingest')),
      portal: new Database(database.urlFor('portal')),
      disclosure: new Database(database.urlFor('disclosure')),
    };
    const ledgerKey = await keys.ledgerKey();
    let world: World | null = null;
    const audit = createServer((request, response) => {
      void world!.prove(request.url!.split('/').at(-1)!).then(
        (proof) => response.end(JSON.stringify(proof)),
        () => response.writeHead(503).end(),
      );
    });
    await new Promise<void>((resolve) => audit.listen(0, '127.0.0.1', resolve));
    const AUDIT_URL = `http://127.0.0.1:${(audit.address() as AddressInfo).port}`;
    const module = await Test.createTestingModule({
      providers: [
        { provide: CONFIG, useValue: { AUDIT_URL, PACK_MAX_BYTES: 1_048_576 } },
        { provide: LOGGER, useValue: pino({ level: 'silent' }) },
        { provide: KEYS, useValue: keys },
        { provide: KAFKA_IDENTITY, useValue: {} },
        { provide: Database, useValue: apps.disclosure },
        ...STEPS,
        PackRelay,
        PackWorker,
      ],
    }).compile();
    world = new World(database, owner, keys, folder, audit, apps, module, vkeyOf(ORIGIN, ledgerKey));
    for (const { id, name, kind, authority, safeguardingPartner } of AGENCIES)
      await owner.query('INSERT INTO portal.agency VALUES ($1,$2,$3,$4,$5)', [
        id,
        name,
        kind,
        authority,
        safeguardingPartner,
      ]);
    return world;
  }

  async end(): Promise<void> {
    this.audit.close();
    for (const app of Object.values(this.apps)) await app.onModuleDestroy();
    await this.owner.end();
    await this.database.drop();
    await rm(this.folder, { recursive: true });
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.module.get(type);
  }

  async registerKey(agency: string): Promise<GeneratedKey> {
    const key = await generateAgencyKey({ agency, name: agency });
    await this.owner.query("INSERT INTO portal.agency_key VALUES ($1,$2,$3,now() - interval '1 day',NULL,NULL,$4)", [
      key.fingerprint,
      agency,
      key.publicKeyArmored,
      ['test'],
    ]);
    this.agencyKeys.set(agency, key);
    return key;
  }

  /** A row as the agency sent it, sealed as ingest does. @returns the record's id */
  async record(
    agency: string,
    feed: FeedName,
    change: (row: Record<string, unknown>) => void = () => undefined,
  ): Promise<string> {
    const raw = structuredClone(sampleRows[feed]) as Record<string, unknown>;
    change(raw);
    const parsed = parseRow(feed, raw);
    if (!parsed.ok || parsed.deleted) throw new Error('the sample row is refused');
    const id = randomUUID();
    const plaintext = Buffer.from(JSON.stringify({ agency, feed, row: parsed.row }));
    const key = await this.keys.recordPublicKey();
    await this.apps.ingest.unitOfWork(async (tx) => {
      const bodies = await sealObjects(tx, key, { table: 'ingest.record', column: 'body' }, [{ id, plaintext }]);
      await tx.$executeRaw`
        INSERT INTO ingest.record (id, agency, feed, batch_id, submission, ref_token, content_token, body, keep_until)
        VALUES (${id}::uuid, ${agency}, ${feed}, ${id}::uuid, ${id}::uuid, ${Buffer.from(id)}, ${Buffer.from(id)}, ${bodies.get(id)!}, now())`;
    });
    return id;
  }

  async text(kind: string, content: unknown): Promise<string> {
    const id = randomUUID();
    const key = await this.keys.recordPublicKey();
    await this.apps.portal.unitOfWork(async (tx) => {
      const place = { table: 'portal.sealed_text', column: 'body' };
      const bodies = await sealObjects(tx, key, place, [{ id, plaintext: Buffer.from(JSON.stringify(content)) }]);
      await tx.sealedText.create({ data: { id, kind, body: Uint8Array.from(bodies.get(id)!) } });
    });
    return id;
  }

  async subject(
    recordId: string,
    part: string,
    role: string,
    agency = 'idva',
    feed = 'marac-referral',
  ): Promise<string> {
    const id = randomUUID();
    await this.owner.query(
      'INSERT INTO matching.subject (id, record_id, part, role, agency, feed) VALUES ($1,$2,$3,$4,$5,$6)',
      [id, recordId, part, role, agency, feed],
    );
    return id;
  }

  async link(subjectId: string, recordId: string, part: string, agency: string, feed: string): Promise<string> {
    const id = randomUUID();
    await this.owner.query(
      `INSERT INTO matching.match (id, subject_id, record_id, part, agency, feed, role, kind, weight, probability, status, model, evidence)
       VALUES ($1,$2,$3,$4,$5,$6,'victim','record',12,0.99,'linked','test','{}')`,
      [id, subjectId, recordId, part, agency, feed],
    );
    return id;
  }

  async agreement(source: string, recipient: string, categories: string[], purposes = ['marac']): Promise<void> {
    await this.owner.query("INSERT INTO portal.agreement VALUES ($1,$2,$3,$4,$5,now() - interval '1 year',NULL,$6)", [
      randomUUID(),
      source,
      recipient,
      purposes,
      categories,
      ['test'],
    ]);
  }

  async consent(
    subjectId: string,
    status: 'given' | 'withdrawn',
    recipients: string[],
    categories: string[],
  ): Promise<string> {
    const id = randomUUID();
    await this.owner.query(
      `INSERT INTO portal.consent (id, subject_id, at, status, purposes, recipients, categories, recorded_by)
       VALUES ($1,$2,clock_timestamp(),$3,$4,$5,$6,'test')`,
      [id, subjectId, status, ['marac'], recipients, categories],
    );
    return id;
  }

  /** Does what the worker would, until nothing is asked for. */
  async work(): Promise<void> {
    while ((await this.get(PackWorker).turn()) > 0);
  }

  /** Sends what is in the outbox, to `sent`. */
  async relay(): Promise<void> {
    const send = async ({ topic, key, value }: { topic: string; key: string; value: Uint8Array }) => {
      this.sent.push({ topic, key, value: Buffer.from(value) });
    };
    while (await this.get(PackRelay).relayOne(send));
  }

  async packs(): Promise<
    { id: string; recipient: string; state: string; failure: string | null; released: number; withheld: number }[]
  > {
    const { rows } = await this.owner.query('SELECT * FROM disclosure.pack ORDER BY requested_at, recipient');
    return rows;
  }

  async entries(action: string): Promise<(LedgerEntry & { id: string })[]> {
    const { rows } = await this.owner.query(
      `SELECT id, entry FROM audit.entry WHERE entry ->> 'action' = $1 ORDER BY appended_at`,
      [action],
    );
    return rows.map(({ id, entry }) => ({ ...entry, id }));
  }

  async openKeys(agency: string) {
    return {
      agencyKey: await readSecretKey(this.agencyKeys.get(agency)!.privateKeyArmored),
      hubKeys: [await readPublicKey((await this.keys.hubOpenPgpPublicKey()).armor())],
      vkey: this.vkey,
      agency,
    };
  }

  /** A log in which the entry asked for stands alone. */
  private async prove(auditId: string) {
    await this.beforeProof();
    const { rows } = await this.owner.query('SELECT entry FROM audit.entry WHERE id = $1', [auditId]);
    const leaf = canonicalEntry(rows[0].entry);
    const head = { origin: ORIGIN, size: 1, root: leafHash(leaf) };
    const proof = formatProof({ index: 0, proof: [], checkpoint: signCheckpoint(head, await this.keys.ledgerKey()) });
    return { index: 0, proof, entry: leaf.toString('base64') };
  }
}

export interface SampleCase {
  id: string;
  meeting: string;
  referral: string;
  victim: string;
  man: string;
  child: string;
}

/** A meeting with one referred case: the victim consents to what `consents` says; necessity is recorded for everybody else. */
export async function sampleMeeting(world: World, attendees: string[], referredBy = 'idva'): Promise<SampleCase> {
  const referral = await world.record(referredBy, 'marac-referral');
  const victim = await world.subject(referral, 'victim', 'victim', referredBy);
  const man = await world.subject(referral, 'perpetrators.0', 'perpetrator', referredBy);
  const child = await world.subject(referral, 'children.0', 'child', referredBy);
  const [id, meeting] = [randomUUID(), randomUUID()];
  const justification = await world.text('justification', {
    necessity: 'Risk of serious harm',
    proportionality: 'Only what is needed',
  });
  const criteria = { visibleHighRisk: true, professionalJudgement: false, potentialEscalation: true, repeat: false };
  await world.owner.query(
    'INSERT INTO portal."case" (id, number, record_id, referrer, criteria, justification, referred_at) VALUES ($1,$2,$3,$4,$5,$6,now())',
    [id, 'C-2026-001', referral, referredBy, criteria, justification],
  );
  for (const [subject, role] of [
    [victim, 'victim'],
    [man, 'perpetrator'],
    [child, 'child'],
  ])
    await world.owner.query('INSERT INTO portal.case_person VALUES ($1,$2,$3,false,false)', [id, subject, role]);
  await world.owner.query(
    "INSERT INTO portal.meeting (id, number, held_at, area, packs_requested_at) VALUES ($1,'M-2026-001',now() + interval '7 days','North',now())",
    [meeting],
  );
  await world.owner.query('INSERT INTO portal.meeting_case VALUES ($1,$2,1)', [meeting, id]);
  for (const agency of attendees)
    await world.owner.query('INSERT INTO portal.meeting_attendee VALUES ($1,$2)', [meeting, agency]);
  return { id, meeting, referral, victim, man, child };
}

let offset = 0;

/** An internal message, as Kafka hands it over. */
export function message(topic: string, value: unknown) {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
  return { topic, partition: 0, offset: String(offset++), key: null, value: bytes };
}
