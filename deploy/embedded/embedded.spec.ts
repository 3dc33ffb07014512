import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { prepareAgencies } from './agencies.js';
import type { IdentityFiles } from './certificates.js';
import { prepareHubKeys } from './hub-keys.js';
import { connect } from './kafka-client.js';
import { startKafka, type RunningKafka } from './kafka.js';
import { openLayout, type StateLayout } from './layout.js';
import { startPostgres, type RunningPostgres } from './postgres.js';
import { isAlive, processesOf } from './process-table.js';
import { prepareTopics } from './topics.js';

// Real: PostgreSQL, Kafka, certificates, keys. The folder's name has what trips scripts up.
const state = mkdtempSync(join(tmpdir(), 'mash état, one '));
let layout: StateLayout;
let kafka: RunningKafka;
let postgres: RunningPostgres;

const agencyIdentity = (id: string): IdentityFiles => ({
  certFile: join(layout.agencies, id, 'kafka.crt'),
  keyFile: join(layout.agencies, id, 'kafka.key'),
  caFile: join(layout.agencies, id, 'ca.crt'),
});
const clientOf = (id: string) => connect(kafka.brokers, agencyIdentity(id), { retries: 1 });

async function send(id: string, topic: string, bytes = 100): Promise<void> {
  const producer = clientOf(id).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    await producer.send({ topic, messages: [{ key: 'arrears', value: Buffer.alloc(bytes, 1) }] });
  } finally {
    await producer.disconnect();
  }
}

/** The newest offsets of a topic: what any reading begins with. */
async function offsets(id: string, topic: string) {
  const admin = clientOf(id).admin();
  await admin.connect();
  try {
    return await admin.fetchTopicOffsets(topic);
  } finally {
    await admin.disconnect();
  }
}

/** Said by a broker whose first consumer group this is, for as long as it makes its own topic for them. */
const isLoading = (error: Error) => /coordinator is loading/.test(error.message);

/** Joins a consumer group over the agency's receipts, once. */
async function joinGroup(id: string, groupId: string): Promise<'joined'> {
  const retry = { retries: 15, maxRetryTime: 2_000, restartOnFailure: async (error: Error) => isLoading(error) };
  const consumer = clientOf(id).consumer({ groupId, retry });
  const joined = new Promise<'joined'>((resolve) => consumer.on('consumer.group_join', () => resolve('joined')));
  const crashed = new Promise<never>((_, reject) =>
    consumer.on('consumer.crash', ({ payload }) => void (isLoading(payload.error) || reject(payload.error))),
  );
  try {
    await consumer.connect();
    await consumer.subscribe({ topic: `receipts.${id}` });
    await Promise.race([consumer.run({ eachMessage: async () => undefined }), crashed]);
    return await Promise.race([joined, crashed]);
  } finally {
    crashed.catch(() => undefined);
    await consumer.disconnect();
  }
}

async function answers(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  await client.end();
  return rows[0]!.server_version;
}

beforeAll(async () => {
  layout = openLayout(state);
  const prepared = prepareHubKeys(layout, 'test').then(({ publicKeyFile, logKey }) =>
    prepareAgencies(layout, publicKeyFile, logKey),
  );
  [postgres, kafka] = await Promise.all([startPostgres({ state }), startKafka({ state }), prepared]);
  await prepareTopics(kafka);
}, 90_000);

afterAll(async () => {
  await Promise.all([kafka?.stop(), postgres?.stop()]);
  const left = processesOf(layout.folder, ['kafka', 'postgres', 'services']);
  rmSync(state, { recursive: true, force: true });
  expect(left).toEqual([]);
}, 30_000);

describe('the embedded broker', () => {
  it('lets an agency write to its own feed topic, up to a message of 1 MiB', async () => {
    await send('ashfield', 'feeds.ashfield');
    await send('ashfield', 'feeds.ashfield', 1024 * 1024);
  });

  it('refuses a feed message well above 1 MiB', async () => {
    await expect(send('ashfield', 'feeds.ashfield', 1100 * 1024)).rejects.toThrow(/larger than/i);
  });

  it("refuses an agency that writes to another's topic, or to the hub's own", async () => {
    for (const topic of ['feeds.bassetlaw', 'acks.bassetlaw', 'receipts.ashfield', 'records.accepted'])
      await expect(send('ashfield', topic)).rejects.toThrow(/not authorized/i);
  });

  it('lets an agency read what is addressed to it, and nothing of others', async () => {
    await expect(offsets('ashfield', 'receipts.ashfield')).resolves.toHaveLength(1);
    for (const topic of [
      'receipts.bassetlaw',
      'disclosures.bassetlaw',
      'history-requests.police',
      'feeds.bassetlaw',
      'decisions.taken',
    ])
      await expect(offsets('ashfield', topic)).rejects.toThrow(/not authorized|not found|does not host/i);
  });

  it("lets an agency join a consumer group of its own, and refuses it another's", async () => {
    await expect(joinGroup('ashfield', 'ashfield.receipts')).resolves.toBe('joined');
    await expect(joinGroup('ashfield', 'bassetlaw.receipts')).rejects.toThrow(/not authorized|group coordinator/i);
  });

  it('does not talk to a client without a certificate of ours', async () => {
    const [host, port] = kafka.brokers[0]!.split(':') as [string, string];
    const ca = readFileSync(join(layout.tls, 'ca.crt'));
    const refused = new Promise((resolve, reject) => {
      const socket = connectTls({ host, port: Number(port), ca, servername: 'localhost' });
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('closed')));
      socket.on('data', resolve);
    });
    await expect(refused).rejects.toThrow(/certificate|closed/);
  });

  it('is prepared a second time without a change', async () => {
    await expect(prepareTopics(kafka)).resolves.toBe(0);
  });
});

describe('the embedded database', () => {
  it('is a PostgreSQL 18 with a password', async () => {
    await expect(answers(postgres.url)).resolves.toMatch(/^18\./);
    const wrong = new URL(postgres.url);
    wrong.password = 'wrong';
    await expect(answers(wrong.href)).rejects.toThrow(/password authentication failed/);
  });

  it('comes back on the same port after it was killed', async () => {
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.exited;
    const url = postgres.url;
    postgres = await startPostgres({ state });
    expect(postgres.url).toBe(url);
    await expect(answers(url)).resolves.toMatch(/^18\./);
  }, 30_000);
});

describe('what lies in the state folder', () => {
  it('shows secrets and private keys to their owner only', () => {
    const files = [
      'secrets.json',
      'tls/ca.key',
      'kafka/broker.pem',
      'agencies/ashfield/kafka.key',
      'agencies/ashfield/agency.key.asc',
    ];
    for (const file of files) expect(statSync(join(state, file)).mode & 0o077).toBe(0);
  });

  it('gives each service only the keys of its own duty', () => {
    const has = (app: string, file: string) =>
      statSync(join(layout.keys, app, file), { throwIfNoEntry: false }) !== undefined;
    expect(has('ingest', 'hub.opening.asc')).toBe(true);
    expect(has('ingest', 'record.private.pem')).toBe(false);
    expect(has('matching', 'record.private.pem')).toBe(true);
    expect(has('disclosure', 'hub.packs.asc')).toBe(true);
    expect(has('disclosure', 'hub.opening.asc')).toBe(false);
    expect(has('audit', 'record.private.pem')).toBe(false);
    for (const app of ['ingest', 'matching', 'portal', 'disclosure', 'audit'])
      expect(has(app, 'hub.primary.asc')).toBe(false);
  });

  it('names broker and database as alive', () => {
    expect([kafka.pid, postgres.pid].map(isAlive)).toEqual([true, true]);
    expect(processesOf(layout.folder, ['kafka', 'postgres']).sort()).toEqual([kafka.pid, postgres.pid].sort());
  });
});
