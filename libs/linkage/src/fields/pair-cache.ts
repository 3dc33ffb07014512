/** Places at most: 150 MB. Beyond half of that, what is known is forgotten and begun again. */
const MOST_PLACES = 1 << 24;

/** Remembers what comparing two distinct values gave, so that each distinct pair is compared once. */
export class PairCache {
  private size: number;
  private low: Uint32Array;
  private high: Uint32Array;
  private found: Uint8Array;
  private used = 0;

  /** In: places to begin with, and how many at most; powers of two. */
  constructor(
    capacity = 1 << 12,
    private readonly most = MOST_PLACES,
  ) {
    this.size = capacity;
    this.low = new Uint32Array(capacity);
    this.high = new Uint32Array(capacity);
    this.found = new Uint8Array(capacity);
  }

  /** The place of the pair (a < b, both above 0): `get` and `set` take it. Valid until the next `set`. */
  place(a: number, b: number): number {
    const mask = this.size - 1;
    let at = Math.imul(Math.imul(a, 0x9e3779b1) ^ (b + 0x7f4a7c15), 0x85ebca6b);
    at = (at ^ (at >>> 15)) & mask;
    while (this.low[at] !== 0 && (this.low[at] !== a || this.high[at] !== b)) at = (at + 1) & mask;
    return at;
  }

  /** 0 when not known. */
  get(place: number): number {
    return this.found[place]!;
  }

  set(place: number, a: number, b: number, value: number): void {
    this.low[place] = a;
    this.high[place] = b;
    this.found[place] = value;
    if (++this.used * 2 <= this.size) return;
    if (this.size < this.most) this.grow();
    else this.forget();
  }

  private forget(): void {
    this.low.fill(0);
    this.high.fill(0);
    this.found.fill(0);
    this.used = 0;
  }

  private grow(): void {
    const { low, high, found, size } = this;
    this.size = size * 2;
    this.low = new Uint32Array(this.size);
    this.high = new Uint32Array(this.size);
    this.found = new Uint8Array(this.size);
    for (let at = 0; at < size; at++) {
      if (low[at] === 0) continue;
      const to = this.place(low[at]!, high[at]!);
      this.low[to] = low[at]!;
      this.high[to] = high[at]!;
      this.found[to] = found[at]!;
    }
  }
}

/** Room for about as many pairs as there are rows: what grows often takes longer. */
export function capacityFor(rows: number): number {
  return 1 << Math.min(20, Math.max(12, Math.ceil(Math.log2(rows + 1))));
}
