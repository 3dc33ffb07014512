import type { Calibration } from '../training/decisions.js';
import type { LinkSettings } from './settings.js';
import type { Table } from './table.js';
import type { TrainedModel } from './trained-model.js';

/** What people have decided already: always obeyed. Rows, not ids. */
export interface PairDecisions {
  mustLink: [number, number][];
  cannotLink: [number, number][];
}

export type LinkStage = 'prepare' | 'block' | 'train' | 'score' | 'cluster';

export interface LinkRequest {
  table: Table;
  /** With `link`: rows before this one are the left file's. With `dedupe` it is `table.rows`. */
  leftRows: number;
  settings: LinkSettings;
  /** Pairs at or above so many bits are kept in the answer. */
  keep: number;
  /** Gives up some accuracy for speed. */
  fast: boolean;
  seed: number;
  decisions?: PairDecisions;
  /** Clusters of an earlier run (per row a number): they fall apart less readily than they would form. */
  previous?: Uint32Array;
  /** Of the files' bytes; stands in the model. */
  fingerprint?: string;
  /** Scores with this model instead of training one. */
  model?: TrainedModel;
  /** Told as work goes on; `done` from 0 to 1 within the stage. */
  onProgress?: (stage: LinkStage, done: number) => void;
}

/** Scored pairs, one entry each in three arrays; left < right; ordered by left, then right. */
export interface ScoredPairs {
  left: Uint32Array;
  right: Uint32Array;
  /** Bits. */
  weight: Float64Array | Float32Array;
}

export interface LinkResult {
  pairs: ScoredPairs;
  /** Per row the cluster's number: the lowest row in it. */
  clusters: Uint32Array;
  /** Bits from which a pair counts as linked, and from which it is worth showing to a person. */
  threshold: number;
  showThreshold: number;
  pairsScored: number;
  /** What the engine expects of its own answer, from the model alone. */
  expected: { precision: number; recall: number; missedByBlocking: number };
  /** How the model tells people's decisions; null where there were too few to say. */
  calibration: Calibration | null;
  model: TrainedModel;
  /** Whole seconds and fractions per stage. */
  seconds: Record<LinkStage, number>;
  /** Rows held apart because two people explain them equally well: [row, a row of the one, a row of the other]. */
  ambiguous: [number, number, number][];
}
