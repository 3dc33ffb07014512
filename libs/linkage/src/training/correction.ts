import type { Field } from '../fields/field.js';

/** Bits added to what the mixture says: per level of each field, and per pair of coarse levels of two fields. */
export interface Correction {
  prior: number;
  weights: ArrayLike<number>[];
  interactions: Interaction[];
}

/** What two fields say together beyond what each says alone. */
export interface Interaction {
  a: number;
  b: number;
  /** Bits: `weights[coarseA * coarseCount(b) + coarseB]`. */
  weights: ArrayLike<number>;
}

/** Level by level, which coarse level it belongs to: a group of bands is one; 0 is missing. */
export function coarseOf(field: Field): { of: Uint8Array; count: number } {
  const of = new Uint8Array(field.levels.length);
  let count = 0;
  for (let at = 1; at < of.length; at++) {
    if (at === 1 || field.levels[at]!.name !== field.levels[at - 1]!.name) count++;
    of[at] = count;
  }
  return { of, count: count + 1 };
}

/** Bits of one row of levels. */
export function corrected(
  correction: Correction,
  coarse: readonly { of: Uint8Array; count: number }[],
  levels: Uint8Array,
  at: number,
): number {
  let sum = correction.prior;
  const { weights, interactions } = correction;
  for (let f = 0; f < weights.length; f++) sum += weights[f]![levels[at + f]!]!;
  for (const { a, b, weights: bits } of interactions)
    sum += bits[coarse[a]!.of[levels[at + a]!]! * coarse[b]!.count + coarse[b]!.of[levels[at + b]!]!]!;
  return sum;
}
