import type { TrainedModel } from '../linking/trained-model.js';
import { checkLevels, coarseLevels } from './trained-levels.js';

/**
 * A weight taken apart. With P the expected pairs of a kind and r a level's share in it over its share among strangers:
 * log2(P_match·Π r / (P_strangers + Σ P_other·Π r)) is log2(P_match/P_strangers) + Σ log2 r − log2(1 + Σ P_other·Π r / P_strangers).
 */
export interface PairBits {
  /** Before anything is compared. */
  prior: number;
  /** Per field log2(m/u) of its level; 0 where it is missing. */
  counted: number[];
  /** What lookalikes take off: 0 or below. */
  lookalike: number;
  /** Per class after the first two, how likely its pairs show this beside strangers'. */
  lookalikes: number[];
  /** What labels have taught: of pairs in general, of each field's level, and of two fields together. */
  learnedPrior: number;
  learned: number[];
  together: { a: number; b: number; bits: number }[];
}

/** In: a level per field. @throws ModelError when they are not of this model */
export function pairBits(model: TrainedModel, levels: ArrayLike<number>): PairBits {
  checkLevels(model, levels);
  const [match, strangers, ...others] = model.classes;
  const ratio = (shares: number[][], f: number): number =>
    levels[f] === 0 ? 1 : shares[f]![levels[f]!]! / strangers!.shares[f]![levels[f]!]!;
  const lookalikes = others.map(({ pairs, shares }) =>
    shares.reduce((product, _, f) => product * ratio(shares, f), pairs / strangers!.pairs),
  );
  const { correction } = model;
  return {
    prior: Math.log2(match!.pairs / strangers!.pairs),
    counted: model.fields.map((_, f) => Math.log2(ratio(match!.shares, f))),
    lookalike: -Math.log2(1 + lookalikes.reduce((sum, one) => sum + one, 0)),
    lookalikes,
    learnedPrior: correction?.prior ?? 0,
    learned: model.fields.map((_, f) => correction?.weights[f]?.[levels[f]!] ?? 0),
    together: (correction?.interactions ?? []).map(({ a, b, weights }) => {
      const [x, y] = [coarseLevels(model.fields[a]!), coarseLevels(model.fields[b]!)];
      return { a, b, bits: weights[x.of[levels[a]!]! * y.count + y.of[levels[b]!]!]! };
    }),
  };
}

/** The weight in bits, as scoring weighs it. @throws ModelError when the levels are not of this model */
export function pairWeight(model: TrainedModel, levels: ArrayLike<number>): number {
  const { prior, counted, lookalike, learnedPrior, learned, together } = pairBits(model, levels);
  const parts = [prior, ...counted, lookalike, learnedPrior, ...learned, ...together.map(({ bits }) => bits)];
  return parts.reduce((sum, bits) => sum + bits, 0);
}
