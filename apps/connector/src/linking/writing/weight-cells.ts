const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;
/** Smaller ones are written with an exponent. */
const SMALLEST = 1e-6;

/** Bytes that a weight's two cells take at most. */
export const LONGEST_WEIGHT_CELLS = 48;

/**
 * Writes `match_weight` with 4 decimals, a comma, and `match_probability` = 2^w / (1 + 2^w) with 6 significant digits; digit by
 * digit, since there are millions of pairs and no text need be made.
 * @returns where it ends
 */
export function writeWeight(weight: number, into: Buffer, at: number): number {
  if (!(Math.abs(weight) < 1e5)) return at + into.write(`${weight},${weight > 0 ? 1 : 0}`, at, 'latin1');
  const scaled = Math.round(Math.abs(weight) * 1e4);
  if (weight < 0 && scaled > 0) into[at++] = MINUS;
  const whole = Math.floor(scaled / 1e4);
  at = digits(whole, whole < 10 ? 1 : whole < 100 ? 2 : whole < 1000 ? 3 : whole < 1e4 ? 4 : 5, into, at);
  into[at++] = POINT;
  at = digits(scaled - whole * 1e4, 4, into, at);
  into[at++] = 0x2c;
  return writeProbability(1 / (1 + 2 ** -weight), into, at);
}

function writeProbability(probability: number, into: Buffer, at: number): number {
  if (probability < SMALLEST) return at + into.write(String(Number(probability.toPrecision(6))), at, 'latin1');
  let zeros = 0;
  let scale = 1e6;
  for (; probability * scale < 1e5; scale *= 10) zeros++;
  let value = Math.round(probability * scale);
  let length = 6;
  if (value === 1e6) {
    if (zeros === 0) {
      into[at++] = ZERO + 1;
      return at;
    }
    // 0.0999999 6 was rounded up to 0.1.
    zeros--;
    value = 1e5;
  }
  for (; value % 10 === 0; value /= 10) length--;
  into[at++] = ZERO;
  into[at++] = POINT;
  for (; zeros > 0; zeros--) into[at++] = ZERO;
  return digits(value, length, into, at);
}

function digits(value: number, length: number, into: Buffer, at: number): number {
  let rest = value;
  for (let i = at + length - 1; i >= at; i--) {
    const tens = (rest / 10) | 0;
    into[i] = ZERO + rest - 10 * tens;
    rest = tens;
  }
  return at + length;
}
