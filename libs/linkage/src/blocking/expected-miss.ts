import type { Atom } from '../fields/field.js';
import type { PairList } from './candidates.js';
import { sharesRule } from './choose-rules.js';

/** Likely matches looked at; more would not change the second digit. */
const SAMPLE = 2_000;

/**
 * Share of the matches that share no rule at all, told from how few of those found are found by what one field says, or
 * two (capture and recapture: A. Chao, Scand. J. Statist. 11, 1984, a lower bound).
 * In: pairs and their bits.
 */
export function expectedMiss(rules: readonly Atom[][], pairs: PairList, weight: ArrayLike<number>): number {
  const likely: number[] = [];
  for (let k = 0; k < pairs.count; k++) if (weight[k]! > 0) likely.push(k);
  const step = Math.max(1, Math.floor(likely.length / SAMPLE));
  const families = rules.map((rule) => [...new Set(rule.flatMap(({ family }) => family.split('+')))]);
  let [once, twice, seen] = [0, 0, 0];
  for (let at = 0; at < likely.length; at += step) {
    const k = likely[at]!;
    const found = new Set<string>();
    rules.forEach((rule, r) => {
      if (
        found.size < 3 &&
        families[r]!.some((family) => !found.has(family)) &&
        sharesRule(rule, pairs.left[k]!, pairs.right[k]!)
      )
        for (const family of families[r]!) found.add(family);
    });
    if (found.size === 0) continue;
    seen++;
    if (found.size === 1) once++;
    if (found.size === 2) twice++;
  }
  if (seen === 0 || new Set(families.flat()).size < 3) return 0;
  const unseen = (once * (once - 1)) / (2 * (twice + 1));
  return unseen / (seen + unseen);
}
