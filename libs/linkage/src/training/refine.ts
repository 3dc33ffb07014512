import type { Field } from '../fields/field.js';
import { coarseOf, type Correction, type Interaction } from './correction.js';
import type { Patterns } from './patterns.js';
import { seededRandom } from './random-pairs.js';

export interface RefineOptions {
  epochs: number;
  /** How many pairs' worth of belief there is that nothing needs correcting. */
  hold: number;
  seed: number;
}

/** Fields, in the order of the settings, that are looked at two by two: what that takes grows with their square. */
const MOST_JOINT = 12;
/** Squared pairs a first step is measured by: a level hardly any pair shows is not moved far by them. */
const FIRST_STEP = 0.01;
/** Bits under which a pattern without a labelled match is left out. */
const BEYOND_DOUBT = -14;

/**
 * What labels teach beyond a given weight: logistic regression on levels and on pairs of coarse levels, with that weight
 * as offset. What the labels do not speak of stays as it was. AdaGrad over patterns (J. Duchi et al., JMLR 12, 2011).
 * In: bits and labelled matches per pattern.
 */
export function refine(
  offset: Float64Array,
  patterns: Patterns,
  positives: Float64Array,
  fields: readonly Field[],
  options: RefineOptions,
): Correction {
  const F = fields.length;
  const coarse = fields.map(coarseOf);
  const start: number[] = [];
  let size = 1;
  for (const field of fields) {
    start.push(size);
    size += field.levels.length;
  }
  const pairs: { a: number; b: number; start: number }[] = [];
  const joint = Math.min(F, MOST_JOINT);
  for (let a = 0; a < joint; a++) {
    for (let b = a + 1; b < joint; b++) {
      pairs.push({ a, b, start: size });
      size += coarse[a]!.count * coarse[b]!.count;
    }
  }
  // The features of every pattern, laid out once.
  const first = new Uint32Array(patterns.count + 1);
  const features = new Uint32Array(patterns.count * (1 + F + pairs.length));
  const support = new Float64Array(size);
  let used = 0;
  for (let p = 0; p < patterns.count; p++) {
    first[p] = used;
    features[used++] = 0;
    for (let f = 0; f < F; f++) {
      const level = patterns.levels[p * F + f]!;
      if (level !== 0) features[used++] = start[f]! + level;
    }
    for (const { a, b, start: from } of pairs) {
      const x = coarse[a]!.of[patterns.levels[p * F + a]!]!;
      const y = coarse[b]!.of[patterns.levels[p * F + b]!]!;
      if (x !== 0 && y !== 0) features[used++] = from + x * coarse[b]!.count + y;
    }
    for (let k = first[p]!; k < used; k++) support[features[k]!]! += patterns.counts[p]!;
  }
  first[patterns.count] = used;

  const theta = new Float64Array(size);
  const squares = new Float64Array(size).fill(FIRST_STEP);
  // What is no match beyond doubt, and is labelled none, teaches nothing.
  const order = Uint32Array.from({ length: patterns.count }, (_, at) => at).filter(
    (p) => positives[p]! > 0 || offset[p]! > BEYOND_DOUBT,
  );
  const random = seededRandom(options.seed);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1));
      const held = order[at]!;
      order[at] = order[other]!;
      order[other] = held;
    }
    const rate = 0.25 / (1 + epoch * 0.3);
    for (const p of order) {
      let sum = offset[p]! * Math.LN2;
      for (let k = first[p]!; k < first[p + 1]!; k++) sum += theta[features[k]!]!;
      const count = patterns.counts[p]!;
      const error = positives[p]! - count / (1 + Math.exp(-sum));
      for (let k = first[p]!; k < first[p + 1]!; k++) {
        const at = features[k]!;
        // The pull towards nothing is spread over all patterns that show the level.
        const gradient = error - (options.hold * theta[at]! * count) / support[at]!;
        squares[at]! += gradient * gradient;
        theta[at]! += (rate * gradient) / Math.sqrt(squares[at]!);
      }
    }
  }
  return {
    prior: theta[0]! / Math.LN2,
    weights: fields.map(({ levels }, f) =>
      Float64Array.from(levels, (_, level) => (level === 0 ? 0 : theta[start[f]! + level]! / Math.LN2)),
    ),
    interactions: pairs.map(({ a, b, start: from }): Interaction => ({
      a,
      b,
      weights: Float64Array.from(
        { length: coarse[a]!.count * coarse[b]!.count },
        (_, at) => theta[from + at]! / Math.LN2,
      ),
    })),
  };
}
