import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHub } from '../../deploy/embedded/hub.js';
import { startKafka } from '../../deploy/embedded/kafka.js';
import { startPostgres } from '../../deploy/embedded/postgres.js';
import { median, type BenchOutcome } from './measure.js';

/** How long a second start takes, held against starting PostgreSQL and Kafka alone; and the memory of the whole stack. */
export async function startup(): Promise<BenchOutcome> {
  const state = mkdtempSync(join(tmpdir(), 'mash-bench-'));
  const [hub, floor, memory]: number[][] = [[], [], []] as never;
  try {
    await (await startHub({ state })).stop();
    for (let run = 0; run < 3; run++) {
      floor!.push(
        await timed(async () => {
          const [postgres, kafka] = await Promise.all([startPostgres({ state }), startKafka({ state })]);
          return async () => void (await Promise.all([postgres.stop(), kafka.stop()]));
        }),
      );
      hub!.push(
        await timed(async () => {
          const running = await startHub({ state });
          memory!.push(residentMegabytes([process.pid, ...Object.values(running.pids())]));
          return () => running.stop();
        }),
      );
    }
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
  const [value, reference] = [median(hub!), median(floor!)];
  return {
    results: [
      {
        name: 'second start',
        value,
        unit: 's',
        goal: 15,
        ok: value <= 15,
        reference: { what: 'PostgreSQL and Kafka alone', value: reference },
        ratio: value / reference,
        runs: hub!.length,
      },
      {
        name: 'memory of the whole stack',
        value: median(memory!),
        unit: 'MB',
        goal: 3000,
        ok: median(memory!) <= 3000,
        reference: null,
        ratio: null,
        runs: memory!.length,
      },
    ],
    skipped: [],
  };
}

async function timed(start: () => Promise<() => Promise<void>>): Promise<number> {
  const from = performance.now();
  const stop = await start();
  const seconds = (performance.now() - from) / 1000;
  await stop();
  return Math.round(seconds * 100) / 100;
}

/** Proportional set size of processes and all their children: memory that is shared counts once. Linux only. */
function residentMegabytes(pids: number[]): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc'))
    if (/^\d+$/.test(name)) {
      try {
        parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))![1]));
      } catch {
        continue; // it ended while we looked
      }
    }
  const family = new Set(pids);
  for (let grown = true; grown;) {
    grown = false;
    for (const [pid, parent] of parents) if (family.has(parent) && !family.has(pid)) grown = Boolean(family.add(pid));
  }
  let kilobytes = 0;
  for (const pid of family) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      continue; // not ours to read, or gone
    }
  }
  return Math.round(kilobytes / 1024);
}
