import type { Mixture } from '../training/mixture.js';

/**
 * Products of so many ratios, each within 10^±10, and of a number of pairs stay within what a number can hold; of more,
 * logarithms are added.
 */
const FIELDS_AT_ONCE = 28;
/** No share is nothing: a model file may say so, and a ratio must be a number. */
const LEAST_SHARE = 1e-10;
/** A level is a byte. */
const LEVELS = 256;

/** How likely each kind of pair makes a row of levels, relative to random pairs. */
export class Likelihoods {
  /** Per class, level and field the share relative to random pairs', laid out flat: see `at`. */
  private readonly ratios: Float64Array;
  private readonly sizes: Float64Array;
  /** The fields in which a class is not as random pairs are: class c's from `first[c]` up to `first[c + 1]`. */
  private readonly telling: Uint32Array;
  private readonly first: Uint32Array;

  constructor(
    private readonly fields: number,
    { classes }: Mixture,
  ) {
    this.sizes = Float64Array.from(classes, ({ pairs }) => pairs);
    this.ratios = new Float64Array(classes.length * LEVELS * fields).fill(1);
    const random = classes[1]!;
    const telling: number[] = [];
    this.first = new Uint32Array(classes.length + 1);
    classes.forEach(({ shares }, c) => {
      shares.forEach((own, f) => {
        const others = random.shares[f]!;
        if (own === others) return;
        telling.push(f);
        for (let level = 1; level < own.length; level++)
          this.ratios[this.at(c, level, f)] =
            Math.max(own[level]!, LEAST_SHARE) / Math.max(others[level]!, LEAST_SHARE);
      });
      this.first[c + 1] = telling.length;
    });
    this.telling = Uint32Array.from(telling);
  }

  private at(c: number, level: number, f: number): number {
    return (c * LEVELS + level) * this.fields + f;
  }

  /**
   * In: the row of levels that begins at `at`. Out: per class its pairs times the ratio; where there are very many
   * fields, all of them relative to the likeliest. @returns their sum
   */
  of(levels: Uint8Array, at: number, out: Float64Array): number {
    const { ratios, fields, sizes, telling, first } = this;
    if (fields > FIELDS_AT_ONCE) return this.inLogs(levels, at, out);
    let all = 0;
    let k = 0;
    for (let c = 0, from = 0; c < sizes.length; c++, from += LEVELS * fields) {
      let product = sizes[c]!;
      for (const end = first[c + 1]!; k < end; k++) {
        const f = telling[k]!;
        product *= ratios[from + levels[at + f]! * fields + f]!;
      }
      out[c] = product;
      all += product;
    }
    return all;
  }

  private inLogs(levels: Uint8Array, at: number, out: Float64Array): number {
    let most = -Infinity;
    this.sizes.forEach((size, c) => {
      let sum = Math.log(size);
      for (let k = this.first[c]!; k < this.first[c + 1]!; k++) {
        const f = this.telling[k]!;
        sum += Math.log(this.ratios[this.at(c, levels[at + f]!, f)]!);
      }
      out[c] = sum;
      most = Math.max(most, sum);
    });
    let all = 0;
    for (let c = 0; c < out.length; c++) all += out[c] = Math.exp(out[c]! - most);
    return all;
  }
}
