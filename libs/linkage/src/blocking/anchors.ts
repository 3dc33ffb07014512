import type { Atom } from '../fields/field.js';
import type { PairList } from './candidates.js';

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

const FILTER_BITS = 17;

/** Looks around each anchor through every rule whose block there has at most `cap` rows. */
export function searchAnchors(rules: readonly Atom[][], rows: number, anchors: Uint32Array, cap: number): AnchorSearch {
  const mixed = new Map<Uint32Array, Uint32Array>();
  const mixOf = (codes: Uint32Array): Uint32Array => {
    let made = mixed.get(codes);
    if (!made) mixed.set(codes, (made = mixAll(codes, rows)));
    return made;
  };
  const cost = new Float64Array(rules.length);
  const usable: Uint8Array[] = [];
  const found = new FoundRows(anchors.length);
  const table = new AnchorKeys(anchors.length * 2, cap);
  rules.forEach((rule, r) => {
    const ways = rule.some(({ more }) => more !== undefined) ? 2 : 1;
    const columns = Array.from({ length: ways }, (_, way) =>
      rule.map(({ codes, more }) => mixOf(way === 1 && more !== undefined ? more : codes)),
    );
    table.clear();
    for (const [x, y] of columns) for (const row of anchors) table.add(keyAt(x!, y, row));
    for (const [x, y] of columns) {
      if (y === undefined) table.meetOne(x!, rows);
      else table.meetTwo(x!, y, rows);
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
  return { anchors, pairs: found.pairs(anchors, rows), cost, usable };
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

function join(a: number, b: number): number {
  const hash = Math.imul(a ^ ((b << 13) | (b >>> 19)), 0x9e3779b1);
  return (hash ^ (hash >>> 15)) >>> 0 || 1;
}

function keyAt(x: Uint32Array, y: Uint32Array | undefined, row: number): number {
  const first = x[row]!;
  if (first === 0 || y === undefined) return first;
  const second = y[row]!;
  return second === 0 ? 0 : join(first, second);
}

/** The anchors' keys under one rule, each with the first rows (at most one more than the cap) that share it. */
class AnchorKeys {
  private readonly filter = new Uint8Array(1 << FILTER_BITS);
  private readonly size: number;
  private readonly keys: Uint32Array;
  readonly counts: Uint32Array;
  readonly rows: Uint32Array;

  constructor(
    most: number,
    private readonly cap: number,
  ) {
    this.size = 1 << Math.ceil(Math.log2(most * 2 + 2));
    this.keys = new Uint32Array(this.size);
    this.counts = new Uint32Array(this.size);
    this.rows = new Uint32Array(this.size * cap);
  }

  clear(): void {
    this.filter.fill(0);
    this.keys.fill(0);
    this.counts.fill(0);
  }

  add(key: number): void {
    if (key === 0) return;
    this.filter[key >>> (32 - FILTER_BITS)] = 1;
    let at = key & (this.size - 1);
    while (this.keys[at] !== 0 && this.keys[at] !== key) at = (at + 1) & (this.size - 1);
    this.keys[at] = key;
  }

  slot(key: number): number {
    if (key === 0) return -1;
    let at = key & (this.size - 1);
    while (this.keys[at] !== key) {
      if (this.keys[at] === 0) return -1;
      at = (at + 1) & (this.size - 1);
    }
    return at;
  }

  meetOne(x: Uint32Array, rows: number): void {
    const { filter } = this;
    for (let row = 0; row < rows; row++) {
      const key = x[row]!;
      if (key !== 0 && filter[key >>> (32 - FILTER_BITS)] !== 0) this.meet(key, row);
    }
  }

  meetTwo(x: Uint32Array, y: Uint32Array, rows: number): void {
    const { filter } = this;
    for (let row = 0; row < rows; row++) {
      const first = x[row]!;
      const second = y[row]!;
      if (first === 0 || second === 0) continue;
      const key = join(first, second);
      if (filter[key >>> (32 - FILTER_BITS)] !== 0) this.meet(key, row);
    }
  }

  private meet(key: number, row: number): void {
    const slot = this.slot(key);
    if (slot === -1) return;
    const count = this.counts[slot]!;
    if (count > this.cap) return;
    if (count < this.cap) this.rows[slot * this.cap + count] = row;
    this.counts[slot] = count + 1;
  }
}

/** Rows found per anchor, with repeats until they are asked for. */
class FoundRows {
  private anchor = new Uint32Array(1 << 16);
  private row = new Uint32Array(1 << 16);
  private count = 0;

  constructor(private readonly anchors: number) {}

  add(anchor: number, row: number): void {
    if (this.count === this.row.length) {
      const [anchors, rows] = [new Uint32Array(this.count * 2), new Uint32Array(this.count * 2)];
      anchors.set(this.anchor);
      rows.set(this.row);
      this.anchor = anchors;
      this.row = rows;
    }
    this.anchor[this.count] = anchor;
    this.row[this.count++] = row;
  }

  pairs(anchors: Uint32Array, rows: number): PairList {
    const start = new Uint32Array(this.anchors + 1);
    for (let k = 0; k < this.count; k++) start[this.anchor[k]! + 1]!++;
    for (let at = 0; at < this.anchors; at++) start[at + 1]! += start[at]!;
    const fill = start.slice(0, this.anchors);
    const sorted = new Uint32Array(this.count);
    for (let k = 0; k < this.count; k++) sorted[fill[this.anchor[k]!]!++] = this.row[k]!;
    const seen = new Uint32Array(rows);
    const left = new Uint32Array(this.count);
    const right = new Uint32Array(this.count);
    let count = 0;
    for (let at = 0; at < this.anchors; at++) {
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
}
