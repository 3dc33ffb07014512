import type { PairList } from '../blocking/candidates.js';
import type { Comparator, Compared, Field } from '../fields/field.js';
import type { Implied } from '../fields/implied.js';
import type { Helper } from '../threads/helper.js';
import type { Away } from '../threads/prepared.js';
import type { HeldComparator } from '../threads/task.js';

/** A table's comparators as one: they write a row of levels for each pair. */
export class PairComparer {
  readonly fields: Field[];
  private readonly here: { comparator: Comparator; offset: number }[] = [];
  private readonly away: HeldComparator[] = [];

  /** In: comparators, some of which `helper` may hold. */
  constructor(
    readonly comparators: readonly (Comparator | Away)[],
    readonly implied: readonly Implied[],
    private readonly helper: Helper | null = null,
  ) {
    this.fields = comparators.flatMap((comparator: Compared) => comparator.fields);
    let offset = 0;
    for (const comparator of comparators) {
      if ('held' in comparator) this.away.push({ held: comparator.held, offset, fields: comparator.fields.length });
      else this.here.push({ comparator, offset });
      offset += comparator.fields.length;
    }
  }

  /** Levels of pairs of rows: a row of `fields.length` bytes for each. */
  async all(pairs: PairList): Promise<Uint8Array> {
    if (this.away.length === 0) return this.compare(pairs);
    const { left, right, count } = pairs;
    const stride = this.fields.length;
    const out = new Uint8Array(new SharedArrayBuffer(count * stride));
    const sent = { left: shared(left, count), right: shared(right, count), count };
    const theirs = this.helper!.perform({ do: 'compare', pairs: sent, with: this.away, stride, out });
    this.compareHere(pairs, out);
    await theirs;
    this.imply(out);
    return out;
  }

  /** The same at once, where no comparator is with the helper. */
  compare(pairs: PairList): Uint8Array {
    if (this.away.length > 0) throw new Error('a comparator is held by another thread: ask for all() instead');
    const out = new Uint8Array(pairs.count * this.fields.length);
    this.compareHere(pairs, out);
    this.imply(out);
    return out;
  }

  private compareHere({ left, right, count }: PairList, out: Uint8Array): void {
    for (const { comparator, offset } of this.here)
      comparator.compare(left, right, count, out, this.fields.length, offset);
  }

  private imply(out: Uint8Array): void {
    const stride = this.fields.length;
    for (const { field, by, upTo, shift } of this.implied) {
      for (let at = 0; at < out.length; at += stride) {
        const level = out[at + by]!;
        if (level !== 0 && level <= upTo && out[at + field] !== 0) out[at + field]! += shift;
      }
    }
  }
}

function shared(numbers: Uint32Array, count: number): Uint32Array {
  const made = new Uint32Array(new SharedArrayBuffer(count * 4));
  made.set(numbers.subarray(0, count));
  return made;
}
