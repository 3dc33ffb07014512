import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateAgencyKey, generateHubKey, readPublicKey, readSecretKey } from '#crypto';
import { endToEnd, type EndToEnd } from './ingest/end-to-end.js';
import { openingFigures } from './ingest/opening.js';
import type { BenchOptions, BenchOutcome, Figure } from './measure.js';

const GOAL_ROWS = 5_000;
/** Ours may take at most so many times what the floor takes. */
const GOAL_RATIO = 3;
const GOAL_MEMORY_MB = 512;

/**
 * From the topic to committed, compared and receipted, with broker and database on the same processors; opening on one core; memory.
 * `--only opening` and `--only rows` measure one of the two, `--small` 20,000 rows instead of 200,000.
 */
export async function ingest({ small, only }: BenchOptions): Promise<BenchOutcome> {
  const outcome: BenchOutcome = { results: [], skipped: [] };
  const wanted = (part: string) => only === null || only.includes(part);
  if (wanted('opening')) outcome.results.push(...(await opening()));
  else outcome.skipped.push({ name: 'opening', why: 'left out by --only' });
  if (wanted('rows')) outcome.results.push(...(await rows(small ? 20_000 : 200_000)));
  else outcome.skipped.push({ name: 'rows', why: 'left out by --only' });
  return outcome;
}

async function opening(): Promise<Figure[]> {
  const hub = await generateHubKey({ hubId: 'bench' });
  const agency = await generateAgencyKey({ agency: 'ashfield', name: 'Bench' });
  const publicKey = await readPublicKey(agency.publicKeyArmored);
  return openingFigures({
    hubKey: await readSecretKey(hub.openingKeyArmored),
    hubPublic: await readPublicKey(hub.publicKeyArmored),
    signer: await readSecretKey(agency.privateKeyArmored),
    signers: [{ agency: 'ashfield', publicKey, fingerprint: agency.fingerprint }],
  });
}

async function rows(count: number): Promise<Figure[]> {
  const state = mkdtempSync(join(tmpdir(), 'mash-bench-'));
  try {
    return figuresOf(await endToEnd(state, count, (line) => process.stderr.write(`${line}\n`)));
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

function figuresOf({ rows: count, seconds, floor, rss, cpu }: EndToEnd): Figure[] {
  const value = Math.round(count / seconds);
  const reference = Math.round(floor.rowsPerSecond);
  const one = { reference: null, ratio: null, runs: 1 };
  return [
    {
      ...one,
      name: `rows from the topic to their receipt (${count})`,
      value,
      unit: 'rows/s',
      goal: GOAL_ROWS,
      ok: value >= GOAL_ROWS,
      reference: { what: 'opened, parsed, encrypted, inserted, nothing else', value: reference },
      ratio: value / reference,
    },
    {
      ...one,
      name: 'times the floor',
      value: Math.round((reference / value) * 100) / 100,
      unit: 'times',
      goal: GOAL_RATIO,
      ok: reference / value <= GOAL_RATIO,
    },
    ...Object.entries(cpu).map(([name, used]): Figure => ({
      ...one,
      name: `processor time of ${name}`,
      value: Math.round((used * 1e6) / count),
      unit: 'µs/row',
      goal: null,
      ok: null,
    })),
    {
      ...one,
      name: 'memory of ingest, highest',
      value: rss.highest,
      unit: 'MB',
      goal: GOAL_MEMORY_MB,
      ok: rss.highest <= GOAL_MEMORY_MB,
    },
    {
      ...one,
      name: 'memory of ingest, first tenth to end',
      value: rss.late - rss.early,
      unit: 'MB more',
      goal: null,
      ok: null,
    },
  ];
}
