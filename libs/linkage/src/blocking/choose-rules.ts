import type { Atom } from '../fields/field.js';
import type { AnchorSearch } from './anchors.js';

export interface ChosenRules {
  rules: Atom[][];
  /** Pairs they give together, about (pairs of several rules are counted more than once). */
  cost: number;
  /** Share of the anchors' likely matches that no chosen rule finds. */
  missed: number;
}

/**
 * Greedy weighted cover: again and again the rule that finds most likely matches not found yet for the pairs it costs,
 * while one more match is to be had for at most `worth` pairs and the budget lasts.
 * In: per anchor pair how likely it is a match (0 to 1).
 */
export function chooseRules(
  possible: readonly Atom[][],
  search: AnchorSearch,
  likely: Float32Array,
  scale: number,
  { budget, worth }: { budget: number; worth: number },
): ChosenRules {
  const place = new Map<number, number>();
  search.anchors.forEach((row, at) => place.set(row, at));
  const { left, right, count } = search.pairs;
  const pairs: number[] = [];
  let total = 0;
  for (let k = 0; k < count; k++) {
    if (likely[k]! < 0.3) continue;
    pairs.push(k);
    total += likely[k]!;
  }
  const finds = possible.map((rule, r) =>
    pairs.filter((k) => search.usable[r]![place.get(left[k]!)!] === 1 && sharesRule(rule, left[k]!, right[k]!)),
  );
  const open = new Set(pairs);
  const chosen: Atom[][] = [];
  const used = new Set<number>();
  let cost = 0;
  for (;;) {
    let best = -1;
    let most = 0;
    for (let r = 0; r < possible.length; r++) {
      if (used.has(r) || cost + search.cost[r]! > budget) continue;
      let gain = 0;
      for (const k of finds[r]!) if (open.has(k)) gain += likely[k]!;
      if (gain === 0 || gain * scale * worth < search.cost[r]!) continue;
      const value = gain / (search.cost[r]! + scale * 10);
      if (value > most) {
        most = value;
        best = r;
      }
    }
    if (best === -1) break;
    used.add(best);
    chosen.push(possible[best]!);
    cost += search.cost[best]!;
    for (const k of finds[best]!) open.delete(k);
  }
  let missed = 0;
  for (const k of open) missed += likely[k]!;
  return { rules: chosen, cost, missed: total === 0 ? 0 : missed / total };
}

/** Whether two rows have every atom of a rule in common, in blocks of any size. */
export function sharesRule(rule: readonly Atom[], a: number, b: number): boolean {
  const same = (x: 0 | 1, y: 0 | 1): boolean =>
    rule.every(({ codes, more }) => {
      const p = x === 1 && more !== undefined ? more[a]! : codes[a]!;
      const q = y === 1 && more !== undefined ? more[b]! : codes[b]!;
      return p !== 0 && p === q;
    });
  if (same(0, 0)) return true;
  return rule.some(({ more }) => more !== undefined) && (same(0, 1) || same(1, 0) || same(1, 1));
}
