import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { FileKeyProvider } from '#crypto';
import { startHub, type RunningHub } from '../../../deploy/embedded/hub.js';
import { keyFolder } from '../../../deploy/embedded/hub-keys.js';
import { sendAll, sealedBatches, type SealedBatch } from './batches.js';
import { floorOf, registeredKeys, type Floor } from './floor.js';

/** What a run from the topic to the last receipt took. */
export interface EndToEnd {
  rows: number;
  seconds: number;
  /** seconds of processor time, by service */
  cpu: Record<string, number>;
  /** resident memory of ingest in megabytes: when the first tenth was done, at the end, and the highest seen */
  rss: { early: number; late: number; highest: number };
  batches: number;
  /** what the same batches take at the very least, on the same database while no service runs */
  floor: Floor;
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
  let floor: Floor;
  try {
    say(`sending ${batches.length} batches`);
    await sendAll(broker, batches);
    floor = await measureFloor(broker, batches);
  } finally {
    await broker.stop();
  }
  const hub = await startHub({ state, apps: ['audit', 'matching', 'ingest'] });
  const database = new pg.Client({ connectionString: hub.postgres.url });
  await database.connect();
  try {
    return { batches: batches.length, floor, rows, ...(await watch(database, () => hub.pids(), batches.length, say)) };
  } finally {
    await database.end();
    await hub.stop();
  }
}

async function measureFloor(hub: RunningHub, batches: SealedBatch[]): Promise<Floor> {
  const hubKey = await new FileKeyProvider(keyFolder(hub.layout, 'ingest')).hubOpenPgpOpeningKey();
  const agencies = batches.map(({ agency }) => agency);
  const signers = await registeredKeys(hub.layout.agencies, agencies);
  return floorOf(batches, { hubKey, signers, databaseUrl: hub.postgres.url });
}

async function watch(
  database: pg.Client,
  pids: () => Record<string, number>,
  batches: number,
  say: (line: string) => void,
): Promise<Pick<EndToEnd, 'seconds' | 'cpu' | 'rss'>> {
  const began = Date.now();
  const before = cpuOf(pids());
  const rss = { early: 0, late: 0, highest: 0 };
  for (let told = 0; ;) {
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
  const children = childrenOf();
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => [
      name,
      [pid, ...(children.get(pid) ?? [])].reduce((sum, one) => sum + cpuSeconds(one), 0),
    ]),
  );
}

/** Processes by the one that started them: PostgreSQL works in children of its own. */
function childrenOf(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = Number(fieldsOf(Number(entry))[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  return children;
}

/** User and system time in seconds, that of ended children included. */
function cpuSeconds(pid: number): number {
  return (
    fieldsOf(pid)
      .slice(11, 15)
      .reduce((sum, field) => sum + Number(field), 0) / TICKS_A_SECOND
  );
}

/** What stands in /proc/<pid>/stat after the name: state, parent, … (proc(5)). */
function fieldsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
  } catch {
    return [];
  }
}

export function residentMegabytes(pid: number): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
