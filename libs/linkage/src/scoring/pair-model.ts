import type { Field } from '../fields/field.js';
import { coarseOf, corrected, type Correction } from '../training/correction.js';
import type { Mixture } from '../training/mixture.js';
import { Likelihoods } from './likelihoods.js';

/** Where one kind is likelier than another by more than a number can say. */
const LEAST = 1e-300;

/** Weighs levels: log2 of a match's odds against every other kind of pair, and what labels have taught since. */
export class PairModel {
  private readonly coarse: { of: Uint8Array; count: number }[];
  private readonly likelihoods: Likelihoods;

  constructor(
    readonly fields: readonly Field[],
    readonly mixture: Mixture,
    readonly correction: Correction | null = null,
  ) {
    this.coarse = fields.map(coarseOf);
    this.likelihoods = new Likelihoods(fields.length, mixture);
  }

  /** Bits of each of `count` rows of levels. */
  weigh(levels: Uint8Array, count: number, out: Float32Array | Float64Array, to = 0): void {
    const { likelihoods, correction, coarse } = this;
    const F = this.fields.length;
    const likelihood = new Float64Array(this.mixture.classes.length);
    for (let k = 0; k < count; k++) {
      likelihoods.of(levels, k * F, likelihood);
      let others = 0;
      for (let c = 1; c < likelihood.length; c++) others += likelihood[c]!;
      let bits = Math.log2(Math.max(likelihood[0]!, LEAST)) - Math.log2(Math.max(others, LEAST));
      if (correction !== null) bits += corrected(correction, coarse, levels, k * F);
      out[to + k] = bits;
    }
  }
}
