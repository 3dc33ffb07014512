import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Producer } from 'kafkajs';
import type { PrivateKey, PublicKey } from 'openpgp';
import pg from 'pg';
import { sampleRows, type Receipt } from '#contracts';
import { generateAgencyKey, readPublicKey, readSecretKey, sealMessage } from '#crypto';
import { openReceipt } from '../../../apps/connector/src/receipts/open-receipt.js';
import { startHub, type RunningHub } from '../../../deploy/embedded/hub.js';
import { connect } from '../../../deploy/embedded/kafka-client.js';

export type Entrance = 'kafka' | 'https';
export const ENTRANCES: Entrance[] = ['kafka', 'https'];
export const DAY_MS = 24 * 3600 * 1000;

/** The agency the messages are sent as, and another one. */
export const SENDER = 'ashfield';
export const OTHER = 'gedling';

/** What became of one message. */
export interface Fate {
  /** a refusal's code, `accepted`, `partly`, or what the entrance itself answered */
  outcome: string;
  /** id of its receipt; null where the entrance itself refused */
  receipt: string | null;
}

export interface Payload {
  rows?: (object | string)[];
  body?: Buffer;
  manifest?: Record<string, unknown>;
  agency?: string;
}

/** A real hub (PostgreSQL, Kafka, ingest and audit as processes of their own) and everything needed to send it what it must refuse. */
export class Laboratory {
  private sequence = Date.now();
  private readonly producers = new Map<string, Producer>();
  private readonly agents = new Map<string, Agent>();
  /** megabytes resident, the highest seen since it was last asked for */
  private highest = 0;
  private readonly watching: NodeJS.Timeout;

  private constructor(
    readonly hub: RunningHub,
    readonly state: string,
    readonly database: pg.Client,
    readonly hubKey: PublicKey,
    readonly keys: ReadonlyMap<string, PrivateKey>,
    private readonly logKey: string,
  ) {
    this.watching = setInterval(() => (this.highest = Math.max(this.highest, this.residentMegabytes())), 20);
  }

  static async open(): Promise<Laboratory> {
    const state = mkdtempSync(join(tmpdir(), 'mash-hostile-'));
    const hub = await startHub({ state, apps: ['audit', 'ingest'] });
    const database = new pg.Client({ connectionString: hub.postgres.url });
    await database.connect();
    const file = (agency: string, name: string) => readFileSync(join(hub.layout.agencies, agency, name), 'utf8');
    const keys = new Map<string, PrivateKey>();
    for (const agency of [SENDER, OTHER]) keys.set(agency, await readSecretKey(file(agency, 'agency.key.asc')));
    const hubKey = await readPublicKey(file(SENDER, 'hub.pub.asc'));
    return new Laboratory(hub, state, database, hubKey, keys, file(SENDER, 'log.vkey').trim());
  }

  async close(): Promise<void> {
    clearInterval(this.watching);
    for (const producer of this.producers.values()) await producer.disconnect();
    for (const agent of this.agents.values()) agent.destroy();
    await this.database.end();
    await this.hub.stop();
    rmSync(this.state, { recursive: true, force: true });
  }

  key(agency = SENDER): PrivateKey {
    return this.keys.get(agency)!;
  }

  nextSequence(): number {
    return ++this.sequence;
  }

  /** A key of the sender's, registered so. */
  async register(
    given: { made?: Date; expiresInDays?: number; from?: Date; to?: Date; revoked?: Date } = {},
  ): Promise<{ secret: PrivateKey; fingerprint: string }> {
    const made = given.made ?? new Date(Date.now() - DAY_MS);
    const key = await generateAgencyKey({
      agency: SENDER,
      name: 'Hostile test',
      date: made,
      ...(given.expiresInDays ? { expiresInDays: given.expiresInDays } : {}),
    });
    await this.database.query(
      `INSERT INTO portal.agency_key (fingerprint, agency, public_key, valid_from, valid_to, revoked_at, registered_by)
       VALUES ($1, $2, $3, $4, $5, $6, '{test}')`,
      [key.fingerprint, SENDER, key.publicKeyArmored, given.from ?? made, given.to ?? null, given.revoked ?? null],
    );
    return { secret: await readSecretKey(key.privateKeyArmored), fingerprint: key.fingerprint };
  }

  /** Takes a key out of the register, so that receipts go to the sender's own again. */
  async unregister(fingerprint: string): Promise<void> {
    await this.database.query('DELETE FROM portal.agency_key WHERE fingerprint = $1', [fingerprint]);
  }

  payload({ rows = [aRow()], body, manifest = {}, agency = SENDER }: Payload = {}): Buffer {
    const bytes =
      body ?? Buffer.from(rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''));
    const whole = {
      format: 'mash.feed/1',
      sender: agency,
      recipient: this.hubKey.getFingerprint().toUpperCase(),
      feed: 'arrears',
      submission: randomUUID(),
      batch: 1,
      batches: 1,
      sequence: this.nextSequence(),
      mode: 'delta',
      extractedAt: new Date().toISOString(),
      createdAt: new Date().toISOString(),
      rows: rows.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      ...manifest,
    };
    return Buffer.concat([Buffer.from(`${JSON.stringify(whole)}\n`), bytes]);
  }

  async seal(payload: Uint8Array, signer = this.key()): Promise<Buffer> {
    return Buffer.from(await sealMessage({ payload, recipients: [this.hubKey], signer }));
  }

  good(): Promise<Buffer> {
    return this.seal(this.payload({ rows: [aRow(`A-${randomUUID()}`)] }));
  }

  /** Sends one message and waits for what becomes of it. @param key Kafka's; an honest sender's is the feed */
  async send(entrance: Entrance, message: Buffer, key = 'arrears'): Promise<Fate> {
    if (entrance === 'https') return this.post(message);
    const before = await this.newestOf(message);
    try {
      await this.produce(message, key);
    } catch (error) {
      const { type, cause } = error as { type?: string; cause?: { type?: string } };
      if ((type ?? cause?.type) === 'MESSAGE_TOO_LARGE') return { outcome: 'too large for the broker', receipt: null };
      throw error;
    }
    return this.until(async () => {
      const found = await this.newestOf(message);
      return found && found.receipt !== before?.receipt ? found : null;
    });
  }

  /** Puts one message on an agency's topic, confirmed by the broker. */
  async produce(message: Buffer, key = 'arrears', agency = SENDER): Promise<void> {
    const producer = await this.producerOf(agency);
    await producer.send({ topic: `feeds.${agency}`, acks: -1, messages: [{ key, value: message }] });
  }

  /** Where the same bytes were taken before there is nothing new to wait for but the receipt's coming again. */
  async resend(entrance: Entrance, message: Buffer, key: string): Promise<Fate> {
    const first = (await this.newestOf(message))!;
    const before = await this.receiptsSent();
    if (entrance === 'https') await this.post(message);
    else await this.produce(message, key);
    await this.until(async () => ((await this.receiptsSent()) > before ? true : null));
    const now = (await this.newestOf(message))!;
    return now.receipt === first.receipt ? { ...first, outcome: 'first receipt again' } : now;
  }

  /** The receipt as its agency opens it: signature, and proof in the audit log. */
  async receipt(id: string): Promise<Receipt> {
    const [message] = await this.until(async () => {
      const { receipts } = (await this.ask('GET', `/v1/receipts/${id}`)).json as { receipts?: { message: string }[] };
      return receipts && receipts.length > 0 ? receipts.map((one) => Buffer.from(one.message, 'base64')) : null;
    });
    return openReceipt(message!, { agencyKey: this.key(), hubKey: this.hubKey, vkey: this.logKey });
  }

  /** Everything a batch may change, as numbers. */
  async stored(): Promise<Record<string, number>> {
    const { rows } = await this.database.query<Record<string, number>>(`
      SELECT (SELECT count(*)::int FROM ingest.record) AS records, (SELECT count(*)::int FROM ingest.submission) AS submissions,
             (SELECT count(*)::int FROM ingest.quarantine) AS quarantined, (SELECT count(*)::int FROM vault.wrapped_key) AS keys,
             (SELECT count(*)::int FROM ingest.dead_letter) AS "deadLetters", (SELECT count(*)::int FROM ingest.data_quality) AS quality`);
    return rows[0]!;
  }

  /** Megabytes of ingest's memory, the highest since the last time this was asked. */
  highestMemory(): number {
    const seen = Math.max(this.highest, this.residentMegabytes());
    this.highest = 0;
    return seen;
  }

  private residentMegabytes(): number {
    try {
      const status = readFileSync(`/proc/${this.hub.pids()['ingest']}/status`, 'utf8');
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      return 0; // it was killed a moment ago
    }
  }

  private async newestOf(message: Buffer): Promise<Fate | null> {
    const { rows } = await this.database.query<{ id: string; status: string; reason: string | null }>(
      'SELECT id, status, reason FROM ingest.feed_batch WHERE agency = $1 AND digest = $2 ORDER BY received_at DESC LIMIT 1',
      [SENDER, createHash('sha256').update(message).digest()],
    );
    const [row] = rows;
    return row ? { outcome: row.reason ?? row.status, receipt: row.id } : null;
  }

  private async post(message: Buffer): Promise<Fate> {
    const { status, json } = await this.ask('POST', '/v1/feeds', message);
    if (status !== 202) return { outcome: `HTTP ${status}`, receipt: null };
    const id = (json as { receipt: string }).receipt;
    const { rows } = await this.database.query<{ status: string; reason: string | null }>(
      'SELECT status, reason FROM ingest.feed_batch WHERE id = $1',
      [id],
    );
    return { outcome: rows[0]!.reason ?? rows[0]!.status, receipt: id };
  }

  /** One request at the HTTPS entrance, as an agency. */
  ask(method: string, path: string, body?: Buffer, agency = SENDER): Promise<{ status: number; json: unknown }> {
    return new Promise((resolve, reject) => {
      const sending = request(new URL(path, this.hub.ingest), { method, agent: this.agentOf(agency) }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode!, json: JSON.parse(text) }));
      });
      sending.on('error', reject).end(body);
    });
  }

  private async producerOf(agency: string): Promise<Producer> {
    const known = this.producers.get(agency);
    if (known) return known;
    const folder = join(this.hub.layout.agencies, agency);
    const [certFile, keyFile, caFile] = ['kafka.crt', 'kafka.key', 'ca.crt'].map((name) => join(folder, name));
    const kafka = connect(this.hub.kafka.brokers, { certFile: certFile!, keyFile: keyFile!, caFile: caFile! });
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    this.producers.set(agency, producer);
    return producer;
  }

  private agentOf(agency: string): Agent {
    const agent = this.agents.get(agency) ?? new Agent({ ...tlsOf(this.hub, agency), keepAlive: false });
    this.agents.set(agency, agent);
    return agent;
  }

  private async receiptsSent(): Promise<number> {
    const admin = connect(this.hub.kafka.brokers, this.hub.kafka.admin).admin();
    await admin.connect();
    try {
      const offsets = await admin.fetchTopicOffsets(`receipts.${SENDER}`);
      return offsets.reduce((sum, { high }) => sum + Number(high), 0);
    } finally {
      await admin.disconnect();
    }
  }

  async until<T>(ask: () => Promise<T | null>, seconds = 60): Promise<T> {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(25)) {
      const answer = await ask();
      if (answer !== null) return answer;
    }
    throw new Error(`waited ${seconds} s`);
  }
}

function tlsOf(hub: RunningHub, agency: string) {
  const file = (name: string) => readFileSync(join(hub.layout.agencies, agency, name));
  return { cert: file('kafka.crt'), key: file('kafka.key'), ca: file('ca.crt') };
}

/** An invented arrears row. */
export function aRow(recordRef = `A-${randomUUID()}`, changes: object = {}): object {
  return { ...sampleRows.arrears, recordRef, ...changes };
}
