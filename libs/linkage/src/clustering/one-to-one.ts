import type { Constraints, Edges } from './average-linkage.js';
import { DecisionsConflict } from './decisions-conflict.js';

/** Clusters of one or two: the best one-to-one assignment, people's decisions first. @throws DecisionsConflict */
export function oneToOneClusters(edges: Edges, rows: number, least: number, constraints: Constraints): Uint32Array {
  const clusters = Uint32Array.from({ length: rows }, (_, row) => row);
  const taken = new Uint8Array(rows);
  const put = (a: number, b: number): void => {
    clusters[a] = clusters[b] = Math.min(a, b);
    taken[a] = taken[b] = 1;
  };
  const never = new Set(
    [...(constraints.cannotLink ?? []), ...(constraints.heldApart ?? [])].map(([a, b]) => a * rows + b),
  );
  for (const [a, b] of constraints.mustLink ?? []) {
    if (clusters[a] === clusters[b]) continue;
    if (taken[a] === 1 || taken[b] === 1 || (constraints.cannotLink ?? []).some(([x, y]) => x === a && y === b))
      throw new DecisionsConflict(a, b);
    put(a, b);
  }
  const weight = Float64Array.from({ length: edges.count }, (_, k) => {
    const [a, b] = [edges.left[k]!, edges.right[k]!];
    return taken[a] === 1 || taken[b] === 1 || never.has(a * rows + b) ? -Infinity : edges.weight[k]!;
  });
  for (const k of oneToOne({ ...edges, weight }, least)) put(edges.left[k]!, edges.right[k]!);
  return clusters;
}

/** A component of more left records than this is matched greedily: an optimum takes the cube of it. */
const MOST_EXACT = 200;

/**
 * Each left record with at most one right record and the reverse, so that the weights of the pairs kept sum to the most
 * (H. Kuhn, 1955, by shortest augmenting paths), among pairs above `least` bits. @returns the places of the pairs kept
 */
export function oneToOne(edges: Edges, least: number): number[] {
  const partners = new Map<number, { right: number; at: number }[]>();
  for (let k = 0; k < edges.count; k++) {
    if (edges.weight[k]! <= least) continue;
    const list = partners.get(edges.left[k]!);
    const one = { right: edges.right[k]!, at: k };
    if (list) list.push(one);
    else partners.set(edges.left[k]!, [one]);
  }
  const kept: number[] = [];
  for (const lefts of components(partners)) {
    if (lefts.length === 1) kept.push(bestOf(partners.get(lefts[0]!)!, edges));
    else if (lefts.length <= MOST_EXACT) kept.push(...assigned(lefts, partners, edges, least));
    else kept.push(...greedy(lefts, partners, edges));
  }
  return kept.sort((x, y) => x - y);
}

function bestOf(list: { right: number; at: number }[], edges: Edges): number {
  let best = list[0]!.at;
  for (const { at } of list) if (edges.weight[at]! > edges.weight[best]!) best = at;
  return best;
}

/** Left records that share right ones, however indirectly. */
function components(partners: Map<number, { right: number }[]>): number[][] {
  const ofRight = new Map<number, number[]>();
  for (const [left, list] of partners) {
    for (const { right } of list) {
      const known = ofRight.get(right);
      if (known) known.push(left);
      else ofRight.set(right, [left]);
    }
  }
  const seen = new Set<number>();
  const found: number[][] = [];
  for (const first of [...partners.keys()].sort((x, y) => x - y)) {
    if (seen.has(first)) continue;
    const group = [first];
    seen.add(first);
    for (let at = 0; at < group.length; at++) {
      for (const { right } of partners.get(group[at]!)!) {
        for (const left of ofRight.get(right)!) {
          if (seen.has(left)) continue;
          seen.add(left);
          group.push(left);
        }
      }
    }
    found.push(group);
  }
  return found;
}

/** Hungarian algorithm with potentials; being left alone costs nothing, a pair its weight over `least`, negated. */
function assigned(
  lefts: number[],
  partners: Map<number, { right: number; at: number }[]>,
  edges: Edges,
  least: number,
): number[] {
  const rights = [...new Set(lefts.flatMap((left) => partners.get(left)!.map(({ right }) => right)))].sort(
    (x, y) => x - y,
  );
  const place = new Map(rights.map((right, at) => [right, at]));
  const n = lefts.length;
  const m = rights.length + n; // a column of one's own for each left record that stays alone
  const cost = Array.from({ length: n }, () => new Float64Array(m));
  const edgeAt = Array.from({ length: n }, () => new Int32Array(m).fill(-1));
  lefts.forEach((left, i) => {
    for (const { right, at } of partners.get(left)!) {
      cost[i]![place.get(right)!] = least - edges.weight[at]!;
      edgeAt[i]![place.get(right)!] = at;
    }
  });
  const u = new Float64Array(n + 1);
  const v = new Float64Array(m + 1);
  const rowOf = new Int32Array(m + 1);
  const way = new Int32Array(m + 1);
  for (let i = 1; i <= n; i++) {
    rowOf[0] = i;
    let column = 0;
    const least_ = new Float64Array(m + 1).fill(Infinity);
    const used = new Uint8Array(m + 1);
    do {
      used[column] = 1;
      const row = rowOf[column]!;
      let delta = Infinity;
      let next = 0;
      for (let j = 1; j <= m; j++) {
        if (used[j] === 1) continue;
        const now = cost[row - 1]![j - 1]! - u[row]! - v[j]!;
        if (now < least_[j]!) {
          least_[j] = now;
          way[j] = column;
        }
        if (least_[j]! < delta) {
          delta = least_[j]!;
          next = j;
        }
      }
      for (let j = 0; j <= m; j++) {
        if (used[j] === 1) {
          u[rowOf[j]!]! += delta;
          v[j]! -= delta;
        } else least_[j]! -= delta;
      }
      column = next;
    } while (rowOf[column] !== 0);
    do {
      const before = way[column]!;
      rowOf[column] = rowOf[before]!;
      column = before;
    } while (column !== 0);
  }
  const kept: number[] = [];
  for (let j = 1; j <= m; j++) {
    const at = rowOf[j]! === 0 ? -1 : edgeAt[rowOf[j]! - 1]![j - 1]!;
    if (at !== -1) kept.push(at);
  }
  return kept;
}

function greedy(lefts: number[], partners: Map<number, { right: number; at: number }[]>, edges: Edges): number[] {
  const all = lefts.flatMap((left) => partners.get(left)!.map(({ right, at }) => ({ left, right, at })));
  all.sort((x, y) => edges.weight[y.at]! - edges.weight[x.at]! || x.left - y.left || x.right - y.right);
  const [takenLeft, takenRight] = [new Set<number>(), new Set<number>()];
  return all
    .filter(({ left, right }) => {
      if (takenLeft.has(left) || takenRight.has(right)) return false;
      takenLeft.add(left);
      takenRight.add(right);
      return true;
    })
    .map(({ at }) => at);
}
