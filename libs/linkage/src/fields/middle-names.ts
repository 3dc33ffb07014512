import { bandLevels, bandsOf } from './bands.js';
import { type Level, MISSING, plain } from './field.js';
import type { MiddleSets } from './middle-sets.js';
import { PairCache } from './pair-cache.js';
import { type NameTokens, RELATION } from './tokens.js';

const BANDS = 5;
const VARIANT = 1 + BANDS;
const TYPO = VARIANT + 1;
const ALIKE = VARIANT + 2;
const INITIAL = VARIANT + 3;
/** The last level. */
export const OTHER_MIDDLE = VARIANT + 4;
const LEVEL_OF_RELATION = Uint8Array.from({ length: 12 }, (_, relation) => {
  if (relation <= RELATION.variant) return VARIANT;
  if (relation === RELATION.typo) return TYPO;
  if (relation === RELATION.initial) return INITIAL;
  return relation >= RELATION.aLittleAlike ? OTHER_MIDDLE : ALIKE;
});

/** Compares sets of middle names: the two names most alike decide, for one of several is often left out. */
export class MiddleNames {
  readonly levels: Level[];
  /** Per set the level of two rows that both have it. */
  private readonly same: Uint8Array;
  /** Per word the band of its rarity. */
  private readonly bands: Uint8Array;
  private readonly cache = new PairCache();

  /** In: rows' sets. */
  constructor(
    private readonly sets: MiddleSets,
    private readonly tokens: NameTokens,
    rows: Uint32Array,
  ) {
    const often = new Uint32Array(sets.count);
    for (const set of rows) often[set]!++;
    const counts = new Uint32Array(tokens.words.length);
    for (let set = 1; set < sets.count; set++) for (const word of sets.words(set)) counts[word]! += often[set]!;
    const bands = bandsOf(counts, 3, BANDS);
    this.bands = bands.of;
    this.levels = [
      MISSING,
      ...bandLevels('exact', bands, true, 'agrees'),
      ...['variant', 'typo', 'similar', 'initial'].map((name) => plain(name)),
      plain('different', 'differs'),
    ];
    this.same = Uint8Array.from({ length: sets.count }, (_, set) => (set === 0 ? 0 : this.nearest(set, set)));
  }

  /** A level. In: two sets; symmetric. */
  compare(x: number, y: number): number {
    if (x === 0 || y === 0) return 0;
    if (x === y) return this.same[x]!;
    const [low, high] = x < y ? [x, y] : [y, x];
    const place = this.cache.place(low, high);
    const known = this.cache.get(place);
    if (known !== 0) return known;
    const found = this.nearest(low, high);
    this.cache.set(place, low, high, found);
    return found;
  }

  private nearest(x: number, y: number): number {
    let best: number = OTHER_MIDDLE;
    for (const a of this.sets.words(x)) {
      for (const b of this.sets.words(y)) {
        const level = a === b ? this.equal(a) : LEVEL_OF_RELATION[this.tokens.relation(a, b)]!;
        if (isNearer(level, best)) best = level;
      }
    }
    return best;
  }

  /** Of two initials there is no telling whether they stand for one name. */
  private equal(word: number): number {
    return this.tokens.words[word]!.length === 1 ? INITIAL : 1 + this.bands[word]!;
  }
}

/** Of equal words the rarest tells most; the other levels come from the nearest to the farthest. */
function isNearer(level: number, than: number): boolean {
  return level < VARIANT && than < VARIANT ? level > than : level < than;
}
