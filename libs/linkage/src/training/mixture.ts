import type { Field } from '../fields/field.js';
import { Likelihoods } from '../scoring/likelihoods.js';
import type { Patterns } from './patterns.js';

/** Where a class takes a field's shares from: its own, learned; another class's; or random pairs'. */
export type ShareSource = 'own' | 'random' | { as: string };

/** One kind of pair: how often each level shows in it. */
export interface PairClass {
  name: string;
  /** Expected pairs of the kind among all pairs of rows. */
  pairs: number;
  /** Per field a share per level (missing: 1). */
  shares: Float64Array[];
  sources: ShareSource[];
}

/** Matches first, strangers second, other kinds of non-match after them. */
export interface Mixture {
  classes: PairClass[];
}

/** Chance of being anything but strangers under which a pattern is left out. */
const UNDOUBTED = 1e-4;
/** A level is a byte. */
const LEVELS = 256;

export interface Fit {
  rounds: number;
  /** Expected matches after each round. */
  matches: number[];
}

/**
 * Expectation–maximisation over patterns (A. Dempster, N. Laird, D. Rubin, JRSS B 39, 1977) of a Poisson mixture: each
 * class is so many pairs, shown as its shares say. Strangers are not fitted: their number is known, all pairs of rows
 * times u, so that candidates chosen for their agreement do not make agreement look common.
 */
export function fitMixture(
  mixture: Mixture,
  patterns: Patterns,
  fields: readonly Field[],
  rounds: number,
  prior = 2,
): Fit {
  const { classes } = mixture;
  const matches: number[] = [];
  const F = fields.length;
  // Of class c, field f and level l: sums[c][l * F + f].
  const sums = classes.map(() => new Float64Array(LEVELS * F));
  const totals = new Float64Array(classes.length);
  const likelihood = new Float64Array(classes.length);
  const doubtful = new Uint8Array(patterns.count);
  // What a class does not learn itself need not be added up for it.
  const learned = classes.map(({ sources }) =>
    Uint32Array.from([...sources.keys()].filter((f) => sources[f] === 'own')),
  );
  let among: Uint32Array = Uint32Array.from({ length: patterns.count }, (_, p) => p);
  for (let round = 0; round < rounds; round++) {
    // Most patterns are strangers beyond doubt: they move nothing, and need no further look.
    if (round === 3) among = among.filter((p) => doubtful[p] === 1);
    for (const sum of sums) sum.fill(0);
    totals.fill(0);
    const likelihoods = new Likelihoods(F, mixture);
    for (const p of among) {
      const at = p * F;
      const all = likelihoods.of(patterns.levels, at, likelihood);
      if (round === 2 && all - likelihood[1]! > UNDOUBTED * all) doubtful[p] = 1;
      const scale = patterns.counts[p]! / all;
      for (let c = 0; c < classes.length; c++) {
        if (c === 1) continue;
        const expected = likelihood[c]! * scale;
        totals[c]! += expected;
        const sum = sums[c]!;
        const own = learned[c]!;
        for (let k = 0; k < own.length; k++) sum[patterns.levels[at + own[k]!]! * F + own[k]!]! += expected;
      }
    }
    classes.forEach((one, c) => {
      if (c === 1) return;
      one.pairs = Math.max(totals[c]!, 1e-3);
      fields.forEach((field, f) => {
        if (one.sources[f] === 'own')
          one.shares[f] = smoothed(field, levelSums(sums[c]!, f, F, field.levels.length), one.shares[f]!, prior);
      });
    });
    follow(mixture);
    matches.push(classes[0]!.pairs);
    if (round > 5 && Math.abs(matches[round]! - matches[round - 1]!) < 1e-4 * matches[round]!) break;
  }
  return { rounds: matches.length, matches };
}

function levelSums(sums: Float64Array, f: number, fields: number, levels: number): Float64Array {
  return Float64Array.from({ length: levels }, (_, level) => sums[level * fields + f]!);
}

/** Gives every field that is as in another class that class's shares. */
export function follow({ classes }: Mixture): void {
  for (const one of classes) {
    one.sources.forEach((source, f) => {
      if (source === 'random') one.shares[f] = classes[1]!.shares[f]!;
      else if (source !== 'own') one.shares[f] = classes.find(({ name }) => name === source.as)!.shares[f]!;
    });
  }
}

/** Level shares of a class: bands of one group share the group's mass as its values are spread; a little is kept for what was not seen. */
export function smoothed(field: Field, sums: Float64Array, before: Float64Array, prior: number): Float64Array {
  const { levels } = field;
  const shares = new Float64Array(levels.length);
  for (const segment of [undefined, 1] as const) {
    let total = 0;
    let number = 0;
    for (let at = 1; at < levels.length; at++) {
      if (levels[at]!.segment !== segment) continue;
      total += sums[at]!;
      number++;
    }
    for (let at = 1; at < levels.length;) {
      let end = at + 1;
      let mass = sums[at]!;
      let was = before[at]!;
      while (end < levels.length && levels[end]!.name === levels[at]!.name && levels[at]!.band >= 0) {
        mass += sums[end]!;
        was += before[end]!;
        end++;
      }
      const share = (mass + prior * was + 0.05) / (total + prior + 0.05 * number);
      if (levels[at]!.segment === segment)
        for (let k = at; k < end; k++) shares[k] = Math.max(share * levels[k]!.share, 1e-7);
      at = end;
    }
  }
  shares[0] = 1;
  return shares;
}
