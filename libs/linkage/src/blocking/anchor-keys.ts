const FILTER_BITS = 17;

/** One key of two. */
export function join(a: number, b: number): number {
  const hash = Math.imul(a ^ ((b << 13) | (b >>> 19)), 0x9e3779b1);
  return (hash ^ (hash >>> 15)) >>> 0 || 1;
}

/** The anchors' keys under one rule, each with the first rows (at most one more than the cap) that share it. */
export class AnchorKeys {
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

  meetOne(x: Uint32Array, few: Uint32Array | null, rows: number): void {
    const { filter } = this;
    const count = few === null ? rows : few.length;
    for (let at = 0; at < count; at++) {
      const row = few === null ? at : few[at]!;
      const key = x[row]!;
      if (key !== 0 && filter[key >>> (32 - FILTER_BITS)] !== 0) this.meet(key, row);
    }
  }

  meetTwo(x: Uint32Array, y: Uint32Array, few: Uint32Array | null, rows: number): void {
    const { filter } = this;
    const count = few === null ? rows : few.length;
    for (let at = 0; at < count; at++) {
      const row = few === null ? at : few[at]!;
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
