/**
 * A small seeded generator (sfc32, Chris Doty-Humphrey's PractRand), so that a county is the same bytes on every machine.
 * Never for keys or tokens.
 */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 1;

  constructor(private readonly seed: string) {
    [this.a, this.b, this.c] = [hash(seed, 0x9e3779b9), hash(seed, 0x85ebca6b), hash(seed, 0xc2b2ae35)];
    for (let i = 0; i < 12; i++) this.bits();
  }

  /** An independent stream: what one part of the county draws does not move the draws of another. */
  fork(label: string | number): Random {
    return new Random(`${this.seed}/${label}`);
  }

  /** 32 random bits, unsigned. */
  bits(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t;
    this.c |= 0;
    return t >>> 0;
  }

  /** In [0, 1). */
  float(): number {
    return this.bits() / 4294967296;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.float() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new RangeError('nothing to pick from');
    return from[Math.floor(this.float() * from.length)] as T;
  }

  /** Picks with early items likelier, as names are: the item at rank r (from 0) about in proportion to 1/(r + flatness). */
  pickRanked<T>(from: readonly T[], flatness = 8): T {
    const n = from.length;
    const rank = Math.floor(flatness * (Math.pow((n + flatness) / flatness, this.float()) - 1));
    return from[Math.min(rank, n - 1)] as T;
  }

  /** Picks a key by its weight (any positive scale). */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.float() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      left -= weight;
      if (left < 0) return key;
    }
    return (entries[entries.length - 1] as [K, number])[0];
  }

  /** A new array in random order. */
  shuffled<T>(items: readonly T[]): T[] {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = Math.floor(this.float() * (i + 1));
      [out[i], out[j]] = [out[j] as T, out[i] as T];
    }
    return out;
  }

  /** `count` digits as text. */
  digits(count: number): string {
    let text = '';
    while (text.length < count) text += String(this.int(0, 9));
    return text;
  }

  /** A whole number near `mean` whose share is right on average: 2.3 gives 2 or, three times in ten, 3. */
  rounded(mean: number): number {
    return Math.floor(mean) + (this.chance(mean - Math.floor(mean)) ? 1 : 0);
  }
}

/** FNV-1a with a final mix, one word per salt. */
function hash(text: string, salt: number): number {
  let h = (0x811c9dc5 ^ salt) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
