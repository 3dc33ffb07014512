import type { PairList } from '../blocking/candidates.js';
import type { Field } from '../fields/field.js';
import type { Mixture } from '../training/mixture.js';

/** Twins and households are guarded against where the data has them: so many pairs of the kind per row. */
const HAS_FAMILIES = 0.05;

/** Bits from which a pair is no twins all the same: the rest of what is known is decisive. */
const BEYOND_DOUBT = 1.5;

const OTHER_NAME = new Set(['different']);
/** Of a postcode and address, and of a number the address has, which may be told where these agree. */
const SAME_PLACE = /^(same postcode, same address|same postcode, no address|no postcode, same address|exact)( \(|$)/;

/**
 * Pairs that must not be linked by the machine: one surname, one birth date, one address, and different first names are
 * twins, however much else agrees, unless a number of their own says they are one. Only in data that has households.
 */
export function twins(
  fields: readonly Field[],
  mixture: Mixture,
  pairs: PairList,
  levels: Uint8Array,
  weight: ArrayLike<number>,
  rows: number,
): [number, number][] {
  const households = mixture.classes.find(({ name }) => name === 'household');
  if (households === undefined || households.pairs < HAS_FAMILIES * rows) return [];
  const places = fields.flatMap(({ role }, f) => (role === 'place' ? [f] : []));
  const tables = fields.map(({ role, levels: of }) =>
    Uint8Array.from(of, ({ name }) => {
      if (role === 'given') return OTHER_NAME.has(name) ? 1 : 0;
      // Twins have each their own.
      if (role === 'middle') return name === 'exact' ? 0 : 1;
      if (role === 'surname') return name === 'exact' || name === 'typo' || name === 'variant' ? 1 : 0;
      if (role === 'date') return name === 'exact' || name === 'first of January' ? 1 : 0;
      if (role === 'place') return SAME_PLACE.test(name) || (name === 'missing' && places.length > 1) ? 1 : 0;
      if (role === 'identifier') return name === 'exact' ? 0 : 1;
      return 1;
    }),
  );
  const F = fields.length;
  const found: [number, number][] = [];
  for (let k = 0; k < pairs.count; k++) {
    if (weight[k]! >= BEYOND_DOUBT) continue;
    let all = true;
    for (let f = 0; f < F && all; f++) all = tables[f]![levels[k * F + f]!] === 1;
    if (all && (places.length < 2 || places.some((f) => levels[k * F + f] !== 0)))
      found.push([pairs.left[k]!, pairs.right[k]!]);
  }
  return found;
}
