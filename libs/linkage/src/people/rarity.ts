/**
 * How rare a name is, in bits (log2 of people over bearers), cut into bands: agreement on a rare name says more. A band is
 * named by its lower edge.
 */

/** Two records bear one name: told in steps of a bit. */
export const EXACT_EDGES = [0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const;
/** Two records bear names that are near: there are fewer such pairs to learn from. */
export const CLOSE_EDGES = [0, 6, 8, 10, 12, 14, 16] as const;

/** In: the share of people who bear the name, above 0. Out: an index into EXACT_EDGES. */
export function exactBand(share: number): number {
  const bits = -Math.log2(share);
  return bits < 5 ? 0 : bits >= 16 ? 12 : Math.trunc(bits) - 4;
}

/** In: bits. Out: an index into CLOSE_EDGES. */
export function closeBand(bits: number): number {
  return bits < 6 ? 0 : bits >= 16 ? 6 : Math.trunc(bits / 2) - 2;
}
