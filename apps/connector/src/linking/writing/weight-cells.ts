const PLACES = 1 << 16;
const LONGEST = 48;

/** `match_weight` with 4 decimals and `match_probability` with 6 significant digits: p = 2^w / (1 + 2^w). */
export function weightCells(weight: number): string {
  const bits = Number(weight.toFixed(4)) === 0 ? '0.0000' : weight.toFixed(4);
  const probability = 1 / (1 + 2 ** -weight);
  return `${bits},${Number(probability.toPrecision(6))}`;
}

/**
 * The same as bytes with the comma before and the line end after. Pairs that agree in the same fields have the same weight:
 * what was written lately is copied.
 */
export class WeightCells {
  static readonly longest = LONGEST;
  private readonly keys = new Int32Array(PLACES);
  private readonly lengths = new Uint8Array(PLACES);
  private readonly bytes = Buffer.allocUnsafeSlow(PLACES * LONGEST);

  /** @param key the 32 bits of the weight */
  write(weight: number, key: number, into: Buffer, at: number): number {
    const place = (Math.imul(key, 0x9e3779b1 | 0) >>> 16) & (PLACES - 1);
    const start = place * LONGEST;
    if (this.lengths[place] === 0 || this.keys[place] !== key) {
      this.lengths[place] = this.bytes.write(`,${weightCells(weight)}\n`, start, LONGEST, 'latin1');
      this.keys[place] = key;
    }
    const end = start + this.lengths[place]!;
    for (let i = start; i < end; i++) into[at++] = this.bytes[i]!;
    return at;
  }
}
