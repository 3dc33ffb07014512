import { bandLevels, type Bands } from './bands.js';
import { type Level, MISSING, plain } from './field.js';
import { RELATION } from './tokens.js';

export const EXACT_BANDS = 12;
export const CLOSE_BANDS = 5;
/** Levels of a given name or a surname: 0 missing, then exact × bands, variant × bands, typo × bands, then the rest. */
export const VARIANT = 1 + EXACT_BANDS;
export const TYPO = VARIANT + CLOSE_BANDS;
export const SWAPPED = TYPO + CLOSE_BANDS;
export const REST = SWAPPED + CLOSE_BANDS;
const REST_NAMES = [
  'other part',
  'two names',
  'sound',
  'jumbled',
  'similar',
  'initial',
  'truncated',
  'a little alike',
  'different',
];
export const OTHER = REST;
const REST_OF: Record<number, number> = {
  [RELATION.twoNames]: REST + 1,
  [RELATION.sound]: REST + 2,
  [RELATION.jumbled]: REST + 3,
  [RELATION.similar]: REST + 4,
  [RELATION.initial]: REST + 5,
  [RELATION.truncated]: REST + 6,
  [RELATION.aLittleAlike]: REST + 7,
  [RELATION.different]: REST + 8,
};
/** How much of one person two names show, to choose among several: level by level, rarer names first. */
export const WORTH = Float32Array.from({ length: REST + REST_NAMES.length }, (_, level) => {
  if (level === 0) return 4;
  if (level < VARIANT) return 24 + level;
  if (level < TYPO) return 18 + 2 * (level - VARIANT);
  if (level < SWAPPED) return 14 + 2 * (level - TYPO);
  if (level < REST) return 36 + 4 * (level - SWAPPED);
  return [12, 9, 10, 9, 8, 8, 7, 3, 0][level - REST]!;
});
export const MIDDLE_WORTH = [2, 6, 7, 8, 9, 10, 6, 5, 4, 4, 0];
export const LEVEL_OF_RELATION = Uint8Array.from({ length: 12 }, (_, relation) => REST_OF[relation] ?? 0);

export function levelsOf(exact: Bands, close: Bands): Level[] {
  return [
    MISSING,
    ...bandLevels('exact', exact, true, 'agrees'),
    ...bandLevels('variant', close, false),
    ...bandLevels('typo', close, false),
    ...bandLevels('swapped', close, false),
    ...REST_NAMES.map((name) => plain(name, name === 'different' ? 'differs' : undefined)),
  ];
}
