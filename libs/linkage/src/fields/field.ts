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
  /** What it says before any data is seen; left out where it is something between. */
  stance?: Stance;
}

/** Whether a level speaks for one person or for two. */
export type Stance = 'agrees' | 'differs';

/** A unit of evidence: its levels get weights of their own. Level 0 is "missing" and weighs nothing. */
export interface Field {
  name: string;
  role: FieldRole;
  levels: Level[];
  /** Levels from 1 to this one count as agreement where it is asked whether this field tells another. */
  agreesUpTo?: number;
  /** Of a place: levels from 1 to this one are of one home, or near it. */
  homeUpTo?: number;
}

/** A kind of key by which records meet: 0 where the record has none. */
export interface Atom {
  name: string;
  /** Atoms of one family say much the same thing and are never joined with one another. */
  family: string;
  codes: Uint32Array;
  /** A second key of the same kind, 0 where there is none: a record may then meet others by either. */
  more?: Uint32Array;
  /** Rows that share it agree on the field of its family, broadly: one such key of a name, a surname or a place. */
  sign?: true;
}

/** What one comparison of the settings gives: the levels of one or more fields, and keys to meet by. */
export interface Compared {
  kind: ComparisonKind;
  columns: string[];
  fields: Field[];
  /** A last field of its own that is among `fields` only where enough rows have something for it. */
  optional?: Field;
  atoms: Atom[];
}

/** Compares one comparison of the settings. */
export interface Comparator extends Compared {
  /**
   * Compares `count` pairs of rows. Writes the level of this comparator's field f of pair k to
   * `out[k * stride + offset + f]`.
   */
  compare(left: Uint32Array, right: Uint32Array, count: number, out: Uint8Array, stride: number, offset: number): void;
}

export const MISSING: Level = { name: 'missing', band: -1, share: 1, u: -1 };

/** Level without bands. */
export function plain(name: string, stance?: Stance): Level {
  return { name, band: -1, share: 1, u: -1, ...(stance === undefined ? {} : { stance }) };
}

/** Leaves a comparator so many fields: its optional one is the last, or is not wanted. */
export function withFields({ fields, optional }: Compared, wanted: number): void {
  if (optional === undefined) return;
  if (fields.length > wanted && fields.at(-1) === optional) fields.pop();
  else if (fields.length < wanted) fields.push(optional);
}
