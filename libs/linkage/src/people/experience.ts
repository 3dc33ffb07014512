import type { Field } from '../fields/field.js';

/**
 * What no made-up records can teach: per field and level the least share of matches (`m`) and of strangers (`u`) that
 * show it. A number typed wrong, a telephone passed on: rarer in the data than in life.
 */
export type Experience = Record<string, Record<string, { m?: number; u?: number }>>;

/** Shares of a field, none under what experience says; they add up to one again. */
export function withExperience(of: 'match' | 'random', field: Field, shares: Float64Array, experience: Experience): Float64Array {
  const least = experience[field.name] ?? {};
  const raised = shares.map((share, level) => {
    if (level === 0) return 1;
    const { name, share: ofGroup } = field.levels[level]!;
    const floor = (of === 'match' ? least[name]?.m : least[name]?.u) ?? 0;
    return Math.max(share, floor * ofGroup);
  });
  const whole = raised.reduce((sum, share, level) => (level === 0 ? sum : sum + share), 0);
  return raised.map((share, level) => (level === 0 ? 1 : share / whole));
}
