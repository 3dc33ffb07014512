import { readFileSync } from 'node:fs';
import pg from 'pg';
import { startHub } from '../../../deploy/embedded/hub.js';
import { sendAll, sealedBatches, type SealedBatch } from './batches.js';

/** What a run from the topic to the last receipt took. */
export interface EndToEnd {
  rows: number;
  seconds: number;
  /** seconds of processor time, by service */
  cpu: Record<string, number>;
  /** resident memory of ingest in megabytes: when the first tenth was done, at the end, and the highest seen */
  rss: { early: number; late: number; highest: number };
  batches: SealedBatch[];
}

const LONGEST_MS = 20 * 60_000;
const TICKS_A_SECOND = 100;

/**
 * The topics are filled while no service runs, then the services start: what is timed is their work alone, with broker and database on
 * the same processors.
 * @returns after every row is committed and compared and every receipt has gone to its topic
 */
export async function endToEnd(state: string, rows: number, say: (line: string) => void): Promise<EndToEnd> {
  const idle = await startHub({ state, apps: ['ingest'] });
  let batches: SealedBatch[];
  try {
    say(`sealing ${rows} rows`);
    batches = await sealedBatches(idle, rows);
  } finally {
    await idle.stop();
  }
  const broker = await startHub({ state, apps: [] });
  try {
    say(`sending ${batches.length} batches`);
    await sendAll(withAddresses(broker), batches);
  } finally {
    await broker.stop();
  }
  const hub = await startHub({ state, apps: ['audit', 'matching', 'ingest'] });
  const database = new pg.Client({ connectionString: hub.postgres.url });
  await database.connect();
  try {
    return { batches, rows, ...(await watch(database, () => hub.pids(), batches.length, say)) };
  } finally {
    await database.end();
    await hub.stop();
  }
}

/** Where no service runs there is no hub.json either, from which agencies' folders read the broker's address. */
function withAddresses(hub: Awaited<ReturnType<typeof startHub>>): typeof hub {
  return hub;
}

async function watch(
  database: pg.Client,
  pids: () => Record<string, number>,
  batches: number,
  say: (line: string) => void,
): Promise<Omit<EndToEnd, 'rows' | 'batches'>> {
  const began = Date.now();
  const before = cpuOf(pids());
  const rss = { early: 0, late: 0, highest: 0 };
  for (let told = 0; ; ) {
    const { ingested, receipted, compared, waiting } = await progress(database);
    const now = residentMegabytes(pids()['ingest']!);
    rss.highest = Math.max(rss.highest, now);
    rss.late = now;
    if (rss.early === 0 && ingested >= batches / 10) rss.early = now;
    if (receipted >= batches && compared >= batches && waiting === 0) break;
    if (Date.now() - began > LONGEST_MS)
      throw new Error(`after ${LONGEST_MS / 60_000} minutes ${receipted} of ${batches} batches have a receipt`);
    if (Date.now() - told > 5_000) {
      say(`${ingested} of ${batches} batches committed, ${compared} compared, ${receipted} receipted, ${now} MB`);
      told = Date.now();
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const seconds = (Date.now() - began) / 1000;
  const after = cpuOf(pids());
  const cpu = Object.fromEntries(
    Object.entries(after).map(([name, used]) => [name, Math.round((used - (before[name] ?? 0)) * 10) / 10]),
  );
  return { seconds, cpu, rss };
}

async function progress(database: pg.Client) {
  const { rows } = await database.query<Record<'ingested' | 'receipted' | 'compared' | 'waiting', number>>(`
    SELECT (SELECT count(*)::int FROM ingest.feed_batch) AS ingested,
           (SELECT count(*)::int FROM ingest.feed_batch WHERE receipted_at IS NOT NULL) AS receipted,
           (SELECT count(*)::int FROM matching.inbox WHERE consumer = 'records.accepted') AS compared,
           (SELECT count(*)::int FROM ingest.outbox) AS waiting`);
  return rows[0]!;
}

function cpuOf(pids: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuSeconds(pid)]));
}

/** User and system time, that of ended children included (PostgreSQL's workers). */
function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
    return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / TICKS_A_SECOND;
  } catch {
    return 0;
  }
}

export function residentMegabytes(pid: number): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
