import type { Random } from '../random.js';

const ROUNDS = 4;

/**
 * A random order of 0 … size-1 that takes no memory: a Feistel network over the next even power of two, walked until it
 * falls below `size` (Black and Rogaway 2002, "cycle walking"). Not secret; only without pattern.
 */
export function permutation(random: Random, size: number): (index: number) => number {
  const half = Math.max(1, Math.ceil(Math.log2(Math.max(2, size)) / 2));
  const mask = 2 ** half - 1;
  const keys = Array.from({ length: ROUNDS }, () => random.bits());
  const step = (value: number): number => {
    let left = Math.floor(value / (mask + 1));
    let right = value & mask;
    for (const key of keys) [left, right] = [right, left ^ (mixed(right ^ key) & mask)];
    return left * (mask + 1) + right;
  };
  return (index) => {
    let value = step(index);
    while (value >= size) value = step(value);
    return value;
  };
}

/** The finaliser of MurmurHash3, 32 bits. */
function mixed(bits: number): number {
  let h = bits | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
