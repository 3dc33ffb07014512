/** Weighted pairs of rows. */
export interface Edges {
  left: ArrayLike<number>;
  right: ArrayLike<number>;
  /** Bits. */
  weight: ArrayLike<number>;
  count: number;
}

export interface JoinRule {
  /** Two clusters are joined while the mean weight between their records is above this. */
  joinAbove: number;
  /** What a pair counts that was never compared, and the least any pair counts. */
  unknown: number;
  /** The most a pair counts: one sure pair must not pull in a crowd. */
  most: number;
}

export const DEFAULT_RULE: JoinRule = { joinAbove: -1, unknown: -8, most: 10 };

/**
 * Agglomerative clustering by average linkage on match weights (R. Sokal, C. Michener, 1958): the two clusters whose
 * records agree best on average are joined first. Chains do not form, since every record is weighed against every other
 * of the cluster it would join. @returns per row the lowest row of its cluster
 */
export function averageLinkage(edges: Edges, rows: number, rule: JoinRule = DEFAULT_RULE): Uint32Array {
  const { joinAbove, unknown, most } = rule;
  const near: (Map<number, number> | undefined)[] = new Array(rows);
  const touch = (row: number): Map<number, number> => (near[row] ??= new Map());
  const size = new Uint32Array(rows).fill(1);
  const version = new Uint32Array(rows);
  const into = Uint32Array.from({ length: rows }, (_, row) => row);
  const heap = new JoinHeap();
  for (let k = 0; k < edges.count; k++) {
    const weight = Math.min(edges.weight[k]!, most);
    if (weight <= unknown) continue;
    const [a, b] = [edges.left[k]!, edges.right[k]!];
    touch(a).set(b, weight - unknown);
    touch(b).set(a, weight - unknown);
    if (weight > joinAbove) heap.push(weight, a, b, 0, 0);
  }
  while (heap.pop()) {
    const { a, b } = heap;
    if (into[a] !== a || into[b] !== b || version[a] !== heap.versionA || version[b] !== heap.versionB) continue;
    const [keep, gone] = near[a]!.size >= near[b]!.size ? [a, b] : [b, a];
    const kept = near[keep]!;
    kept.delete(gone);
    for (const [other, sum] of near[gone]!) {
      if (other === keep) continue;
      kept.set(other, (kept.get(other) ?? 0) + sum);
      const others = near[other]!;
      others.delete(gone);
      others.set(keep, kept.get(other)!);
    }
    near[gone] = undefined;
    into[gone] = keep;
    size[keep]! += size[gone]!;
    version[keep]!++;
    for (const [other, sum] of kept) {
      const mean = sum / (size[keep]! * size[other]!) + unknown;
      if (mean > joinAbove) heap.push(mean, keep, other, version[keep]!, version[other]!);
    }
  }
  return numbered(into, rows);
}

function numbered(into: Uint32Array, rows: number): Uint32Array {
  const lowest = new Int32Array(rows).fill(-1);
  const clusters = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    let root = row;
    while (into[root] !== root) root = into[root]!;
    for (let at = row; into[at] !== root && at !== root; ) {
      const next = into[at]!;
      into[at] = root;
      at = next;
    }
    if (lowest[root] === -1) lowest[root] = row;
    clusters[row] = lowest[root]!;
  }
  return clusters;
}

/** Joins by mean weight, the best first; equal ones by their rows, so that the order of input does not matter. */
class JoinHeap {
  private readonly items: { mean: number; a: number; b: number; va: number; vb: number }[] = [];
  a = 0;
  b = 0;
  versionA = 0;
  versionB = 0;

  push(mean: number, x: number, y: number, vx: number, vy: number): void {
    const item = x < y ? { mean, a: x, b: y, va: vx, vb: vy } : { mean, a: y, b: x, va: vy, vb: vx };
    const { items } = this;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!before(item, items[up]!)) break;
      items[at] = items[up]!;
      at = up;
    }
    items[at] = item;
  }

  pop(): boolean {
    const { items } = this;
    const top = items[0];
    if (top === undefined) return false;
    this.a = top.a;
    this.b = top.b;
    this.versionA = top.va;
    this.versionB = top.vb;
    const last = items.pop()!;
    if (items.length > 0) {
      let at = 0;
      for (;;) {
        let down = 2 * at + 1;
        if (down >= items.length) break;
        if (down + 1 < items.length && before(items[down + 1]!, items[down]!)) down++;
        if (!before(items[down]!, last)) break;
        items[at] = items[down]!;
        at = down;
      }
      items[at] = last;
    }
    return true;
  }
}

function before(x: { mean: number; a: number; b: number }, y: { mean: number; a: number; b: number }): boolean {
  return x.mean !== y.mean ? x.mean > y.mean : x.a !== y.a ? x.a < y.a : x.b < y.b;
}
