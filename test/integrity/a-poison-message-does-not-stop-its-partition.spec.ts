import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sampleRows } from '#contracts';
import kafkajs from 'kafkajs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { runMash } from '../../apps/connector/src/mash.js';
import { until } from '../../deploy/demo/waiting.js';
import { startHub, type RunningHub } from '../../deploy/embedded/hub.js';
import { AgencySender } from '../support/agency-sender.js';

// Real: PostgreSQL, Kafka with TLS, every service as its own process, the command line as an operator types it.
const CANARY = 'Canaryworth';
let hub: RunningHub;
let state: string;
let owner: pg.Client;
let ashfield: AgencySender;

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'mash-dead-'));
  hub = await startHub({ state, apps: ['audit', 'ingest', 'matching', 'portal'] });
  process.env['HUB_STATE'] = state;
  owner = new pg.Client({ connectionString: hub.postgres.url });
  await owner.connect();
  ashfield = new AgencySender(hub, 'ashfield');
}, 180_000);
afterAll(async () => {
  delete process.env['HUB_STATE'];
  await ashfield?.end();
  await owner?.end();
  await hub?.stop();
  rmSync(state, { recursive: true, force: true });
}, 60_000);

interface Ran {
  code: number;
  out: string;
  err: string;
}
async function mash(...args: string[]): Promise<Ran> {
  const { codes, ...said } = await listening(async () => [await runMash(['deadletter', ...args])]);
  return { code: codes[0]!, ...said };
}

/** Runs commands, and keeps what they print to itself. */
async function listening(act: () => Promise<number[]>): Promise<{ codes: number[]; out: string; err: string }> {
  const said = { out: '', err: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name === 'stdout' ? 'out' : 'err'] += String(text);
      return true;
    }),
  );
  try {
    const codes = await act();
    return { codes, ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
interface Told {
  id: string;
  service: string;
  topic: string;
  reason: string;
  attempts: number;
  state: string;
}
const letters = async (...more: string[]): Promise<Told[]> =>
  (JSON.parse((await mash('list', '--json', ...more)).out) as { letters: Told[] }).letters;
const audit = async (action: string, id: string) =>
  (
    await owner.query<{ entry: Record<string, unknown> }>(
      `SELECT entry FROM audit.entry WHERE entry->>'action' = $1 AND entry->'object'->>'id' = $2 ORDER BY appended_at`,
      [action, id],
    )
  ).rows.map(({ entry }) => entry);
const count = async (from: string, values: unknown[] = []) =>
  (await owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`, values)).rows[0]!.n;
const bytesOf = async (service: string, id: string) =>
  (await owner.query<{ size: number }>(`SELECT length(value) AS size FROM ${service}.dead_letter WHERE id = $1`, [id]))
    .rows[0]!.size;
const acceptedOf = (submission: string) =>
  count(`ingest.feed_batch WHERE submission = $1 AND status = 'accepted'`, [submission]);

/** Sends a message between services, as one of them that has gone wrong would. */
async function sendInternal(topic: string, value: string): Promise<void> {
  const { brokers, admin } = hub.kafka;
  const pem = (file: string) => readFileSync(file, 'utf8');
  const ssl = { ca: [pem(admin.caFile)], cert: pem(admin.certFile), key: pem(admin.keyFile) };
  const producer = new kafkajs.Kafka({ clientId: 'admin', brokers, ssl, logCreator: () => () => undefined }).producer();
  await producer.connect();
  await producer.send({ topic, messages: [{ key: 'k', value }] });
  await producer.disconnect();
}

describe('a message that no handler can take', () => {
  it('is tried a few times, laid aside with its reason, and those after it go on; retried when the fault is gone, it has its effect once', async () => {
    await owner.query(`
      CREATE FUNCTION public.fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a fault with ${CANARY} in it'; END $$;
      CREATE TRIGGER fault BEFORE INSERT ON ingest.feed_batch FOR EACH ROW WHEN (NEW.feed = 'housing') EXECUTE FUNCTION public.fault()`);
    const poison = await ashfield.sealed('housing', [{ ...sampleRows.housing, recordRef: 'P-1' }]);
    const next = await ashfield.sealed('arrears', [{ ...sampleRows.arrears, recordRef: 'P-2' }]);
    await ashfield.overKafka('arrears', poison.message);
    await ashfield.overKafka('arrears', next.message);
    await until('the one after it', async () => (await acceptedOf(next.submission)) === 1, 30);
    const [letter] = await letters('--service', 'ingest');
    expect(letter).toMatchObject({ service: 'ingest', topic: 'feeds.ashfield', attempts: 4, state: 'dead' });
    expect(await bytesOf('ingest', letter!.id)).toBe(poison.message.length);

    const stillBroken = await mash('retry', letter!.id, '--as', 'op-1', '--json');
    expect(stillBroken.code).toBe(1);
    expect(JSON.parse(stillBroken.out)).toMatchObject({ retried: [{ id: letter!.id, outcome: 'failed' }] });
    expect(await letters()).toMatchObject([{ id: letter!.id, attempts: 5, state: 'dead' }]);

    await owner.query('DROP TRIGGER fault ON ingest.feed_batch');
    const at = (who: string) => runMash(['deadletter', 'retry', letter!.id, '--as', who]);
    const { codes } = await listening(() => Promise.all([at('op-1'), at('op-2')]));
    expect(codes.sort()).toEqual([0, 3]);
    expect(await acceptedOf(poison.submission)).toBe(1);
    expect(await count(`ingest.record WHERE submission = $1`, [poison.submission])).toBe(1);
    expect(await letters()).toEqual([]);
    expect(await letters('--all')).toMatchObject([{ id: letter!.id, state: 'handled' }]);
    expect(await bytesOf('ingest', letter!.id)).toBe(0);
    expect(
      (await audit('DeadLetterRetried', letter!.id)).map(
        ({ actor, outcome }) => `${(actor as { type: string }).type} ${outcome as string}`,
      ),
    ).toEqual(['operator begun', 'operator failed', 'operator begun', 'operator handled']);
  }, 120_000);

  it('whose retry was cut off after its effect has no second one', async () => {
    await owner.query(`
      CREATE TRIGGER fault BEFORE INSERT ON ingest.feed_batch FOR EACH ROW WHEN (NEW.feed = 'asb') EXECUTE FUNCTION public.fault()`);
    const poison = await ashfield.sealed('asb', [{ ...sampleRows.asb, recordRef: 'P-3' }]);
    await ashfield.overKafka('asb', poison.message);
    await until('the letter', async () => (await letters()).length === 1, 30);
    await owner.query('DROP TRIGGER fault ON ingest.feed_batch');
    const { id } = (await letters())[0]!;
    const value = (await owner.query<{ value: Buffer }>('SELECT value FROM ingest.dead_letter WHERE id = $1', [id]))
      .rows[0]!.value;
    expect((await mash('retry', id)).code).toBe(0);
    await owner.query(
      `UPDATE ingest.dead_letter SET state = 'retrying', value = $2, claimed_at = now() - interval '5 minutes' WHERE id = $1`,
      [id, value],
    );
    expect((await mash('retry', id)).code).toBe(3);
    await owner.query(`UPDATE ingest.dead_letter SET claimed_at = now() - interval '11 minutes' WHERE id = $1`, [id]);
    expect((await mash('retry', id)).code).toBe(0);
    expect(await acceptedOf(poison.submission)).toBe(1);
    expect(await count(`ingest.record WHERE submission = $1`, [poison.submission])).toBe(1);
  }, 120_000);

  it('between services is shown by its place and reason, never by what stands in it, and dropped with a reason in the audit', async () => {
    await sendInternal('records.accepted', JSON.stringify({ batchId: 'b', surname: CANARY }));
    await until('the letters', async () => (await letters()).some(({ service }) => service === 'matching'), 30);
    const letter = (await letters()).find(({ service }) => service === 'matching')!;
    const shown = [await mash('show', letter.id), await mash('show', letter.id, '--json'), await mash('list')];
    for (const { code, out, err } of shown) {
      expect(code).toBe(0);
      expect(out + err).not.toContain(CANARY);
      expect(out).toContain('ZodError');
    }
    expect((await mash('drop', letter.id)).code).toBe(2);
    expect((await mash('drop', letter.id, '--reason', `because of ${CANARY}`)).code).toBe(2);
    expect(await letters()).not.toEqual([]);
    for (const { id } of await letters())
      expect((await mash('drop', id, '--reason', 'unreadable', '--as', 'op-1')).code).toBe(0);
    expect(await audit('DeadLetterDropped', letter.id)).toMatchObject([
      { actor: { type: 'operator', id: 'op-1' }, outcome: 'unreadable', detail: { service: 'matching' } },
    ]);
    expect(await bytesOf('matching', letter.id)).toBe(0);
    expect((await mash('retry', letter.id)).code).toBe(3);
    expect((await mash('drop', letter.id, '--reason', 'test')).code).toBe(3);
    expect(await letters()).toEqual([]);
  }, 60_000);

  it('is counted in the metrics while it waits', async () => {
    const metrics = async () => (await fetch(new URL('/metrics', hub.addressOf('matching')))).text();
    await sendInternal('records.accepted', '{');
    await until(
      'the figure',
      async () => /mash_dead_letters\{service="matching",topic="records.accepted"\} 1/.test(await metrics()),
      30,
    );
    expect(await metrics()).toMatch(
      /mash_messages_dead_lettered_total\{service="matching",topic="records.accepted",reason="\w+"\} \d/,
    );
    for (const { id } of await letters()) await mash('drop', id, '--reason', 'test');
    expect(await metrics()).not.toMatch(/mash_dead_letters\{/);
  }, 60_000);

  it('that a council sent as readable text leaves only its length and digest', async () => {
    await owner.query(`
      CREATE TRIGGER fault BEFORE INSERT ON ingest.feed_batch FOR EACH ROW EXECUTE FUNCTION public.fault()`);
    await ashfield.overKafka('arrears', Buffer.from(`{"surname":"${CANARY}"}`));
    await until('the letter', async () => (await letters()).length === 1, 30);
    await owner.query('DROP TRIGGER fault ON ingest.feed_batch');
    const { id } = (await letters())[0]!;
    expect(await bytesOf('ingest', id)).toBe(0);
    const again = await mash('retry', id);
    expect(again.code).toBe(3);
    expect(again.err).toContain('sent again');
    expect((await mash('drop', id, '--reason', 'sent-again')).code).toBe(0);
  }, 60_000);
});

describe('the operator’s way in', () => {
  it.each(['ingest', 'matching', 'portal'] as const)('at %s is closed without the operator’s token', async (app) => {
    for (const authorization of [undefined, 'Bearer wrong', 'Bearer '])
      for (const [method, path] of [
        ['GET', ''],
        ['POST', '/00000000-0000-4000-8000-000000000000/retry'],
      ] as const) {
        const headers = authorization ? { authorization } : {};
        const response = await fetch(new URL(`/operator/dead-letters${path}`, hub.addressOf(app)), {
          method,
          headers,
          redirect: 'manual',
        });
        expect(response.status).toBe(401);
      }
  });

  it('tells kindly what is wrong with a command', async () => {
    expect(await mash('retry')).toMatchObject({ code: 2, err: expect.stringContaining('Name the dead letters') });
    expect(await mash('show', '00000000-0000-4000-8000-000000000000')).toMatchObject({ code: 3 });
    expect(await mash('show', 'x')).toMatchObject({ code: 3 });
    expect(await mash('list', '--service', 'mail')).toMatchObject({ code: 2 });
    expect(await mash('list', '--as', 'a b')).toMatchObject({ code: 2 });
    process.env['HUB_STATE'] = join(state, 'nowhere');
    expect(await mash('list')).toMatchObject({ code: 2, err: expect.stringContaining('No running hub') });
    process.env['HUB_STATE'] = state;
    expect(await mash('list')).toMatchObject({ code: 0, out: 'No dead letters wait.\n' });
  });
});
