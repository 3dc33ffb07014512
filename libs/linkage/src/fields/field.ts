import type { ComparisonKind } from '../linking/settings.js';

/** What a field's evidence is about: classes of non-matches are told in these words. */
export type FieldRole = 'given' | 'surname' | 'middle' | 'date' | 'place' | 'contact' | 'identifier' | 'other';

/** One outcome of comparing two values. */
export interface Level {
  /** 'exact', 'typo', …; bands of one group differ by the value's rarity alone. */
  name: string;
  /** Of a banded level: at least so many bits of rarity, else -1. */
  band: number;
  /** How the group's matches are spread over its bands (sums to 1 within a group of bands); 1 when not banded. */
  share: number;
  /** Share of random pairs that show it, where the dictionary says so; -1 where it must be sampled. */
  u: number;
  /** 1: seen where another field agrees that tells much of this one; shares are counted apart there. */
  segment?: 1;
}

/** A unit of evidence: its levels get weights of their own. Level 0 is "missing" and weighs nothing. */
export interface Field {
  name: string;
  role: FieldRole;
  levels: Level[];
}

/** A kind of key by which records meet: 0 where the record has none. */
export interface Atom {
  name: string;
  /** Atoms of one family say much the same thing and are never joined with one another. */
  family: string;
  codes: Uint32Array;
  /** A second key of the same kind, 0 where there is none: a record may then meet others by either. */
  more?: Uint32Array;
}

/** Compares one comparison of the settings, and gives the levels of one or more fields. */
export interface Comparator {
  kind: ComparisonKind;
  columns: string[];
  fields: Field[];
  atoms: Atom[];
  /**
   * Compares `count` pairs of rows. Writes the level of this comparator's field f of pair k to
   * `out[k * stride + offset + f]`.
   */
  compare(left: Uint32Array, right: Uint32Array, count: number, out: Uint8Array, stride: number, offset: number): void;
}

export const MISSING: Level = { name: 'missing', band: -1, share: 1, u: -1 };

/** Level without bands. */
export function plain(name: string): Level {
  return { name, band: -1, share: 1, u: -1 };
}
