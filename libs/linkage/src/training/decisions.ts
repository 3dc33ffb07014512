import type { PairList } from '../blocking/candidates.js';
import type { PairComparer } from '../scoring/pair-levels.js';
import { PairModel } from '../scoring/pair-model.js';
import type { Correction } from './correction.js';
import { patternsOf } from './patterns.js';
import { refine } from './refine.js';

/** How well probabilities tell what people decided; on decisions the model had not seen. */
export interface Calibration {
  decisions: number;
  /** Mean negative log₂-likelihood of a decision, in bits, before and after learning from the others. */
  before: number;
  after: number;
  /** Whether the model now uses what it learned: only where it told the decisions held back better. */
  used: boolean;
  /** Decisions by the probability given before they were seen. */
  bins: { from: number; to: number; decisions: number; expected: number; observed: number }[];
}

/** Fewer decisions than this say nothing of how the model does in general. */
const LEAST_DECISIONS = 20;
/** Bits a decision by which learning must gain: less may be luck. */
const LEAST_GAIN = 0.01;
const FOLDS = 5;
/** Decisions are few and each is sure, but about the hard pairs only: they move the weights slowly. */
const OPTIONS = { epochs: 30, hold: 40 };

export interface Decided {
  pairs: PairList;
  /** Per pair 1 where people said one person, 0 where not. */
  isMatch: Uint8Array;
}

/** Learns from people's decisions, judged by cross-validation. @returns the model to use, and how it was judged */
export async function learnFrom(
  decided: Decided,
  model: PairModel,
  comparer: PairComparer,
  seed: number,
): Promise<{ model: PairModel; calibration: Calibration | null }> {
  const { pairs, isMatch } = decided;
  if (pairs.count < LEAST_DECISIONS) return { model, calibration: null };
  const levels = await comparer.all(pairs);
  const own = new Float64Array(pairs.count);
  model.weigh(levels, pairs.count, own);
  const held = new Float64Array(pairs.count);
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = Uint32Array.from({ length: pairs.count }, (_, k) => k).filter((k) => k % FOLDS !== fold);
    const learned = taught(model, comparer, levels, isMatch, others, seed);
    const weight = new Float64Array(pairs.count);
    learned.weigh(levels, pairs.count, weight);
    for (let k = fold; k < pairs.count; k += FOLDS) held[k] = weight[k]!;
  }
  const [before, after] = [surprise(own, isMatch), surprise(held, isMatch)];
  const used = before - after > LEAST_GAIN && isMatch.includes(0) && isMatch.includes(1);
  const everything = Uint32Array.from({ length: pairs.count }, (_, k) => k);
  return {
    model: used ? taught(model, comparer, levels, isMatch, everything, seed) : model,
    calibration: { decisions: pairs.count, before, after, used, bins: binsOf(used ? held : own, isMatch) },
  };
}

function taught(
  model: PairModel,
  comparer: PairComparer,
  levels: Uint8Array,
  isMatch: Uint8Array,
  among: Uint32Array,
  seed: number,
): PairModel {
  const F = comparer.fields.length;
  const picked = new Uint8Array(among.length * F);
  among.forEach((k, at) => picked.set(levels.subarray(k * F, (k + 1) * F), at * F));
  const patterns = patternsOf(picked, among.length, F);
  const positives = new Float64Array(patterns.count);
  among.forEach((k, at) => (positives[patterns.of[at]!]! += isMatch[k]!));
  const offset = new Float64Array(patterns.count);
  model.weigh(patterns.levels, patterns.count, offset);
  const more = refine(offset, patterns, positives, comparer.fields, { ...OPTIONS, seed });
  return new PairModel(model.fields, model.mixture, model.correction === null ? more : sum(model.correction, more));
}

function sum(a: Correction, b: Correction): Correction {
  const both = (x: ArrayLike<number>, y: ArrayLike<number>): Float64Array =>
    Float64Array.from(x, (bits, at) => bits + y[at]!);
  return {
    prior: a.prior + b.prior,
    weights: a.weights.map((weights, f) => both(weights, b.weights[f]!)),
    interactions: a.interactions.map((one, at) => ({
      ...one,
      weights: both(one.weights, b.interactions[at]!.weights),
    })),
  };
}

/** Mean bits by which decisions surprise. */
function surprise(weight: Float64Array, isMatch: Uint8Array): number {
  let bits = 0;
  for (let k = 0; k < weight.length; k++) bits += Math.log2(1 + 2 ** (isMatch[k] === 1 ? -weight[k]! : weight[k]!));
  return bits / weight.length;
}

function binsOf(weight: Float64Array, isMatch: Uint8Array): Calibration['bins'] {
  const edges = [0, 0.05, 0.2, 0.5, 0.8, 0.95, 1];
  return edges.slice(0, -1).map((from, at) => {
    const to = edges[at + 1]!;
    let [decisions, expected, observed] = [0, 0, 0];
    for (let k = 0; k < weight.length; k++) {
      const probability = 1 / (1 + 2 ** -weight[k]!);
      if (probability < from || (probability >= to && to < 1)) continue;
      decisions++;
      expected += probability;
      observed += isMatch[k]!;
    }
    return {
      from,
      to,
      decisions,
      expected: decisions === 0 ? 0 : expected / decisions,
      observed: decisions === 0 ? 0 : observed / decisions,
    };
  });
}
