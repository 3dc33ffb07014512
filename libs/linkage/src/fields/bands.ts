import type { Level, Stance } from './field.js';

/** A value seen once is met again by chance about as often as half a row would be. */
const SEEN_ONCE = 0.5;

/** Rarity in bits, cut into bands: agreement on a rare value says more. */
export interface Bands {
  /** Per value code its band, 0 the commonest. */
  of: Uint8Array;
  count: number;
  /** Lower edge of each band in bits. */
  edges: number[];
  /** Share of present rows whose value is in the band. */
  shares: number[];
  /** Chance that two random present rows agree on a value of the band. */
  agreement: number[];
  /** Rows that have a value. */
  present: number;
}

/**
 * In: rows per value code (0 is missing), band width in bits. Bands with hardly a row join their neighbour.
 */
export function bandsOf(counts: ArrayLike<number>, width: number, most = 12): Bands {
  let present = 0;
  for (let code = 1; code < counts.length; code++) present += counts[code]!;
  const total = Math.max(present, 2);
  const first = 2;
  const of = new Uint8Array(counts.length);
  const rows = new Float64Array(most);
  const pairs = new Float64Array(most);
  for (let code = 1; code < counts.length; code++) {
    const rarity = Math.log2(total / Math.max(counts[code]!, 1));
    const band = Math.max(0, Math.min(most - 1, Math.floor((rarity - first) / width)));
    of[code] = band;
    rows[band]! += counts[code]!;
    pairs[band]! += (counts[code]! / total) * (Math.max(counts[code]! - 1, 0) / (total - 1));
  }
  const edges = Array.from({ length: most }, (_, band) => (band === 0 ? 0 : first + band * width));
  return {
    of,
    count: most,
    edges,
    shares: Array.from(rows, (count) => count / total),
    agreement: Array.from(pairs),
    present,
  };
}

/** The bands of a group as levels; `u` of an exact group is known from the dictionary. */
export function bandLevels(name: string, bands: Bands, exact: boolean, stance?: Stance): Level[] {
  return bands.edges.map((edge, at) => ({
    name,
    band: edge,
    share: bands.shares[at]!,
    u: exact ? Math.max(bands.agreement[at]!, (SEEN_ONCE * bands.shares[at]!) / Math.max(bands.present, 2)) : -1,
    ...(stance === undefined ? {} : { stance }),
  }));
}
