import { availableParallelism } from 'node:os';
import { median, type Figure } from '../measure.js';
import type { DataSet } from './data-sets.js';
import type { EngineRun } from './engine.js';
import type { PeerRun } from './peer.js';

/** Every run of one data set: ours, ours with `--fast`, and Splink's; a list is empty where there was none. */
export interface Measured {
  ours: EngineRun[];
  fast: EngineRun[];
  peer: PeerRun[];
}

interface Line {
  what: string;
  unit: string;
  runs: EngineRun[];
  value: (run: EngineRun) => number;
  splink: (run: PeerRun) => number;
  /** null: shown, not held against anything. Splink's own figure is handed in, null where Splink did not run. */
  goal: (splink: number | null) => number | null;
  better: 'more' | 'less';
  digits: number;
}

/** With `--fast` a run has to be so many times as fast as Splink's, where nothing else is said. */
const TIMES_AS_FAST = 5;
const cores = availableParallelism();

/** The figures of one data set, medians over its runs, each beside Splink's from the same minutes. */
export function figuresOf({ name, goals }: DataSet, { ours, fast, peer }: Measured): Figure[] {
  const none = () => null;
  const accuracy = { unit: '', better: 'more', digits: 4 } as const;
  const time = { unit: 's', better: 'less', digits: 2 } as const;
  const splinkF1 = (run: PeerRun) => run.accuracy.clusters.f1;
  const splinkTotal = (run: PeerRun) => run.seconds.total;
  const lines: Line[] = [
    {
      ...accuracy,
      what: 'clusters F1',
      runs: ours,
      value: (run) => run.clusters.f1,
      splink: splinkF1,
      goal: () => goals.f1,
    },
    {
      ...accuracy,
      what: 'clusters precision',
      runs: ours,
      value: (run) => run.clusters.precision,
      splink: (run) => run.accuracy.clusters.precision,
      goal: () => goals.precision ?? null,
    },
    {
      ...accuracy,
      what: 'clusters recall',
      runs: ours,
      value: (run) => run.clusters.recall,
      splink: (run) => run.accuracy.clusters.recall,
      goal: none,
    },
    {
      ...time,
      what: 'whole run',
      runs: ours,
      value: (run) => run.seconds,
      splink: splinkTotal,
      goal: (splink) => goals.seconds ?? splink,
    },
    {
      ...time,
      what: 'whole process',
      runs: ours,
      value: (run) => run.processSeconds,
      splink: (run) => run.processSeconds,
      goal: none,
    },
    {
      ...accuracy,
      what: '--fast clusters F1',
      runs: fast,
      value: (run) => run.clusters.f1,
      splink: splinkF1,
      goal: (splink) => splink,
    },
    {
      ...time,
      what: '--fast whole run',
      runs: fast,
      value: (run) => run.seconds,
      splink: splinkTotal,
      goal: (splink) => goals.fastSeconds ?? (splink === null ? null : splink / TIMES_AS_FAST),
    },
    {
      what: 'pairs scored a second, a core',
      unit: 'pairs/s',
      better: 'more',
      digits: 0,
      runs: ours,
      value: (run) => run.rate,
      splink: (run) => run.pairsPerSecond / cores,
      goal: () => goals.rate ?? null,
    },
    {
      what: 'peak memory',
      unit: 'MB',
      better: 'less',
      digits: 0,
      runs: ours,
      value: (run) => run.peakMb,
      splink: (run) => run.peakRssMb,
      goal: () => goals.peakMb ?? null,
    },
  ];
  return lines.filter(({ runs }) => runs.length > 0).map((line) => figure(name, line, peer));
}

/** What Splink alone reached, for `--peer-only`. */
export function peerFigures({ name }: DataSet, peer: PeerRun[]): Figure[] {
  const bare = (what: string, unit: string, pick: (run: PeerRun) => number, digits: number): Figure => ({
    name: `${name}: Splink's ${what}`,
    value: round(median(peer.map(pick)), digits),
    unit,
    goal: null,
    ok: null,
    reference: null,
    ratio: null,
    runs: peer.length,
  });
  return [
    bare('clusters F1', '', (run) => run.accuracy.clusters.f1, 4),
    bare('clusters precision', '', (run) => run.accuracy.clusters.precision, 4),
    bare('clusters recall', '', (run) => run.accuracy.clusters.recall, 4),
    bare('whole run', 's', (run) => run.seconds.total, 2),
    bare('whole process', 's', (run) => run.processSeconds, 2),
    bare('pairs scored', '', (run) => run.pairsScored, 0),
    bare('pairs scored a second, a core', 'pairs/s', (run) => run.pairsPerSecond / cores, 0),
    bare('peak memory', 'MB', (run) => run.peakRssMb, 0),
  ];
}

function figure(set: string, line: Line, peer: PeerRun[]): Figure {
  const { what, unit, runs, better, digits } = line;
  const value = round(median(runs.map(line.value)), digits);
  const splink = peer.length > 0 ? round(median(peer.map(line.splink)), digits) : null;
  const wanted = line.goal(splink);
  const goal = wanted === null ? null : round(wanted, digits);
  return {
    name: `${set}: ${what}`,
    value,
    unit,
    goal,
    ok: goal === null ? null : better === 'more' ? value >= goal : value <= goal,
    reference: splink === null ? null : { what: 'Splink', value: splink },
    ratio: splink ? value / splink : null,
    runs: runs.length,
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
