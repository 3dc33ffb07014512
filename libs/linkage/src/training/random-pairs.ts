import type { PairList } from '../blocking/candidates.js';
import type { Field } from '../fields/field.js';
import { pairsThatShare, rowsWith, signsOf } from '../fields/implied.js';
import type { PairComparer } from '../scoring/pair-levels.js';

/** mulberry32: 32-bit seeded, for sampling only. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Share of random pairs that show each level of each field, missing ones left out: the u of Fellegi and Sunter. `pairs`: where strangers are known better than by chance. */
export async function randomAgreement(
  comparer: PairComparer,
  rows: number,
  wanted: number,
  seed: number,
  pairs: Iterable<[number, number]> = randomPairs(rows, wanted, seed),
): Promise<Float64Array[]> {
  const { fields } = comparer;
  const counts = fields.map(({ levels }) => new Float64Array(levels.length));
  await tally(comparer, pairs, counts, 0);
  for (const { field, by, upTo } of comparer.implied) {
    // Random pairs that agree where it matters are few: they are looked for.
    const seen = fields.map(({ levels }) => new Float64Array(levels.length));
    await tally(comparer, pairsAgreeing(comparer, by, rows), seen, field + 1, by, upTo);
    fields[field]!.levels.forEach(({ segment }, level) => {
      if (segment === 1) counts[field]![level] = seen[field]![level]!;
    });
  }
  return fields.map(({ levels }, f) => shares(levels, counts[f]!));
}

/** Adds up levels; with `only` above 0 just field `only - 1`'s. */
async function tally(
  comparer: PairComparer,
  pairs: Iterable<[number, number]>,
  counts: Float64Array[],
  only: number,
  by = 0,
  upTo = 255,
): Promise<void> {
  const F = comparer.fields.length;
  const list = listed(pairs);
  const levels = await comparer.all(list);
  for (let f = 0; f < F; f++) {
    if (only > 0 && f !== only - 1) continue;
    for (let at = 0; at < levels.length; at += F)
      if (only === 0 || levels[at + by]! <= upTo) counts[f]![levels[at + f]!]!++;
  }
}

function listed(pairs: Iterable<[number, number]>): PairList {
  const [left, right]: [number[], number[]] = [[], []];
  for (const [a, b] of pairs) {
    left.push(a);
    right.push(b);
  }
  return { left: Uint32Array.from(left), right: Uint32Array.from(right), count: left.length };
}

/** Random pairs of rows; every pair where there are no more than wanted. */
export function* randomPairs(rows: number, wanted: number, seed: number): Generator<[number, number]> {
  if ((rows * (rows - 1)) / 2 <= wanted) {
    for (let i = 0; i < rows; i++) for (let j = i + 1; j < rows; j++) yield [i, j];
    return;
  }
  const random = seededRandom(seed);
  for (let done = 0; done < wanted;) {
    const [a, b] = [Math.floor(random() * rows), Math.floor(random() * rows)];
    if (a === b) continue;
    done++;
    yield [a, b];
  }
}

/** Random pairs of a left file's row and a right file's. */
export function* randomPairsAcross(
  rows: number,
  boundary: number,
  wanted: number,
  seed: number,
): Generator<[number, number]> {
  const rights = rows - boundary;
  if (boundary * rights <= wanted) {
    for (let i = 0; i < boundary; i++) for (let j = boundary; j < rows; j++) yield [i, j];
    return;
  }
  const random = seededRandom(seed);
  for (let done = 0; done < wanted; done++)
    yield [Math.floor(random() * boundary), boundary + Math.floor(random() * rights)];
}

/** At most some 40,000 pairs of different people who agree on the field that tells. */
function* pairsAgreeing(comparer: PairComparer, by: number, rows: number): Generator<[number, number]> {
  const { given, surname, place } = signsOf(comparer.comparators);
  const byPlace = comparer.fields[by]!.role === 'place';
  const codes = byPlace ? place?.codes : given?.codes;
  if (codes === undefined) return;
  const among = rowsWith(rows, codes, codes);
  let left = 40_000;
  for (const pair of pairsThatShare(codes, byPlace ? [surname?.codes, given?.codes] : [surname?.codes], among)) {
    if (left-- === 0) return;
    yield pair;
  }
}

function shares(levels: Field['levels'], counts: Float64Array): Float64Array {
  const share = new Float64Array(levels.length);
  for (const segment of [undefined, 1] as const) {
    let present = 0;
    levels.forEach((level, at) => (at > 0 && level.segment === segment ? (present += counts[at]!) : undefined));
    let sum = 0;
    levels.forEach((level, at) => {
      if (at === 0 || level.segment !== segment) return;
      // A dictionary knows rare agreement better than a sample does.
      share[at] = Math.max(level.u >= 0 ? level.u : (counts[at]! + 0.5 * level.share) / (present + 1), 1e-9);
      sum += share[at]!;
    });
    levels.forEach((level, at) => (at > 0 && level.segment === segment ? (share[at]! /= sum) : undefined));
  }
  share[0] = 1;
  return share;
}
