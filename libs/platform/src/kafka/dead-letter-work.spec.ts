import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { Database } from '../database/database.js';
import { metrics } from '../health/metrics.js';
import { DeadLetterWork } from './dead-letter-work.js';
import { DeadLetters } from './dead-letters.js';
import { takeOnce } from './inbox.js';
import { keptBytes } from './kept-bytes.js';
import type { ReceivedMessage } from './message.js';

const CANARY = 'Mary Sample';
const BY = { type: 'operator', id: 'op-1' } as const;
let fresh: FreshDatabase;
let database: Database;
let owner: pg.Client;
let letters: DeadLetters;
let work: DeadLetterWork;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = new Database(fresh.urlFor('matching'));
  owner = new pg.Client({ connectionString: fresh.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.client.$disconnect();
  await fresh.drop();
});
beforeEach(async () => {
  await owner.query('TRUNCATE matching.outbox, matching.dead_letter, matching.inbox');
  letters = new DeadLetters(database, 'matching');
  work = new DeadLetterWork(letters);
});

const message = (changes: Partial<ReceivedMessage> = {}): ReceivedMessage => ({
  topic: 'decisions.taken',
  partition: 0,
  offset: '7',
  key: 'ashfield/arrears',
  value: Buffer.from('{"matchId":"m-1","outcome":"linked","decisionId":"d-1"}'),
  ...changes,
});
const kept = async (given = message(), error: unknown = new TypeError(CANARY), firstAt?: Date) => {
  await letters.keep(given, error, 4, firstAt);
  return (await work.list()).at(-1)!.id;
};
const entries = async (id: string) =>
  (
    await owner.query<{ entry: { action: string; outcome: string } }>(
      `SELECT entry FROM audit.entry WHERE entry->'object'->>'id' = $1 ORDER BY appended_at`,
      [id],
    )
  ).rows.map(({ entry }) => `${entry.action} ${entry.outcome}`);

describe('an operator’s dead letters', () => {
  it('are told with place, reason, tries and times, oldest first', async () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 24, hour));
    await letters.keep(message({ offset: '9' }), new TypeError(CANARY), 4, at(3));
    await letters.keep(message({ offset: '8' }), new TypeError(CANARY), 4, at(2));
    const [first, second] = await work.list();
    expect([first!.offset, second!.offset]).toEqual(['8', '9']);
    expect(first).toMatchObject({
      service: 'matching',
      topic: 'decisions.taken',
      key: 'ashfield/arrears',
      reason: 'TypeError',
      attempts: 4,
      firstAt: at(2),
      kept: true,
      state: 'dead',
    });
    expect(JSON.stringify(await work.list())).not.toContain(CANARY);
  });

  it('of the same place in a topic made anew are two, and of a second delivery one', async () => {
    await kept();
    await kept();
    expect(await work.list()).toHaveLength(1);
    await kept(message({ value: Buffer.from('{}') }));
    expect(await work.list()).toHaveLength(2);
  });

  it('show an event’s ids where it is one, and nothing of what is not', async () => {
    expect((await work.show(await kept())).event).toEqual({ matchId: 'm-1', outcome: 'linked', decisionId: 'd-1' });
    for (const value of [`{"matchId":"m","outcome":"linked","decisionId":"d","surname":"${CANARY}"}`, CANARY, '{"'])
      expect(
        JSON.stringify(await work.show(await kept(message({ value: Buffer.from(value), offset: '8' })))),
      ).not.toContain(CANARY);
    await expect(work.show('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are retried through the handler byte for byte, and then hold nothing any more', async () => {
    const id = await kept();
    const seen: ReceivedMessage[] = [];
    letters.take = async (given) => void seen.push(given);
    expect(await work.retry(id, BY)).toEqual({ outcome: 'handled' });
    expect(seen).toEqual([message()]);
    expect(await work.list()).toEqual([]);
    expect(await work.list(['handled'])).toMatchObject([{ id, attempts: 5, kept: false }]);
    expect(await entries(id)).toEqual(['DeadLetterRetried begun', 'DeadLetterRetried handled']);
  });

  it('that fail again wait as before, with the new reason', async () => {
    const id = await kept();
    letters.take = () => Promise.reject(Object.assign(new Error(CANARY), { code: 'P2002' }));
    expect(await work.retry(id, BY)).toEqual({ outcome: 'failed', reason: 'P2002' });
    expect(await work.list()).toMatchObject([{ id, reason: 'P2002', attempts: 5, state: 'dead' }]);
  });

  it('that two operators retry at once reach the handler once', async () => {
    const id = await kept();
    let times = 0;
    letters.take = async () => {
      times++;
      await new Promise((resolve) => setTimeout(resolve, 150));
    };
    const done = await Promise.allSettled([work.retry(id, BY), work.retry(id, BY), work.drop(id, 'test', BY)]);
    expect(times).toBe(done.filter(({ status }, at) => status === 'fulfilled' && at < 2).length);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('whose retry was cut off may be claimed again after a while, and a handler that knows the message does nothing', async () => {
    const id = await kept();
    let effects = 0;
    letters.take = (given) =>
      database.unitOfWork(async (tx) => {
        if (await takeOnce(tx, 'matching', given)) effects++;
      });
    await work.retry(id, BY);
    const again = (minutes: number) =>
      owner.query(
        `UPDATE matching.dead_letter SET state = 'retrying', value = $2, claimed_at = now() - make_interval(mins => $3) WHERE id = $1`,
        [id, message().value, minutes],
      );
    await again(5);
    await expect(work.retry(id, BY)).rejects.toMatchObject({ code: 'wrong_state' });
    await again(11);
    expect(await work.retry(id, BY)).toEqual({ outcome: 'handled' });
    expect(effects).toBe(1);
  });

  it('that the broker would not take go back into the outbox, once', async () => {
    const id = await kept(message({ partition: -1, offset: '12' }));
    letters.take = () => Promise.reject(new Error('not for the handler'));
    expect(await work.retry(id, BY)).toEqual({ outcome: 'sent-again' });
    const { rows } = await owner.query('SELECT topic, key, value FROM matching.outbox');
    expect(rows).toEqual([{ topic: 'decisions.taken', key: 'ashfield/arrears', value: message().value }]);
    await expect(work.retry(id, BY)).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('are not retried before the service can handle them', async () => {
    await expect(work.retry(await kept(), BY)).rejects.toMatchObject({ code: 'busy' });
  });

  it('are dropped with a reason in the audit, and their bytes destroyed', async () => {
    const id = await kept();
    await work.drop(id, 'superseded', BY);
    expect(await work.list(['dropped'])).toMatchObject([{ id, kept: false }]);
    expect(await entries(id)).toEqual(['DeadLetterDropped superseded']);
    await expect(work.drop(id, 'superseded', BY)).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('cannot be wiped away by the service itself', async () => {
    await kept();
    await expect(database.client.$executeRaw`DELETE FROM matching.dead_letter`).rejects.toThrow();
  });

  it('are counted by topic in the metrics, while they wait', async () => {
    const id = await kept();
    expect(await metrics.metrics()).toContain('mash_dead_letters{service="matching",topic="decisions.taken"} 1');
    await work.drop(id, 'test', BY);
    expect(await metrics.metrics()).not.toContain('mash_dead_letters{');
  });
});

describe('of what an agency sent', () => {
  it('only what nobody can read is kept', () => {
    const armoured = Buffer.from('-----BEGIN PGP MESSAGE-----\n\nabc');
    expect(keptBytes('feeds.ashfield', armoured)).toBe(armoured);
    expect(keptBytes('feeds.ashfield', Buffer.of(0x85, 0x01))).toHaveLength(2);
    for (const text of [CANARY, `{"surname":"${CANARY}"}`, '-----BEGIN PGP', 'é'])
      expect(keptBytes('feeds.ashfield', Buffer.from(text))).toHaveLength(0);
    expect(keptBytes('records.accepted', Buffer.from('{}'))).toHaveLength(2);
  });
});
