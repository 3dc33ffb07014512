import { PairModel } from '../scoring/pair-model.js';
import { FIELDS, PERSON_FIELDS } from './fields.js';
import type { LinkageModel } from './person-model.js';

/** A model made ready once: weighs rows of levels, and says what each level counts. */
export class Weighing {
  private readonly model: PairModel;
  /** Bits before anything is compared. */
  readonly prior: number;
  /** Per field the bits of each level: log2 of its share among matches over its share among strangers. */
  private readonly bits: Float64Array[];
  /** Per kind of lookalike, how many there are beside strangers, and per field each level's share over strangers'. */
  private readonly lookalikes: { name: string; pairs: number; ratios: Float64Array[] }[];

  constructor({ classes, correction }: LinkageModel) {
    const [match, random] = classes;
    const ratios = (shares: number[][]): Float64Array[] =>
      shares.map((one, f) =>
        Float64Array.from(one, (share, level) => (level === 0 ? 1 : share / random!.shares[f]![level]!)),
      );
    this.model = new PairModel(
      PERSON_FIELDS,
      {
        classes: classes.map(({ name, pairs, shares }) => ({
          name,
          pairs,
          shares: shares.map((one) => Float64Array.from(one)),
          sources: FIELDS.map(() => 'own' as const),
        })),
      },
      correction,
    );
    this.prior = Math.log2(match!.pairs / random!.pairs);
    this.bits = ratios(match!.shares).map((one) => one.map(Math.log2));
    this.lookalikes = classes
      .slice(2)
      .map(({ name, pairs, shares }) => ({ name, pairs: pairs / random!.pairs, ratios: ratios(shares) }));
  }

  /** Bits of `count` rows of levels. */
  weigh(levels: Uint8Array, count: number, out: Float64Array): void {
    this.model.weigh(levels, count, out);
  }

  /** Bits of one field's level. */
  bitsOf(field: number, level: number): number {
    return this.bits[field]![level]!;
  }

  /** The kind of non-match that would explain the row at `from` best; null where none is worth naming. */
  likeliestOther(levels: Uint8Array, from = 0): string | null {
    let best: string | null = null;
    let most = 0;
    for (const { name, pairs, ratios } of this.lookalikes) {
      let product = pairs;
      for (let f = 0; f < ratios.length; f++) product *= ratios[f]![levels[from + f]!]!;
      if (product <= most) continue;
      most = product;
      best = name;
    }
    return best;
  }
}

const ready = new WeakMap<LinkageModel, Weighing>();

/** Made once per model. A model must not be changed after its first use. */
export function weighingOf(model: LinkageModel): Weighing {
  let found = ready.get(model);
  if (!found) ready.set(model, (found = new Weighing(model)));
  return found;
}
