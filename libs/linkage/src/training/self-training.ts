import { type PairList } from '../blocking/candidates.js';
import { friendsOfFriends, joined } from '../blocking/friends.js';
import { averageLinkage, type Constraints } from '../clustering/average-linkage.js';
import type { JoinRule } from '../clustering/join-rule.js';
import type { PairComparer } from '../scoring/pair-levels.js';
import { PairModel } from '../scoring/pair-model.js';
import { patternsOf } from './patterns.js';
import { refine } from './refine.js';

export interface Trained {
  model: PairModel;
  pairs: PairList;
  levels: Uint8Array;
  weight: Float64Array;
  /** Per round: expected matches, and whether its correction was kept. */
  rounds: { matches: number; kept: boolean }[];
}

/** A round that moves the expected number of matches by more than this share has drifted, and is not kept. */
const MOST_DRIFT = 0.15;

/** Clusters that a pair of so many bits connects are compared throughout; the stricter where that would be a crowd. */
const FAR_FRIENDS = -6;
const NEAR_FRIENDS = -4;

/**
 * Learns from its own clusters (self-training): they are provisional labels, from which the weights are corrected, in a
 * few rounds. Pairs that only a cluster brings together are added on the way.
 */
export async function selfTrain(
  start: PairModel,
  comparer: PairComparer,
  pairs: PairList,
  levels: Uint8Array,
  rows: number,
  rule: JoinRule,
  constraints: Constraints,
  rounds: number,
  seed: number,
  across: (i: number, j: number) => boolean,
): Promise<Trained> {
  let model = start;
  let weight = new Float64Array(pairs.count);
  model.weigh(levels, pairs.count, weight);
  const told: Trained['rounds'] = [];
  let before = expected(weight);
  for (let round = 0; round < rounds; round++) {
    const { clusters } = averageLinkage({ ...pairs, weight }, rows, rule, constraints);
    if (round < 2) {
      let extra = friendsOfFriends(pairs, weight, clusters, FAR_FRIENDS, across);
      if (extra.count > pairs.count / 2) extra = friendsOfFriends(pairs, weight, clusters, NEAR_FRIENDS, across);
      if (extra.count > 0) {
        const more = await comparer.all(extra);
        const both = new Uint8Array(levels.length + more.length);
        both.set(levels);
        both.set(more, levels.length);
        levels = both;
        pairs = joined(pairs, extra);
        // What friends bring is no drift.
        const found = new Float64Array(extra.count);
        model.weigh(more, extra.count, found);
        before += expected(found);
      }
    }
    const patterns = patternsOf(levels, pairs.count, comparer.fields.length);
    const positives = new Float64Array(patterns.count);
    for (let k = 0; k < pairs.count; k++)
      if (clusters[pairs.left[k]!] === clusters[pairs.right[k]!]) positives[patterns.of[k]!]!++;
    const offset = new Float64Array(patterns.count);
    start.weigh(patterns.levels, patterns.count, offset);
    const next = new PairModel(
      start.fields,
      start.mixture,
      refine(offset, patterns, positives, start.fields, { epochs: 8, hold: 10, seed }),
    );
    const perPattern = new Float64Array(patterns.count);
    next.weigh(patterns.levels, patterns.count, perPattern);
    const now = new Float64Array(pairs.count);
    for (let k = 0; k < pairs.count; k++) now[k] = perPattern[patterns.of[k]!]!;
    const matches = expected(now);
    const kept = Math.abs(matches - before) <= MOST_DRIFT * before;
    told.push({ matches, kept });
    if (!kept) {
      weight = new Float64Array(pairs.count);
      model.weigh(levels, pairs.count, weight);
      break;
    }
    model = next;
    weight = now;
    before = matches;
  }
  return { model, pairs, levels, weight, rounds: told };
}

/** Matches among the pairs, by their probabilities. */
export function expected(weight: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < weight.length; k++) sum += 1 / (1 + 2 ** -weight[k]!);
  return sum;
}
