import type { Atom } from '../fields/field.js';
import type { PairList } from './candidates.js';

/** What was found around a sample of records by looking at every rule there is. */
export interface AnchorSearch {
  anchors: Uint32Array;
  /** left: the anchor; right: any other row. */
  pairs: PairList;
  /** Per rule, the pairs it would give over all rows (its large blocks left out), scaled up from the anchors. */
  cost: Float64Array;
  /** Whether a rule leads from an anchor (its place among them) to its block: false when that is too large. */
  usable: Uint8Array[];
}

/** Looks around each anchor through every rule whose block there has at most `cap` rows. */
export function searchAnchors(rules: readonly Atom[][], rows: number, anchors: Uint32Array, cap: number): AnchorSearch {
  const mixed = new Map<Uint32Array, Uint32Array>();
  const mixOf = (codes: Uint32Array): Uint32Array => {
    let made = mixed.get(codes);
    if (!made) {
      made = new Uint32Array(rows);
      for (let row = 0; row < rows; row++) made[row] = codes[row] === 0 ? 0 : mix(codes[row]!);
      mixed.set(codes, made);
    }
    return made;
  };
  const found: { rows: number[]; }[] = Array.from(anchors, () => ({ rows: [] }));
  const cost = new Float64Array(rules.length);
  const usable: Uint8Array[] = [];
  const bits = 18;
  const filter = new Uint8Array(1 << bits);
  const chains = new Map<number, number[]>();
  rules.forEach((rule, r) => {
    const ways = rule.some(({ more }) => more !== undefined) ? 2 : 1;
    const columns = Array.from({ length: ways }, (_, way) => rule.map(({ codes, more }) => mixOf(way === 1 && more !== undefined ? more : codes)));
    filter.fill(0);
    chains.clear();
    const reach = new Uint8Array(anchors.length);
    for (const of of columns) {
      anchors.forEach((row) => {
        const hash = keyOf(of, row);
        if (hash === 0) return;
        filter[hash >>> (32 - bits)] = 1;
        if (!chains.has(hash)) chains.set(hash, []);
      });
    }
    for (const of of columns) {
      const [x, y] = [of[0]!, of[1]];
      for (let row = 0; row < rows; row++) {
        const first = x[row]!;
        if (first === 0) continue;
        let hash = first;
        if (y !== undefined) {
          const second = y[row]!;
          if (second === 0) continue;
          hash = join(first, second);
        }
        if (filter[hash >>> (32 - bits)] === 0) continue;
        const chain = chains.get(hash);
        if (chain !== undefined && chain.length <= cap) chain.push(row);
      }
    }
    anchors.forEach((row, at) => {
      for (const of of columns) {
        const hash = keyOf(of, row);
        const chain = hash === 0 ? undefined : chains.get(hash);
        if (chain === undefined || chain.length > cap) continue;
        reach[at] = 1;
        cost[r]! += chain.length - 1;
        const list = found[at]!.rows;
        for (const other of chain) if (other !== row) list.push(other);
      }
    });
    cost[r] = (cost[r]! * rows) / (2 * anchors.length);
    usable.push(reach);
  });
  return { anchors, pairs: unique(anchors, found), cost, usable };
}

function unique(anchors: Uint32Array, found: { rows: number[] }[]): PairList {
  const left: number[] = [];
  const right: number[] = [];
  found.forEach(({ rows }, at) => {
    for (const row of new Set(rows)) {
      left.push(anchors[at]!);
      right.push(row);
    }
  });
  return { left: Uint32Array.from(left), right: Uint32Array.from(right), count: left.length };
}

function mix(code: number): number {
  let hash = Math.imul(code ^ 0x2545f491, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0 || 1;
}

function join(a: number, b: number): number {
  let hash = Math.imul(a ^ ((b << 13) | (b >>> 19)), 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0 || 1;
}

function keyOf(columns: readonly Uint32Array[], row: number): number {
  const first = columns[0]![row]!;
  if (first === 0 || columns.length === 1) return first;
  const second = columns[1]![row]!;
  return second === 0 ? 0 : join(first, second);
}
