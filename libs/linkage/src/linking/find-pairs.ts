import type { PairList } from '../blocking/candidates.js';
import { expectedMiss } from '../blocking/expected-miss.js';
import { keyBlocks } from '../blocking/key-blocks.js';
import { equalRows } from '../blocking/equal-rows.js';
import { joined } from '../blocking/friends.js';
import { chooseRules } from '../blocking/choose-rules.js';
import { possibleRules } from '../blocking/rules.js';
import type { Atom } from '../fields/field.js';
import { PairModel } from '../scoring/pair-model.js';
import type { PairComparer } from '../scoring/pair-levels.js';
import type { Helper } from '../threads/helper.js';
import { anchorsSearched, candidates } from '../threads/shared-work.js';
import { fitClasses, startMixture } from '../training/classes.js';
import type { Mixture } from '../training/mixture.js';
import { patternsOf } from '../training/patterns.js';
import type { StageClock } from './stage-clock.js';
import type { Table } from './table.js';

/** Most records of a block where every rule is used, where rules are chosen, and where the settings name them. */
const SMALL_BLOCK = 20;
const BLOCK = 30;
/** Rules that the settings name are done as they say, up to so many pairs. */
const MOST_NAMED_PAIRS = 200_000_000;
/** Records around which everything is looked at, to see which rules find what. */
const ANCHORS = { fast: 500, middling: 2_000, full: 1_000 };
/** Under so many rows there is time to look around more of them. */
const MIDDLING = 100_000;
const ROUNDS = 60;
/** Begun where the sample's fit ended, it is soon there. */
const ROUNDS_AGAIN = { fast: 6, full: 15 };
/** Candidate pairs one more match may cost; and all pairs together, per row. */
const WORTH = { fast: 300, full: 1500 };
/** In a smaller table the same pairs take less time. */
const WORTH_BY_ROWS = 300_000_000;
const MOST_PAIRS_PER_ROW = 30;

/** The table being linked, as all steps see it. */
export interface Linking {
  table: Table;
  rows: number;
  /** Rows before this are one file's; 0 with one file. */
  boundary: number;
  comparer: PairComparer;
  helper: Helper;
  clock: StageClock;
  fast: boolean;
  seed: number;
}

export interface FoundPairs {
  pairs: PairList;
  levels: Uint8Array;
  /** Bits of each pair by the mixture. */
  weight: Float64Array;
  mixture: Mixture;
  /** Share of the true pairs expected to be in no block. */
  missed: number;
}

export function allPairsOf({ rows, boundary }: Pick<Linking, 'rows' | 'boundary'>): number {
  return boundary === 0 ? (rows * (rows - 1)) / 2 : boundary * (rows - boundary);
}

/** A small table: every rule there is. In: u per field. */
export async function findThoroughly(linking: Linking, u: Float64Array[]): Promise<FoundPairs> {
  const rules = possibleRules(atomsOf(linking), linking.rows, SMALL_BLOCK);
  return findBy(linking, rules, SMALL_BLOCK, u);
}

/** By the columns the settings name: each list's must all agree. */
export async function findByColumns(
  linking: Linking,
  lists: readonly string[][],
  u: Float64Array[],
): Promise<FoundPairs> {
  const { columns } = linking.table;
  const atom = (name: string): Atom => ({
    name,
    family: name,
    codes: columns.find((column) => column.name === name)!.codes,
  });
  const rules = lists.map((names) => names.map(atom));
  for (const rule of rules) {
    const pairs = pairsOf(rule, linking.rows);
    if (pairs > MOST_NAMED_PAIRS)
      throw new BlockingTooLarge(
        rule.map(({ name }) => name),
        pairs,
      );
  }
  return findBy(linking, rules, linking.rows, u);
}

/** Rules that the settings name would bring together more pairs than can be looked at. */
export class BlockingTooLarge extends Error {
  readonly code = 'blocking_too_large';
  constructor(columns: readonly string[], pairs: number) {
    super(
      `records that agree on ${columns.join(' and ')} make ${Math.round(pairs / 1e6)} million pairs: name a further column, or leave blocking to the engine`,
    );
  }
}

function pairsOf(rule: readonly Atom[], rows: number): number {
  const { hashes } = keyBlocks(rule, rows, rows);
  const sizes = new Map<number, number>();
  for (const hash of hashes) if (hash !== 0) sizes.set(hash, (sizes.get(hash) ?? 0) + 1);
  let pairs = 0;
  for (const size of sizes.values()) pairs += (size * (size - 1)) / 2;
  return pairs;
}

async function findBy(linking: Linking, rules: Atom[][], cap: number, u: Float64Array[]): Promise<FoundPairs> {
  const { comparer, clock, rows, boundary, helper } = linking;
  const pairs = withEqualRows(await candidates(rules, rows, cap, boundary, helper), linking, cap);
  clock.lap('block');
  const levels = await comparer.all(pairs);
  clock.lap('score');
  const mixture = startMixture(comparer.fields, u, allPairsOf(linking), rows);
  fitClasses(mixture, patternsOf(levels, pairs.count, comparer.fields.length), comparer.fields, ROUNDS);
  clock.lap('train');
  const weight = new Float64Array(pairs.count);
  new PairModel(comparer.fields, mixture).weigh(levels, pairs.count, weight);
  return { pairs, levels, weight, mixture, missed: expectedMiss(rules, pairs, weight) };
}

/**
 * A large table: everything around a sample of records is looked at and weighed, and the rules that find the matches
 * there for the fewest pairs are used for all. In: whether to use every rule after all, told how many matches a row the
 * sample shows.
 */
export async function findBySample(
  linking: Linking,
  u: Float64Array[],
  isWorthEveryRule: (matchesPerRow: number) => boolean,
): Promise<FoundPairs> {
  const { comparer, clock, rows, boundary, helper, fast } = linking;
  const { fields } = comparer;
  const rules = possibleRules(atomsOf(linking), rows, BLOCK);
  const count = Math.min(rows, fast ? ANCHORS.fast : rows < MIDDLING ? ANCHORS.middling : ANCHORS.full);
  const anchors = Uint32Array.from({ length: count }, (_, at) => Math.floor((at * rows) / count));
  const search = await anchorsSearched(rules, rows, anchors, BLOCK, helper);
  search.pairs = acrossOnly(search.pairs, boundary);
  clock.lap('block');
  const sample = await comparer.all(search.pairs);
  const lefts = anchors.reduce((sum, row) => sum + (row < boundary ? 1 : 0), 0);
  const around = boundary === 0 ? count * rows : lefts * (rows - boundary) + (count - lefts) * boundary;
  const mixture = startMixture(fields, u, around, count);
  fitClasses(mixture, patternsOf(sample, search.pairs.count, fields.length), fields, ROUNDS);
  if (isWorthEveryRule(mixture.classes[0]!.pairs / count / 2)) {
    clock.lap('train');
    return findThoroughly(linking, u);
  }
  const likely = likelihoods(new PairModel(fields, mixture), sample, search.pairs.count);
  // Each pair is met from either end, and only so many of the rows are anchors.
  const scale = rows / count / 2;
  const chosen = chooseRules(rules, search, likely, scale, {
    budget: MOST_PAIRS_PER_ROW * rows,
    worth: fast ? WORTH.fast : Math.max(WORTH.full, WORTH_BY_ROWS / rows),
  });
  clock.lap('train');
  for (const one of mixture.classes) one.pairs = one.name === 'random' ? allPairsOf(linking) : one.pairs * scale;
  const pairs = withEqualRows(await candidates(chosen.rules, rows, BLOCK, boundary, helper), linking, BLOCK);
  clock.lap('block');
  const levels = await comparer.all(pairs);
  clock.lap('score');
  // The anchors showed which rules to use; all pairs together show the shares far better.
  fitClasses(
    mixture,
    patternsOf(levels, pairs.count, fields.length),
    fields,
    fast ? ROUNDS_AGAIN.fast : ROUNDS_AGAIN.full,
  );
  clock.lap('train');
  const weight = new Float64Array(pairs.count);
  new PairModel(fields, mixture).weigh(levels, pairs.count, weight);
  const unseen = expectedMiss(chosen.rules, pairs, weight);
  return { pairs, levels, weight, mixture, missed: 1 - (1 - chosen.missed) * (1 - unseen) };
}

function withEqualRows(pairs: PairList, { table, rows, boundary, comparer }: Linking, small: number): PairList {
  const compared = new Set(comparer.comparators.flatMap(({ columns }) => columns));
  const equal = equalRows(
    table.columns.filter(({ name }) => compared.has(name)),
    rows,
    boundary,
    small,
  );
  return equal.count === 0 ? pairs : joined(pairs, equal);
}

function atomsOf({ comparer }: Linking): Atom[] {
  return comparer.comparators.flatMap(({ atoms }) => atoms);
}

function acrossOnly(pairs: PairList, boundary: number): PairList {
  if (boundary === 0) return pairs;
  const kept = Uint32Array.from({ length: pairs.count }, (_, k) => k).filter(
    (k) => pairs.left[k]! < boundary !== pairs.right[k]! < boundary,
  );
  return { left: kept.map((k) => pairs.left[k]!), right: kept.map((k) => pairs.right[k]!), count: kept.length };
}

function likelihoods(model: PairModel, levels: Uint8Array, count: number): Float32Array {
  const likely = new Float32Array(count);
  model.weigh(levels, count, likely);
  for (let k = 0; k < count; k++) likely[k] = 1 / (1 + 2 ** -likely[k]!);
  return likely;
}
