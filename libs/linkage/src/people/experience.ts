import type { Field } from '../fields/field.js';
import { follow, type Mixture } from '../training/mixture.js';

/** Per field and level a share. */
type Shares = Record<string, Record<string, number>>;

/** What made-up records cannot teach, and where training starts: see models/experience.json. */
export interface Experience {
  /** Per class of the mixture: shares before the first round. */
  start: Record<string, Shares>;
  /** Per class the least share of its pairs that show a level. */
  least: Record<string, Shares>;
  /** Shares of strangers that are known better than they can be counted. */
  strangers: Shares;
  /** How many of a kind there are at least: for each match, or as a share of all pairs. */
  lookalikes: Record<string, { perMatch?: number; ofAll?: number }>;
}

/** Strangers' shares as counted, set right by what is known. */
export function strangersShares(field: Field, counted: Float64Array, { strangers, least }: Experience): Float64Array {
  const known = strangers[field.name] ?? {};
  const floors = least['random']?.[field.name] ?? {};
  const right = counted.map((share, level) => {
    const { name, share: ofGroup } = field.levels[level]!;
    return known[name] === undefined ? Math.max(share, (floors[name] ?? 0) * ofGroup) : known[name] * ofGroup;
  });
  return normalised(field, right);
}

/** Before the first round. A level that experience does not name starts as if hardly seen. */
export function startFrom(mixture: Mixture, fields: readonly Field[], { start }: Experience): void {
  for (const one of mixture.classes) {
    fields.forEach((field, f) => {
      // Strangers of one name share a telephone no more than others do.
      if (one.name === 'chance namesake' && field.role === 'contact') one.sources[f] = 'random';
      const guess = start[one.name]?.[field.name];
      if (guess === undefined || one.sources[f] !== 'own') return;
      const shares = field.levels.map(({ name, share }) => (guess[name] ?? 1e-4) * share);
      one.shares[f] = normalised(field, Float64Array.from(shares));
    });
  }
  follow(mixture);
}

/** After the last round: no share and no kind of lookalike less than life has it. */
export function completed(mixture: Mixture, fields: readonly Field[], { least, lookalikes }: Experience): void {
  const [match, random] = mixture.classes;
  for (const one of mixture.classes) {
    fields.forEach((field, f) => {
      const floors = least[one.name]?.[field.name];
      if (floors === undefined || one.sources[f] !== 'own') return;
      const shares = one.shares[f]!.map((share, level) => {
        const { name, share: ofGroup } = field.levels[level]!;
        return Math.max(share, (floors[name] ?? 0) * ofGroup);
      });
      one.shares[f] = normalised(field, shares);
    });
    const { perMatch = 0, ofAll = 0 } = lookalikes[one.name] ?? {};
    one.pairs = Math.max(one.pairs, perMatch * match!.pairs, ofAll * random!.pairs);
  }
  follow(mixture);
}

/** Makes the shares add up to one again, where levels are counted apart each part by itself; "missing" is 1. */
function normalised({ levels }: Field, shares: Float64Array): Float64Array {
  const sums = [0, 0];
  levels.forEach(({ segment }, level) => {
    if (level > 0) sums[segment ?? 0]! += shares[level]!;
  });
  return shares.map((share, level) => (level === 0 ? 1 : share / sums[levels[level]!.segment ?? 0]!));
}
