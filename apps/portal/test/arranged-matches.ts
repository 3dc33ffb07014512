import { parseRow, peopleIn, type FeedName } from '#contracts';
import { FileKeyProvider } from '#crypto';
import { classify, loadModel, personInputOf, prepare, scorePair } from '#linkage';
import { Database, sealObjects } from '#platform';
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { RunningPortal } from './running-portal.js';

/** Puts records, subjects and matches where ingest and matching would: sealed for real, matched with the real model. */
export class Arranging {
  private constructor(
    private readonly ingest: Database,
    private readonly owner: pg.Client,
    private readonly keys: FileKeyProvider,
  ) {}

  static async in(portal: RunningPortal): Promise<Arranging> {
    const owner = new pg.Client({ connectionString: portal.database.ownerUrl });
    await owner.connect();
    return new Arranging(new Database(portal.database.urlFor('ingest')), owner, new FileKeyProvider(portal.keysDir));
  }

  async end(): Promise<void> {
    await this.owner.end();
    await this.ingest.client.$disconnect();
  }

  /** A row as a feed gives it, parsed, sealed and kept. @returns the record's id */
  async record(agency: string, feed: FeedName, given: object, receivedAt = new Date()): Promise<ArrangedRecord> {
    const parsed = parseRow(feed, { recordRef: randomUUID(), ...given });
    if (!('row' in parsed)) throw new Error(`The row is not a ${feed} row: ${JSON.stringify(parsed)}`);
    const id = randomUUID();
    const plaintext = Buffer.from(JSON.stringify({ agency, feed, row: parsed.row }));
    await this.ingest.unitOfWork(async (tx) => {
      const place = { table: 'ingest.record', column: 'body' };
      const body = (await sealObjects(tx, await this.keys.recordPublicKey(), place, [{ id, plaintext }])).get(id)!;
      await tx.$executeRaw`
        INSERT INTO ingest.record (id, agency, feed, batch_id, submission, ref_token, content_token, body, blind_keys, received_at, keep_until)
        VALUES (${id}::uuid, ${agency}, ${feed}, ${randomUUID()}::uuid, ${randomUUID()}::uuid, ${randomBytes(16)}, ${randomBytes(16)}, ${body}, '{}',
          ${receivedAt}, now() + interval '1 year')`;
    });
    return { id, agency, feed, people: peopleIn(feed, parsed.row as never) };
  }

  async subject(record: ArrangedRecord, part: string): Promise<ArrangedSubject> {
    const found = record.people.find((one) => one.part === part)!;
    const id = randomUUID();
    await this.owner.query(
      'INSERT INTO matching.subject (id, record_id, part, role, agency, feed) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, record.id, part, found.role, record.agency, record.feed],
    );
    return { id, record, part, role: found.role };
  }

  /** @returns the match's id */
  async match(
    subject: ArrangedSubject,
    record: ArrangedRecord,
    part = 'person',
    other?: ArrangedSubject,
    createdAt = new Date(),
  ): Promise<string> {
    const model = loadModel();
    const person = (from: ArrangedRecord, at: string) =>
      prepare(personInputOf(from.people.find((one) => one.part === at)!.person));
    const score = scorePair(model, person(subject.record, subject.part), person(record, part));
    const role = other?.role === 'perpetrator' ? 'perpetrator' : subject.role;
    const status = classify(model, score.weight, role);
    const id = randomUUID();
    await this.owner.query(
      `INSERT INTO matching.match (id, subject_id, record_id, part, agency, feed, role, kind, other_id, weight, probability, status, model, evidence, created_at, updated_at)
       VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$15)`,
      [
        id,
        subject.id,
        record.id,
        part,
        record.agency,
        record.feed,
        role,
        other ? 'subject' : 'record',
        other?.id ?? null,
        score.weight,
        score.probability,
        status === 'none' ? 'closer-look' : status,
        model.version,
        JSON.stringify({ fields: score.fields }),
        createdAt,
      ],
    );
    return id;
  }

  async sql<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.owner.query<T>(text, values)).rows;
  }
}

export interface ArrangedRecord {
  id: string;
  agency: string;
  feed: FeedName;
  people: ReturnType<typeof peopleIn>;
}

export interface ArrangedSubject {
  id: string;
  record: ArrangedRecord;
  part: string;
  role: string;
}

/** An invented referral with a victim, an alleged perpetrator and a child. */
export const referral = {
  victim: {
    surname: 'Examplewood',
    forenames: ['Testina', 'Rose'],
    dateOfBirth: '1990-04-02',
    sex: 'female',
    telephones: ['07700 900123'],
    addresses: [{ lines: ['12 Invented Street'], town: 'Mansfield', postcode: 'NG18 1AA', type: 'current' }],
  },
  safeContact: {
    safe: true,
    number: '07700 900123',
    times: 'weekdays between 10:00 and 14:00',
    messageOk: false,
    notSafeToTalkTo: ['her partner'],
  },
  perpetrators: [
    {
      person: { surname: 'Fictionley', forenames: ['Samplon'], dateOfBirth: '1987-11-20', sex: 'male' },
      relationship: 'partner',
    },
  ],
  children: [{ person: { surname: 'Examplewood', forenames: ['Demi'], dateOfBirth: '2016-06-09' } }],
  criteria: { dashScore: 16, visibleHighRisk: true },
  reason: 'Invented for a test',
};
