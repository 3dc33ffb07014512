import type { PairList } from '../blocking/candidates.js';
import type { Comparator, Field } from '../fields/field.js';
import type { Implied } from '../fields/implied.js';

/** A table's comparators as one: they write a row of levels for each pair. */
export class PairComparer {
  readonly fields: Field[];

  constructor(
    readonly comparators: readonly Comparator[],
    readonly implied: readonly Implied[],
  ) {
    this.fields = comparators.flatMap((comparator) => comparator.fields);
  }

  /** Levels of pairs `from` up to `to`, one row of `fields.length` bytes each. */
  compare({ left, right }: Pick<PairList, 'left' | 'right'>, from: number, to: number, out: Uint8Array): void {
    const stride = this.fields.length;
    const count = to - from;
    const [l, r] = [left.subarray(from, to), right.subarray(from, to)];
    let offset = 0;
    for (const comparator of this.comparators) {
      comparator.compare(l, r, count, out, stride, offset);
      offset += comparator.fields.length;
    }
    for (const { field, by, upTo, shift } of this.implied) {
      for (let at = 0; at < count * stride; at += stride) {
        const level = out[at + by]!;
        if (level !== 0 && level <= upTo && out[at + field] !== 0) out[at + field]! += shift;
      }
    }
  }

  all(pairs: PairList): Uint8Array {
    const out = new Uint8Array(pairs.count * this.fields.length);
    this.compare(pairs, 0, pairs.count, out);
    return out;
  }
}
