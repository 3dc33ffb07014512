import { mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { accuracyOfClusters, type Accuracy } from './accuracy.js';
import type { DataFiles } from './data-sets.js';
import { run } from './running.js';

export interface EngineRun {
  clusters: Accuracy;
  pairsScored: number;
  /** as `report.json` has it, like the peer's: without the start of the process */
  seconds: number;
  processSeconds: number;
  /** pairs scored a second, a core */
  rate: number;
  peakMb: number;
}

interface Report {
  pairsScored: number;
  seconds: { score: number; total: number };
  peakRssMb: number;
}

const mash = join(process.cwd(), 'apps', 'connector', 'bin', 'mash.js');

/** Runs the command line in a process of its own. */
export async function runMash(args: string[]): Promise<{ seconds: number; peakMb: number }> {
  return run(process.execPath, ['--disable-warning=ExperimentalWarning', mash, ...args]);
}

/** Links one data set with `mash link`; the accuracy is counted again from the clusters it wrote. */
export async function runEngine({ settings, file, truth }: DataFiles, out: string, fast: boolean): Promise<EngineRun> {
  mkdirSync(out, { recursive: true });
  const options = ['--settings', settings, '--truth', truth, '--out', out, ...(fast ? ['--fast'] : [])];
  const { seconds, peakMb } = await runMash(['link', ...options, file]);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report;
  return {
    clusters: accuracyOfClusters(join(out, 'clusters.csv'), truth),
    pairsScored: report.pairsScored,
    seconds: report.seconds.total,
    processSeconds: seconds,
    rate: report.pairsScored / Math.max(report.seconds.score, 1e-3) / availableParallelism(),
    peakMb: Math.max(peakMb, report.peakRssMb),
  };
}
