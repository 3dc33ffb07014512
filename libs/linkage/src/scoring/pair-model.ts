import type { Field } from '../fields/field.js';
import { coarseOf, corrected, type Correction } from '../training/correction.js';
import type { Mixture } from '../training/mixture.js';

/** Products of so many ratios, each within 10^±9, stay within what a number can hold; of more, logarithms are added. */
const FIELDS_AT_ONCE = 30;

/** Weighs levels: log2 of a match's odds against every other kind of pair, and what labels have taught since. */
export class PairModel {
  private readonly coarse: { of: Uint8Array; count: number }[];
  /** Per class and field the share of each level relative to random pairs', laid out flat. */
  private readonly ratios: Float64Array;
  private readonly start: number[] = [];
  private readonly width: number;
  private readonly sizes: Float64Array;

  constructor(
    readonly fields: readonly Field[],
    readonly mixture: Mixture,
    readonly correction: Correction | null = null,
  ) {
    this.coarse = fields.map(coarseOf);
    let size = 0;
    for (const { levels } of fields) {
      this.start.push(size);
      size += levels.length;
    }
    this.width = size;
    const { classes } = mixture;
    this.sizes = Float64Array.from(classes, ({ pairs }) => pairs);
    this.ratios = new Float64Array(size * classes.length);
    const random = classes[1]!;
    classes.forEach(({ shares }, c) => {
      fields.forEach(({ levels }, f) => {
        for (let level = 0; level < levels.length; level++)
          this.ratios[c * size + this.start[f]! + level] =
            level === 0 ? 1 : shares[f]![level]! / random.shares[f]![level]!;
      });
    });
  }

  /** Bits of each of `count` rows of levels. */
  weigh(levels: Uint8Array, count: number, out: Float32Array | Float64Array, to = 0): void {
    const { ratios, start, width, sizes, correction, coarse } = this;
    const F = this.fields.length;
    const C = sizes.length;
    for (let k = 0; k < count; k++) {
      const at = k * F;
      let match = sizes[0]!;
      for (let f = 0; f < F; f++) match *= ratios[start[f]! + levels[at + f]!]!;
      let others = sizes[1]!;
      for (let c = 2; c < C; c++) {
        let product = sizes[c]!;
        const from = c * width;
        for (let f = 0; f < F; f++) product *= ratios[from + start[f]! + levels[at + f]!]!;
        others += product;
      }
      let bits = F > FIELDS_AT_ONCE ? this.inLogs(levels, at) : Math.log2(match / others);
      if (correction !== null) bits += corrected(correction, coarse, levels, at);
      out[to + k] = bits;
    }
  }

  /** The same for very many fields. */
  private inLogs(levels: Uint8Array, at: number): number {
    const { ratios, start, width, sizes } = this;
    const bits = Array.from(sizes, (size, c) => {
      let sum = Math.log2(size);
      for (let f = 0; f < this.fields.length; f++) sum += Math.log2(ratios[c * width + start[f]! + levels[at + f]!]!);
      return sum;
    });
    const [match, ...others] = bits;
    const most = Math.max(...others);
    return match! - most - Math.log2(others.reduce((sum, one) => sum + 2 ** (one - most), 0));
  }
}
