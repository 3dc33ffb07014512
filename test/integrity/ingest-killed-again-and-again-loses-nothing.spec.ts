import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../deploy/embedded/kafka-client.js';
import { aRow, Laboratory, OTHER, SENDER } from '../security/hostile-feeds/laboratory.js';

// Real processes, killed with SIGKILL at moments drawn from a seed, while feeds come in by both entrances.
// MASH_KILLS=50 runs the whole of it (10,000 rows, some ten minutes); the suite's own is a tenth.

const KILLS = Number(process.env['MASH_KILLS'] ?? 4);
const SEED = Number(process.env['MASH_KILL_SEED'] ?? 20261124);
const ROWS = KILLS >= 50 ? 10_000 : 2_000;
const ROWS_A_BATCH = 50;
const LONGEST_UP_MS = 4_000;

let lab: Laboratory;
beforeAll(async () => {
  lab = await Laboratory.open();
}, 180_000);
afterAll(async () => lab?.close(), 60_000);

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Numbered {
  agency: string;
  message: Buffer;
}

async function numberedBatches(): Promise<Numbered[]> {
  const batches: Numbered[] = [];
  for (let first = 0; first < ROWS; first += ROWS_A_BATCH) {
    const agency = (first / ROWS_A_BATCH) % 2 === 0 ? SENDER : OTHER;
    const rows = Array.from({ length: ROWS_A_BATCH }, (_, n) => aRow(`N-${first + n}`, { balance: first + n }));
    batches.push({ agency, message: await lab.seal(lab.payload({ rows, agency }), lab.key(agency)) });
  }
  return batches;
}

/** One agency by Kafka, the other by HTTPS, which asks again until it is answered; spread over the time of the killing. */
async function sendAll(batches: Numbered[], pause: () => Promise<unknown>): Promise<void> {
  for (const { agency, message } of batches) {
    if (agency === SENDER) await lab.produce(message, 'arrears', agency);
    else await postUntilTaken(agency, message);
    await pause();
  }
}

async function postUntilTaken(agency: string, message: Buffer): Promise<void> {
  for (;;) {
    const answer = await lab.ask('POST', '/v1/feeds', message, agency).catch(() => null);
    if (answer?.status === 202) return;
    await sleep(100);
  }
}

async function killAgainAndAgain(random: () => number): Promise<void> {
  for (let kill = 0; kill < KILLS; kill++) {
    const pid = lab.hub.pids()['ingest']!;
    await sleep(random() * LONGEST_UP_MS);
    process.kill(pid, 'SIGKILL');
    await lab.until(async () => (lab.hub.pids()['ingest'] !== pid && (await isWell()) ? true : null), 60);
  }
}

async function isWell(): Promise<boolean> {
  const answer = await fetch(`${lab.hub.addressOf('ingest')}/health`, { signal: AbortSignal.timeout(1_000) }).catch(
    () => null,
  );
  return answer?.status === 200;
}

async function number(sql: string): Promise<number> {
  const { rows } = await lab.database.query<{ n: number }>(`SELECT (${sql})::int AS n`);
  return rows[0]!.n;
}

/** Every receipt on an agency's topic, by the batch it is of (its key). */
async function receiptsOf(agency: string, wanted: number): Promise<Map<string, Set<string>>> {
  const consumer = connect(lab.hub.kafka.brokers, lab.hub.kafka.admin).consumer({ groupId: `killed-${agency}` });
  const found = new Map<string, Set<string>>();
  await consumer.connect();
  await consumer.subscribe({ topic: `receipts.${agency}`, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const key = message.key!.toString();
      found.set(key, (found.get(key) ?? new Set()).add(message.value!.toString('base64')));
    },
  });
  await lab.until(async () => (found.size >= wanted ? true : null), 60);
  await sleep(1_000);
  await consumer.disconnect();
  return found;
}

it(
  `${ROWS} numbered rows while ingest is killed ${KILLS} times: each row once, each batch one receipt, no audit entry missing`,
  async () => {
    const random = randomOf(SEED);
    const batches = await numberedBatches();
    const cycle = (KILLS * (LONGEST_UP_MS / 2 + 4_000)) / batches.length;
    let killing = true;
    const killed = killAgainAndAgain(random).finally(() => (killing = false));
    await sendAll(batches, () => sleep(killing ? random() * 2 * cycle : 0));
    await killed;
    await lab.until(
      async () =>
        (await number('SELECT count(*) FROM ingest.feed_batch WHERE receipted_at IS NOT NULL')) >= batches.length
          ? true
          : null,
      120,
    );
    expect(await number('SELECT count(*) FROM ingest.record')).toBe(ROWS);
    expect(await number(`SELECT count(DISTINCT (agency, ref_token)) FROM ingest.record WHERE state = 'active'`)).toBe(
      ROWS,
    );
    expect(await number('SELECT count(*) FROM vault.wrapped_key')).toBe(ROWS);
    expect(await number(`SELECT count(*) FROM ingest.feed_batch WHERE status = 'accepted'`)).toBe(batches.length);
    expect(await number('SELECT count(*) FROM ingest.feed_batch')).toBe(batches.length);
    expect(await number('SELECT count(*) FROM ingest.dead_letter')).toBe(0);
    const accepted = `FROM audit.entry WHERE entry->>'action' = 'BatchAccepted' AND leaf_index IS NOT NULL`;
    expect(await number(`SELECT count(*) ${accepted}`)).toBe(batches.length);
    expect(await number(`SELECT sum((entry->'detail'->>'accepted')::int) ${accepted}`)).toBe(ROWS);
    expect(
      await number(
        `SELECT count(*) FROM ingest.feed_batch b JOIN audit.entry e ON e.id = b.audit_id AND e.entry->'object'->>'id' = b.id::text`,
      ),
    ).toBe(batches.length);
    for (const agency of [SENDER, OTHER]) {
      const own = batches.filter((batch) => batch.agency === agency).length;
      const receipts = await receiptsOf(agency, own);
      expect(receipts.size).toBe(own);
      // The outbox sends at least once: what comes twice is the same receipt, octet for octet.
      expect([...receipts.values()].filter((versions) => versions.size !== 1)).toEqual([]);
    }
  },
  KILLS * 20_000 + 240_000,
);
