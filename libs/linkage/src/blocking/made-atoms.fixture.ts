import fc from 'fast-check';
import type { Atom } from '../fields/field.js';

export const atom = (name: string, codes: number[], more?: number[]): Atom => ({
  name,
  family: name,
  codes: Uint32Array.from(codes),
  ...(more === undefined ? {} : { more: Uint32Array.from(more) }),
});

/** Rules of one or two atoms over so many rows; some atoms have a second key. */
export function someRules(rows: number): fc.Arbitrary<Atom[][]> {
  const codes = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: rows, maxLength: rows });
  const one = fc.tuple(codes, fc.option(codes, { nil: undefined })).map(([own, more]) => atom('some', own, more));
  return fc.array(fc.array(one, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 });
}

/** The keys of a row under a rule, as texts: what hashing is to be no different from. */
export function keysOf(rule: readonly Atom[], row: number): (string | null)[] {
  const ways = rule.some(({ more }) => more !== undefined) ? [0, 1] : [0];
  return ways.map((way) => {
    const codes = rule.map(({ codes: own, more }) => (way === 1 && more !== undefined ? more[row]! : own[row]!));
    return codes.includes(0) ? null : codes.join();
  });
}

/** Pairs that share a key of a block with at most `cap` entries, found by looking at all pairs. */
export function pairsByHand(rules: readonly Atom[][], rows: number, cap: number, boundary = 0): Set<string> {
  const found = new Set<string>();
  for (const rule of rules) {
    const size = new Map<string, number>();
    const keys = Array.from({ length: rows }, (_, row) => keysOf(rule, row));
    for (const key of keys.flat()) if (key !== null) size.set(key, (size.get(key) ?? 0) + 1);
    for (let i = 0; i < rows; i++) {
      for (let j = i + 1; j < rows; j++) {
        if (boundary > 0 && i < boundary === j < boundary) continue;
        if (keys[i]!.some((key) => key !== null && size.get(key)! <= cap && keys[j]!.includes(key)))
          found.add(`${i},${j}`);
      }
    }
  }
  return found;
}
