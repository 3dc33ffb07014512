import type { JoinRule } from './join-rule.js';
import { DecisionsConflict } from './decisions-conflict.js';
import type { Edges } from './edges.js';
import { JoinHeap } from './join-heap.js';

/** Bits within which two explanations of a record are equally good. */
export const EQUALLY_GOOD = 1;
/** Clusters with a mean weight under this between them are different people beyond doubt. */
const SURELY_DIFFERENT = -4;

/** Clusters may form at so low a mean only where people are seen often: two single records are mostly one person there. */
const SEEN_OFTEN = -1;

/** Clusters on their way from single rows to the answer. */
export class Joining {
  readonly ambiguous: [number, number, number][] = [];
  /** Per cluster its neighbours and the sum over pairs of weight above `unknown`; −∞ where a join is forbidden. */
  private readonly near: (Map<number, number> | undefined)[];
  private readonly size: Uint32Array;
  /** Of `size`, those of the left file. */
  private readonly lefts: Uint32Array;
  private readonly version: Uint32Array;
  private readonly into: Uint32Array;
  private readonly held: Uint8Array;
  private readonly heap = new JoinHeap();

  constructor(
    edges: Edges,
    private readonly rows: number,
    private readonly rule: JoinRule,
    private readonly boundary: number,
  ) {
    const { joinAbove, unknown, most } = rule;
    this.near = new Array<Map<number, number> | undefined>(rows);
    this.size = new Uint32Array(rows).fill(1);
    this.lefts = Uint32Array.from({ length: rows }, (_, row) => (row < boundary ? 1 : 0));
    this.version = new Uint32Array(rows);
    this.into = Uint32Array.from({ length: rows }, (_, row) => row);
    this.held = new Uint8Array(rows);
    for (let k = 0; k < edges.count; k++) {
      const weight = Math.min(edges.weight[k]!, most);
      if (weight <= unknown) continue;
      const [a, b] = [edges.left[k]!, edges.right[k]!];
      this.touch(a).set(b, weight - unknown);
      this.touch(b).set(a, weight - unknown);
      if (weight > joinAbove) this.heap.push(weight, a, b, 0, 0);
    }
  }

  /** @param gently leaves clusters apart that people have forbidden to join, instead of calling it a conflict */
  force(a: number, b: number, gently = false): void {
    const [x, y] = [this.root(a), this.root(b)];
    if (x === y) return;
    if (this.near[x]?.get(y) === -Infinity) {
      if (gently) return;
      throw new DecisionsConflict(a, b);
    }
    this.merge(x, y);
  }

  /** @param gently lets them be where people have joined them */
  forbid(a: number, b: number, gently = false): void {
    const [x, y] = [this.root(a), this.root(b)];
    if (x === y && gently) return;
    if (x === y) throw new DecisionsConflict(a, b);
    this.touch(x).set(y, -Infinity);
    this.touch(y).set(x, -Infinity);
  }

  run(): void {
    const { heap, version, into } = this;
    while (heap.pop()) {
      const { a, b } = heap;
      if (into[a] !== a || into[b] !== b || version[a] !== heap.versionA || version[b] !== heap.versionB) continue;
      if (this.held[a] === 1 || this.held[b] === 1 || this.near[a]!.get(b) === -Infinity) continue;
      if (this.size[a] === 1 && this.size[b] === 1 && heap.mean <= this.rule.lonePair) continue;
      if (this.isAmbiguous(a, b, heap.mean) || this.isAmbiguous(b, a, heap.mean)) continue;
      this.merge(a, b);
    }
  }

  /** A single record that another cluster explains as well, where the two clusters cannot be one. */
  private isAmbiguous(single: number, cluster: number, mean: number): boolean {
    if (this.size[single] !== 1 || !this.isRival(cluster, single)) return false;
    for (const [other, sum] of this.near[single]!) {
      if (other === cluster || sum === -Infinity || !this.isRival(other, single)) continue;
      if (this.mean(sum, single, other) < mean - EQUALLY_GOOD) continue;
      const apart = this.near[cluster]!.get(other) ?? 0;
      const between = this.mean(apart, cluster, other);
      // Two records of one file, where only pairs across two are compared, may be one person for all one knows.
      const unknowable = between === -Infinity && apart !== -Infinity;
      if (unknowable || between >= SURELY_DIFFERENT) continue;
      this.held[single] = 1;
      this.ambiguous.push([single, cluster, other]);
      return true;
    }
    return false;
  }

  /** Whether a cluster can stand for a person: it has records of its own, or is one record that nobody but this one fits. */
  private isRival(cluster: number, single: number): boolean {
    if (this.size[cluster]! > 1) return true;
    if (this.rule.joinAbove <= SEEN_OFTEN) return false;
    for (const [other, sum] of this.near[cluster]!) {
      if (other !== single && this.mean(sum, cluster, other) > this.rule.joinAbove) return false;
    }
    return true;
  }

  private merge(a: number, b: number): void {
    const { near, size, version, into } = this;
    const [keep, gone] = (near[a]?.size ?? 0) >= (near[b]?.size ?? 0) ? [a, b] : [b, a];
    const kept = this.touch(keep);
    kept.delete(gone);
    for (const [other, sum] of near[gone] ?? []) {
      if (other === keep) continue;
      const both = (kept.get(other) ?? 0) + sum;
      kept.set(other, both);
      const others = near[other]!;
      others.delete(gone);
      others.set(keep, both);
    }
    near[gone] = undefined;
    into[gone] = keep;
    size[keep]! += size[gone]!;
    this.lefts[keep]! += this.lefts[gone]!;
    version[keep]!++;
    for (const [other, sum] of kept) {
      const mean = this.mean(sum, keep, other);
      if (mean > this.rule.joinAbove) this.heap.push(mean, keep, other, version[keep]!, version[other]!);
    }
  }

  /** Mean weight between two clusters, over the pairs that could have been compared. */
  private mean(sum: number, a: number, b: number): number {
    const { size, lefts, boundary, rule } = this;
    const pairs =
      boundary === 0 ? size[a]! * size[b]! : lefts[a]! * (size[b]! - lefts[b]!) + lefts[b]! * (size[a]! - lefts[a]!);
    return pairs === 0 ? -Infinity : sum / pairs + rule.unknown;
  }

  private touch(row: number): Map<number, number> {
    return (this.near[row] ??= new Map());
  }

  private root(row: number): number {
    while (this.into[row] !== row) row = this.into[row]!;
    return row;
  }

  numbered(): Uint32Array {
    const lowest = new Int32Array(this.rows).fill(-1);
    const clusters = new Uint32Array(this.rows);
    for (let row = 0; row < this.rows; row++) {
      const root = this.root(row);
      if (lowest[root] === -1) lowest[root] = row;
      clusters[row] = lowest[root]!;
    }
    return clusters;
  }
}
