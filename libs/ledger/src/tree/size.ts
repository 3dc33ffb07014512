import { LedgerError } from '../errors.js';

/**
 * Parses a number of entries. Sizes are plain numbers below 2^53, so no arithmetic here may use 32-bit operators.
 * Throws `size_invalid`.
 */
export function parseSize(value: number | bigint): number {
  const size = Number(value);
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new LedgerError('size_invalid', 'a size is a whole number from 0 to 2^53 − 1');
  }
  return size;
}

/** Throws `index_out_of_range` unless 0 ≤ index < size. */
export function requireIndex(index: number, size: number): void {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new LedgerError('index_out_of_range', `there is no entry ${index} in a log of ${size} entries`);
  }
}

/** The largest power of two not above n (n ≥ 1). */
export function largestPower(n: number): number {
  let power = 1;
  while (power * 2 <= n) power *= 2;
  return power;
}

/** The largest power of two below n (n ≥ 2): where RFC 9162 §2.1.1 splits a tree of n leaves. */
export function splitPoint(n: number): number {
  return largestPower(n - 1);
}
