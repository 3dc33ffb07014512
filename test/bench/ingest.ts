import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endToEnd } from './ingest/end-to-end.js';
import type { BenchOptions, BenchOutcome } from './measure.js';

export async function ingest({ small }: BenchOptions): Promise<BenchOutcome> {
  const state = mkdtempSync(join(tmpdir(), 'mash-bench-'));
  try {
    const run = await endToEnd(state, small ? 20_000 : 200_000, (line) => process.stderr.write(`${line}\n`));
    console.log(run.rows / run.seconds, run.cpu, run.rss);
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
  return { results: [], skipped: [] };
}
