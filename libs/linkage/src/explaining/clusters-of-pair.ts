import { PAIR_COUNTS as COUNTS } from '../clustering/join-rule.js';

/** What became of two records' groups, as far as it explains why the two are not in one. */
export interface ClustersOfPair {
  /** Records in the first's group and in the second's. */
  sizes: [number, number];
  /** Whether both are in the same. */
  together: boolean;
  /** Pairs between the two groups, and their mean weight in bits, each counted as clustering counts it. */
  pairs: number;
  meanWeight: number;
  /** Per record the one of its own group that fits it better than the other of the pair; null where none does. */
  better: [BetterFit | null, BetterFit | null];
  /** Another two records of the groups that may not be together, and so keep them apart. */
  forbidden: [number, number] | null;
}

/** What `clustersOfPair` asks of two rows. */
export interface RowPairs {
  /** Bits; null for two that are never compared, being of one of two linked files. */
  weightOf(left: number, right: number): number | null;
  /** Whether the two may not be in one group: taken for twins, or a person has decided so. */
  isForbidden?(left: number, right: number): boolean;
}

export interface BetterFit {
  row: number;
  weight: number;
}

/** Of larger groups so many records stand for all. */
const MOST = 100;

/** In: the pair's rows, and the rows of each one's group. */
export function clustersOfPair(
  [a, b]: readonly [number, number],
  groups: readonly [readonly number[], readonly number[]],
  { weightOf, isForbidden = () => false }: RowPairs,
): ClustersOfPair {
  const { unknown, most } = COUNTS;
  const pair = weightOf(a, b) ?? unknown;
  const [first, second] = [sampleOf(groups[0], a), sampleOf(groups[1], b)];
  const across = first.flatMap((x) => second.map((y): [number, number] => [x, y]));
  const between = across
    .map(([x, y]) => weightOf(x, y))
    .filter((weight) => weight !== null)
    .map((weight) => Math.min(most, Math.max(unknown, weight)));
  const fits = (row: number, group: readonly number[]): BetterFit | null =>
    group
      .filter((other) => other !== a && other !== b)
      .map((other) => ({ row: other, weight: weightOf(row, other) ?? unknown }))
      .filter(({ weight }) => weight > pair)
      .sort((x, y) => y.weight - x.weight || x.row - y.row)[0] ?? null;
  return {
    sizes: [groups[0].length, groups[1].length],
    together: groups[0].includes(b),
    pairs: between.length,
    meanWeight: between.length === 0 ? unknown : between.reduce((sum, weight) => sum + weight, 0) / between.length,
    better: [fits(a, first), fits(b, second)],
    forbidden: across.find(([x, y]) => x !== y && (x !== a || y !== b) && isForbidden(x, y)) ?? null,
  };
}

/** Bits above which the two groups would be joined. */
export function neededToJoin({ sizes }: ClustersOfPair, joinAbove: number): number {
  return sizes[0] === 1 && sizes[1] === 1 ? Math.max(joinAbove, COUNTS.lonePair) : joinAbove;
}

function sampleOf(rows: readonly number[], kept: number): number[] {
  if (rows.length <= MOST) return [...rows];
  const step = rows.length / MOST;
  const sample = Array.from({ length: MOST }, (_, at) => rows[Math.floor(at * step)]!);
  return sample.includes(kept) ? sample : [kept, ...sample.slice(1)];
}
