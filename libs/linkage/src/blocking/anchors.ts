import type { Atom } from '../fields/field.js';
import { AnchorKeys, join } from './anchor-keys.js';
import type { PairList } from './candidates.js';
import { FoundRows } from './found-rows.js';

const FOLDED_BITS = 20;

/** What was found around a sample of records by looking at every rule there is. */
export interface AnchorSearch {
  anchors: Uint32Array;
  /** left: the anchor; right: any other row. Each once, by anchor. */
  pairs: PairList;
  /** Per rule, the pairs it would give over all rows (its large blocks left out), scaled up from the anchors. */
  cost: Float64Array;
  /** Per rule and anchor: 1 when the rule leads from the anchor to a block that is not too large. */
  usable: Uint8Array[];
}

/** What one thread found through its share of the rules. */
export interface LookedAround {
  /** Places among the anchors and rows found there, with repeats. */
  anchor: Uint32Array;
  row: Uint32Array;
  cost: Float64Array;
  usable: Uint8Array[];
}

/** Looks around each anchor through every rule whose block there has at most `cap` rows. */
export function searchAnchors(rules: readonly Atom[][], rows: number, anchors: Uint32Array, cap: number): AnchorSearch {
  return gathered(anchors, rows, [lookAround(rules, rows, anchors, cap)]);
}

/** Puts shares of the rules together, in the order of the rules. */
export function gathered(anchors: Uint32Array, rows: number, shares: readonly LookedAround[]): AnchorSearch {
  return {
    anchors,
    pairs: uniquePairs(anchors, rows, shares),
    cost: Float64Array.from(shares.flatMap(({ cost }) => [...cost])),
    usable: shares.flatMap(({ usable }) => usable),
  };
}

export function lookAround(rules: readonly Atom[][], rows: number, anchors: Uint32Array, cap: number): LookedAround {
  const mixed = new Map<Uint32Array, Uint32Array>();
  const mixOf = (codes: Uint32Array): Uint32Array => {
    let made = mixed.get(codes);
    if (!made) mixed.set(codes, (made = mixAll(codes, rows)));
    return made;
  };
  const reachOf = new Map<Atom, Uint32Array | null>();
  const reachable = (atom: Atom): Uint32Array | null => {
    let made = reachOf.get(atom);
    if (made === undefined) reachOf.set(atom, (made = rowsLikeAnchors(atom, rows, anchors)));
    return made;
  };
  const cost = new Float64Array(rules.length);
  const usable: Uint8Array[] = [];
  const found = new FoundRows();
  const table = new AnchorKeys(anchors.length * 2, cap);
  rules.forEach((rule, r) => {
    const ways = rule.some(({ more }) => more !== undefined) ? 2 : 1;
    const columns = Array.from({ length: ways }, (_, way) =>
      rule.map(({ codes, more }) => mixOf(way === 1 && more !== undefined ? more : codes)),
    );
    table.clear();
    for (const [x, y] of columns) for (const row of anchors) table.add(keyAt(x!, y, row));
    const lists = rule.map(reachable).filter((list) => list !== null);
    const few = lists.sort((p, q) => p.length - q.length)[0] ?? null;
    for (const [x, y] of columns) {
      if (y === undefined) table.meetOne(x!, few, rows);
      else table.meetTwo(x!, y, few, rows);
    }
    const reach = new Uint8Array(anchors.length);
    anchors.forEach((row, at) => {
      for (const [x, y] of columns) {
        const slot = table.slot(keyAt(x!, y, row));
        const count = slot === -1 ? 0 : table.counts[slot]!;
        if (count === 0 || count > cap) continue;
        reach[at] = 1;
        cost[r]! += count - 1;
        for (let k = 0; k < count; k++) {
          const other = table.rows[slot * cap + k]!;
          if (other !== row) found.add(at, other);
        }
      }
    });
    cost[r] = (cost[r]! * rows) / (2 * anchors.length);
    usable.push(reach);
  });
  return { ...found.all(), cost, usable };
}

/** Rows that share a key with some anchor; null when that is most of them. */
function rowsLikeAnchors({ codes, more }: Atom, rows: number, anchors: Uint32Array): Uint32Array | null {
  // Codes that are not dense (a date as a number) are folded: a row too many does no harm.
  const mask = (1 << FOLDED_BITS) - 1;
  const wanted = new Uint8Array(1 << FOLDED_BITS);
  for (const row of anchors) {
    if (codes[row] !== 0) wanted[codes[row]! & mask] = 1;
    if (more !== undefined && more[row] !== 0) wanted[more[row]! & mask] = 1;
  }
  const found = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const [code, other] = [codes[row]!, more === undefined ? 0 : more[row]!];
    if ((code !== 0 && wanted[code & mask] !== 0) || (other !== 0 && wanted[other & mask] !== 0)) found[count++] = row;
  }
  return count > rows * 0.6 ? null : found.slice(0, count);
}

function mixAll(codes: Uint32Array, rows: number): Uint32Array {
  const made = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const code = codes[row]!;
    if (code === 0) continue;
    let hash = Math.imul(code ^ 0x2545f491, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    made[row] = (hash ^ (hash >>> 13)) >>> 0 || 1;
  }
  return made;
}

function keyAt(x: Uint32Array, y: Uint32Array | undefined, row: number): number {
  const first = x[row]!;
  if (first === 0 || y === undefined) return first;
  const second = y[row]!;
  return second === 0 ? 0 : join(first, second);
}

/** Each anchor's rows once, by anchor. */
function uniquePairs(anchors: Uint32Array, rows: number, shares: readonly LookedAround[]): PairList {
  const start = new Uint32Array(anchors.length + 1);
  for (const { anchor } of shares) for (const at of anchor) start[at + 1]!++;
  for (let at = 0; at < anchors.length; at++) start[at + 1]! += start[at]!;
  const total = start[anchors.length]!;
  const fill = start.slice(0, anchors.length);
  const sorted = new Uint32Array(total);
  for (const { anchor, row } of shares) for (let k = 0; k < anchor.length; k++) sorted[fill[anchor[k]!]!++] = row[k]!;
  const seen = new Uint32Array(rows);
  const [left, right] = [new Uint32Array(total), new Uint32Array(total)];
  let count = 0;
  for (let at = 0; at < anchors.length; at++) {
    for (let k = start[at]!; k < start[at + 1]!; k++) {
      const row = sorted[k]!;
      if (seen[row] === at + 1) continue;
      seen[row] = at + 1;
      left[count] = anchors[at]!;
      right[count++] = row;
    }
  }
  return { left: left.slice(0, count), right: right.slice(0, count), count };
}
