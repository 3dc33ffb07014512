import type { LinkResult, LinkSettings } from '#linkage';
import type { Shares } from './judging/accuracy.js';
import type { ExportReport, ImportReport } from './exchanging/reports.js';
import type { IdColumns } from './recognising/choose-id.js';
import type { Recognised } from './recognising/recognise.js';
import type { ComparisonSides } from './settings/sides.js';

/** Seconds of a run's stages. */
export interface Seconds {
  /** Reading the files, and choosing what to compare. */
  load: number;
  prepare: number;
  block: number;
  train: number;
  score: number;
  cluster: number;
  /** `pairs.csv` and `clusters.csv`. */
  write: number;
  /**
   * From the first byte read to the last byte of pairs and clusters written: reading, clustering and writing are in it,
   * loading the program and judging against a truth are not.
   */
  total: number;
}

/** `report.json`. */
export interface LinkReport {
  rows: number[];
  pairsScored: number;
  threshold: number | null;
  showThreshold: number | null;
  seconds: Seconds;
  peakRssMb: number;
  threads: number;
  expected: { precision: number; recall: number } | null;
  missedByBlocking: number | null;
  /** What was compared: a settings file that does the same again. */
  settings: { id?: IdColumns } & Omit<LinkSettings, 'comparisons'> & { comparisons: ComparisonSides[] };
  /** Columns that were not compared, where they were recognised without settings. */
  leftOut?: Recognised['leftOut'];
  pairs: number;
  clusters: { count: number; ofSeveral: number; largest: number[] };
  /** Records held apart because two people explain them equally well: the record, one of the one, one of the other. */
  ambiguous: string[][];
  /** How well the model tells people's decisions; null without enough of them. */
  calibration: LinkResult['calibration'];
  /** Ids begin with = + - or @: a spreadsheet would take them for formulas. */
  idsLikeFormulas?: true;
  accuracy?: { pairs: Shares; clusters: Shares };
  /** What `--export-splink` wrote, or what `--import-splink` read. */
  splink?: ExportReport | ImportReport;
  model: LinkResult['model'] | null;
}

/** How many groups there are, how many of more than one row, and the sizes of the five largest. */
export function clusterSizes(clusters: Uint32Array): LinkReport['clusters'] {
  const sizes = new Uint32Array(clusters.length);
  for (const cluster of clusters) sizes[cluster]!++;
  let count = 0;
  let ofSeveral = 0;
  for (const size of sizes) {
    if (size > 0) count++;
    if (size > 1) ofSeveral++;
  }
  return { count, ofSeveral, largest: [...sizes.toSorted().subarray(-5)].reverse().filter((size) => size > 1) };
}
