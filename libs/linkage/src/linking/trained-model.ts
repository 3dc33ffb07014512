import type { FieldRole } from '../fields/field.js';
import type { Implied } from '../fields/implied.js';
import type { Correction } from '../training/correction.js';
import type { ComparisonSettings } from './settings.js';

/** A model learned from data: versioned JSON, every number of it explainable. */
export interface TrainedModel {
  format: 'mash.linkage-model/1';
  /** What it was learned from; `fingerprint` is of the files' bytes where the caller gave one. */
  trainedOn: { rows: number; fingerprint: string | null };
  comparisons: ComparisonSettings[];
  fields: TrainedField[];
  /** Fields with levels apart for where another field agrees. */
  implied: Implied[];
  /** Kinds of pairs: 'match', 'random' and the non-matches that look like matches. */
  classes: TrainedClass[];
  /** What the model learned from its own clusters or from people's decisions, on top of the classes; in bits. */
  correction: Correction | null;
  thresholds: {
    /** Bits from which a pair is linked, and from which it is shown to a person. */
    link: number;
    show: number;
    /** Clusters are joined while the mean weight between their records is above this. */
    join: number;
  };
  /** What it expects of its own answer on the data it was trained on. */
  expected: { precision: number; recall: number; missedByBlocking: number };
}

export interface TrainedField {
  name: string;
  role: FieldRole;
  columns: string[];
  kind: string;
  /** The first is "missing": it weighs nothing. */
  levels: TrainedLevel[];
}

export interface TrainedLevel {
  name: string;
  /** Of a banded level, at least so many bits of rarity (log2 of rows present over rows with the value); -1 otherwise. */
  band: number;
  /** 1: where the field that tells this one agrees. */
  segment?: 1;
  /** Share of matches and of random pairs that show it; 1 for "missing". */
  m: number;
  u: number;
}

export interface TrainedClass {
  name: string;
  /** Expected pairs of the kind among all pairs of the training data. */
  pairs: number;
  /** Per field and level the share of its pairs. */
  shares: number[][];
}
