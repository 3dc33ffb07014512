/** When clusters join, in bits. */
export interface JoinRule {
  /** Two clusters are joined while the mean weight between their records is above this. */
  joinAbove: number;
  /** Two single records have no others to speak for them: the pair itself must weigh more than this. */
  lonePair: number;
  /** What a pair counts that was never compared, and the least any pair counts. */
  unknown: number;
  /** The most a pair counts: one sure pair must not pull in a crowd. */
  most: number;
}

/** How pairs count wherever clusters are made. */
export const PAIR_COUNTS: Pick<JoinRule, 'lonePair' | 'unknown' | 'most'> = { lonePair: -1, unknown: -8, most: 10 };

/** Bits by which a cluster that was there before may fall under what it would need to form. */
export const HYSTERESIS = 2;

/**
 * People seen often vouch for each other's poor records, and clusters may form at a lower mean; people seen once or
 * twice do not. Measured on the data sets of docs/adr/0012. In: matches among all pairs of rows, for each row.
 */
export function joinRuleFor(matchesPerRow: number): JoinRule {
  return { joinAbove: -3 * Math.min(1, Math.max(0, (matchesPerRow - 0.3) / 0.7)), ...PAIR_COUNTS };
}

/** Joins at `bits` or above, a lone pair too; pairs count for more and less than that, so that they can pull either way. */
export function joinRuleAt(bits: number): JoinRule {
  const reach = PAIR_COUNTS.most - PAIR_COUNTS.lonePair;
  // "At or above": the smallest step under it.
  const under = bits - 1e-9;
  return {
    joinAbove: under,
    lonePair: under,
    unknown: Math.min(PAIR_COUNTS.unknown, bits - reach),
    most: Math.max(PAIR_COUNTS.most, bits + reach),
  };
}
