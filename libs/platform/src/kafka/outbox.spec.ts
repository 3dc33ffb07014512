import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Producer, ProducerRecord } from 'kafkajs';
import pg from 'pg';
import { pino } from 'pino';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { Database } from '../database/database.js';
import { DeadLetters } from './dead-letters.js';
import { takeOnce } from './inbox.js';
import { enqueue, OutboxRelay } from './outbox.js';

const NO_KAFKA = { clientId: 't', brokers: [], caFile: '', certFile: '', keyFile: '' };

/** A broker that takes messages, but for topics and sizes it is told to refuse. */
class Broker {
  readonly taken: { topic: string; value: string }[] = [];
  readonly refused = new Set<string>();
  most = Infinity;
  readonly producer = { send: (record: ProducerRecord) => this.send(record) } as unknown as Producer;

  private async send({ topic, messages }: ProducerRecord) {
    if (this.refused.has(topic))
      throw Object.assign(new Error('x'), { name: 'KafkaJSProtocolError', type: 'UNKNOWN_TOPIC_OR_PARTITION' });
    const size = messages.reduce((sum, { value }) => sum + (value as Buffer).length, 0);
    if (size > this.most) throw Object.assign(new Error('x'), { cause: { type: 'MESSAGE_TOO_LARGE' } });
    this.taken.push(...messages.map(({ value }) => ({ topic, value: String(value) })));
    return [];
  }
}

class TestRelay extends OutboxRelay {
  constructor(
    database: Database,
    private readonly broker: Broker,
  ) {
    super(database, 'ingest', NO_KAFKA, pino({ level: 'silent' }));
  }
  protected override async connected(): Promise<Producer> {
    return this.broker.producer;
  }
}

let fresh: FreshDatabase;
let database: Database;
let owner: pg.Client;
let broker: Broker;
let relay: TestRelay;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = new Database(fresh.urlFor('ingest'));
  owner = new pg.Client({ connectionString: fresh.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.client.$disconnect();
  await fresh.drop();
});
beforeEach(async () => {
  await owner.query('TRUNCATE ingest.outbox, ingest.dead_letter, ingest.inbox');
  broker = new Broker();
  relay = new TestRelay(database, broker);
});

const put = (topic: string, value: string | object) =>
  database.unitOfWork((tx) =>
    enqueue(tx, 'ingest', { topic, key: 'k', value: typeof value === 'string' ? Buffer.from(value) : value }),
  );
const waiting = async () => Number((await owner.query('SELECT count(*) AS n FROM ingest.outbox')).rows[0].n);
const values = () => broker.taken.map(({ value }) => value);

describe('the outbox', () => {
  it('sends in order what was committed, and keeps nothing that was sent', async () => {
    for (const value of ['1', '2', '3']) await put('t', value);
    await put('t', { id: 4 });
    expect(await relay.sendSome()).toBe(4);
    expect(values()).toEqual(['1', '2', '3', '{"id":4}']);
    expect(await waiting()).toBe(0);
  });

  it('sends nothing of a transaction that was rolled back', async () => {
    const act = database.unitOfWork(async (tx) => {
      await enqueue(tx, 'ingest', { topic: 't', key: 'k', value: {} });
      throw new Error('no');
    });
    await expect(act).rejects.toThrow('no');
    expect(await relay.sendSome()).toBe(0);
  });

  it('a topic that cannot be sent to holds up only itself, and nothing is sent twice', async () => {
    broker.refused.add('gone');
    for (const [topic, value] of [
      ['gone', '1'],
      ['t', '2'],
      ['gone', '3'],
      ['u', '4'],
    ] as const)
      await put(topic, value);
    for (let n = 0; n < 3; n++) await relay.sendSome();
    expect(values()).toEqual(['2', '4']);
    expect(await waiting()).toBe(2);
    broker.refused.clear();
    const later = new TestRelay(database, broker);
    await later.sendSome();
    expect(values()).toEqual(['2', '4', '1', '3']);
  });

  it('many that are too large together go one by one', async () => {
    broker.most = 10;
    for (const value of ['aaaaaa', 'bbbbbb', 'cccccc']) await put('t', value);
    await relay.sendSome();
    expect(values()).toEqual(['aaaaaa', 'bbbbbb', 'cccccc']);
  });

  it('one that the broker will never take is laid aside with an audit entry, and the rest goes on in order', async () => {
    broker.most = 10;
    for (const value of ['1', 'x'.repeat(11), '2', '3']) await put('t', value);
    while ((await relay.sendSome()) > 0);
    expect(values()).toEqual(['1', '2', '3']);
    expect(await waiting()).toBe(0);
    const { rows } = await owner.query(
      'SELECT topic, partition, reason, length(value) AS size FROM ingest.dead_letter',
    );
    expect(rows).toEqual([{ topic: 't', partition: -1, reason: 'MESSAGE_TOO_LARGE', size: 11 }]);
    const { rows: entries } = await owner.query(
      `SELECT entry FROM audit.entry WHERE entry->>'action' = 'MessageDeadLettered'`,
    );
    expect(entries).toHaveLength(1);
  });

  it('two relays send everything once', async () => {
    const other = new TestRelay(new Database(fresh.urlFor('ingest')), broker);
    for (let n = 0; n < 30; n++) await put('t', String(n));
    for (let n = 0; n < 3; n++) await Promise.all([relay.sendSome(), other.sendSome()]);
    expect(values()).toEqual(Array.from({ length: 30 }, (_, n) => String(n)));
    await (other as unknown as { database: Database }).database.client.$disconnect();
  });

  it('running, it sends at once what it is nudged for, and ends when it is stopped', async () => {
    relay.start();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await put('t', '1');
    relay.nudge();
    const start = Date.now();
    while (broker.taken.length === 0 && Date.now() - start < 900)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(values()).toEqual(['1']);
    await relay.stop();
    await put('t', '2');
    relay.nudge();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(values()).toEqual(['1']);
  });
});

describe('the inbox', () => {
  const message = { topic: 't', partition: 0, offset: '1', key: null, value: Buffer.alloc(0) };

  it('takes a message once, also when two take it at the same moment', async () => {
    const took = await Promise.all([1, 2, 3].map(() => database.unitOfWork((tx) => takeOnce(tx, 'ingest', message))));
    expect(took.filter(Boolean)).toHaveLength(1);
    expect(await database.unitOfWork((tx) => takeOnce(tx, 'ingest', { ...message, offset: '2' }))).toBe(true);
    expect(await database.unitOfWork((tx) => takeOnce(tx, 'ingest', message, 'an id of its own'))).toBe(true);
  });

  it('has not taken it when the act was rolled back', async () => {
    const other = { ...message, offset: '9' };
    await database
      .unitOfWork(async (tx) => {
        await takeOnce(tx, 'ingest', other);
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(await database.unitOfWork((tx) => takeOnce(tx, 'ingest', other))).toBe(true);
  });
});

describe('dead letters', () => {
  const CANARY = 'Mary Sample';
  const message = { topic: 'feeds.ashfield', partition: 1, offset: '77', key: 'arrears', value: Buffer.of(0xff, 0) };
  const letters = () =>
    owner.query('SELECT key, value, reason, attempts, state FROM ingest.dead_letter').then(({ rows }) => rows);

  it('are kept once, with bytes and reason, and an audit entry', async () => {
    const dead = new DeadLetters(database, 'ingest');
    await dead.keep(message, Object.assign(new Error(CANARY), { code: 'P2002' }), 4);
    await dead.keep(message, new Error('again'), 4);
    expect(await letters()).toEqual([
      { key: 'arrears', value: Buffer.of(0xff, 0), reason: 'P2002', attempts: 4, state: 'dead' },
    ]);
    const { rows } = await owner.query(
      `SELECT entry FROM audit.entry WHERE entry->'object'->>'id' = 'feeds.ashfield/1/77'`,
    );
    expect(rows).toMatchObject([{ entry: { outcome: 'P2002', detail: { attempts: 4, service: 'ingest' } } }]);
  });

  it.each([
    ['a message', new TypeError(CANARY), 'TypeError'],
    ['a code that is none', Object.assign(new Error('x'), { code: CANARY }), 'Error'],
    ['a name that is none', Object.assign(new Error('x'), { name: CANARY }), 'unknown'],
    ['no error', CANARY, 'unknown'],
    ['nothing', undefined, 'unknown'],
  ])('%s: no value of it stands in the reason', async (_, error, reason) => {
    await new DeadLetters(database, 'ingest').keep(message, error, 1);
    expect(await letters()).toMatchObject([{ reason }]);
  });

  it.each(['\0', CANARY, 'x'.repeat(65), '\ufffd'])(
    'a key that a sender made up is not kept, and stops nothing',
    async (key) => {
      await new DeadLetters(database, 'ingest').keep({ ...message, key }, new Error('x'), 1);
      expect(await letters()).toMatchObject([{ key: null }]);
    },
  );
});
