import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATA_SETS, peerScript, sharedData, type DataFiles, type DataSet } from './linkage/data-sets.js';
import { runEngine } from './linkage/engine.js';
import { figuresOf, peerFigures, type Measured } from './linkage/figures.js';
import { preparePeer, type Peer } from './linkage/peer.js';
import { recallByTradition } from './linkage/traditions.js';
import type { BenchOptions, BenchOutcome } from './measure.js';

const TRADITIONS = 'county';
/** What is slow to make and may stay from one run to the next; git-ignored. */
const kept = join(process.cwd(), '.bench');

/** How well and how fast `mash link` links, held against Splink on the same files in the same run. */
export async function linkage(options: BenchOptions): Promise<BenchOutcome> {
  const work = mkdtempSync(join(tmpdir(), 'mash-bench-'));
  process.on('exit', () => rmSync(work, { recursive: true, force: true }));
  const outcome: BenchOutcome = { results: [], skipped: [] };
  const skip = (name: string, why: string) => void outcome.skipped.push({ name, why });
  const wanted = (name: string) => !options.only || options.only.includes(name);
  for (const name of options.only ?? [])
    if (name !== TRADITIONS && !DATA_SETS.some((set) => set.name === name)) skip(name, 'there is no such data set');

  const sets = DATA_SETS.filter(({ name }) => wanted(name));
  const peer = sets.length > 0 ? await peerOrNot(options, skip) : null;
  for (const set of sets) {
    if (options.small && set.name === 'british_1m') skip(set.name, 'left out by --small');
    else if (set.needsShared && !existsSync(sharedData)) skip(set.name, `${sharedData} is not there`);
    else {
      const { results, skipped } = await measureSet(set, peer, options.engine, join(work, set.name));
      outcome.results.push(...results);
      outcome.skipped.push(...skipped);
    }
    rmSync(join(work, set.name), { recursive: true, force: true });
  }
  if (wanted(TRADITIONS) && options.engine) {
    tell(`${TRADITIONS}: the demo's counties, by naming tradition`);
    outcome.results.push(...recallByTradition());
  }
  return outcome;
}

async function peerOrNot(options: BenchOptions, skip: (name: string, why: string) => void): Promise<Peer | null> {
  if (!options.peer) {
    skip('Splink', 'left out by --no-peer');
    return null;
  }
  try {
    return await preparePeer(peerScript, kept, (line) => tell(`Splink: ${line}`));
  } catch (error) {
    skip('Splink', `${(error as Error).message}: ours are measured alone`);
    return null;
  }
}

async function measureSet(set: DataSet, peer: Peer | null, engine: boolean, work: string): Promise<BenchOutcome> {
  const skipped: BenchOutcome['skipped'] = [];
  const measured: Measured = { ours: [], fast: [], peer: [] };
  let files: DataFiles;
  try {
    tell(`${set.name}: preparing`);
    files = await set.files(work);
  } catch (error) {
    return {
      results: [],
      skipped: [{ name: set.name, why: `its records could not be made: ${(error as Error).message}` }],
    };
  }
  const runners: [string, keyof Measured, () => Promise<Measured[keyof Measured][number]>][] = [];
  if (engine) {
    runners.push(['mash link', 'ours', () => runEngine(files, join(work, 'ours'), false)]);
    runners.push(['mash link --fast', 'fast', () => runEngine(files, join(work, 'fast'), true)]);
  }
  if (peer) runners.push(['Splink', 'peer', () => peer({ ...files, ...files.peer })]);
  const failed = new Set<string>();
  for (let run = 1; run <= set.runs; run++)
    for (const [what, list, start] of runners) {
      if (failed.has(what)) continue;
      try {
        const one = await start();
        (measured[list] as unknown[]).push(one);
        tell(`${set.name}: ${what}, run ${run} of ${set.runs}: ${inWords(one)}`);
      } catch (error) {
        failed.add(what);
        skipped.push({ name: `${set.name}: ${what}`, why: `it failed: ${(error as Error).message}` });
      }
    }
  if (measured.ours.length > 0) return { results: figuresOf(set, measured), skipped };
  return { results: measured.peer.length > 0 ? peerFigures(set, measured.peer) : [], skipped };
}

function inWords(one: Measured[keyof Measured][number]): string {
  const [seconds, f1] =
    'accuracy' in one ? [one.seconds.total, one.accuracy.clusters.f1] : [one.seconds, one.clusters.f1];
  return `${seconds.toFixed(2)} s, clusters F1 ${f1.toFixed(4)}`;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
