import { rowNumbers } from './row-numbers.js';
import type { Column } from '../linking/table.js';
import { bandLevels, type Bands, bandsOf } from './bands.js';
import { type Atom, type Comparator, type Field, type Level, MISSING, plain } from './field.js';
import { type NameRows, partsOf, readNames } from './name-rows.js';
import { RELATION } from './tokens.js';

const EXACT_BANDS = 12;
const CLOSE_BANDS = 5;
/** Levels of a given name or a surname: 0 missing, then exact × bands, variant × bands, typo × bands, then the rest. */
const VARIANT = 1 + EXACT_BANDS;
const TYPO = VARIANT + CLOSE_BANDS;
const SWAPPED = TYPO + CLOSE_BANDS;
const REST = SWAPPED + CLOSE_BANDS;
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
const OTHER = REST;
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
const LEVEL_OF_RELATION = Uint8Array.from({ length: 12 }, (_, relation) => REST_OF[relation] ?? 0);

/** Given name and surname, each a field of its own; order-free, through swapped parts and further names. */
export function nameComparator(columns: readonly Column[], rows: number): Comparator {
  const parts = partsOf(columns);
  return new Names(
    readNames(columns, parts, rows),
    columns.map(({ name }) => name),
    rows,
  );
}

class Names implements Comparator {
  readonly kind = 'name';
  readonly fields: Field[];
  readonly atoms: Atom[];
  private readonly givenBands: Bands;
  private readonly surnameBands: Bands;
  private readonly givenClose: Uint8Array;
  private readonly surnameClose: Uint8Array;

  constructor(
    private readonly names: NameRows,
    readonly columns: string[],
    rows: number,
  ) {
    const { tokens } = names;
    this.givenBands = bandsOf(tokens.given, 1.25, EXACT_BANDS);
    this.surnameBands = bandsOf(tokens.surname, 1.25, EXACT_BANDS);
    const closeGiven = bandsOf(tokens.given, 3, CLOSE_BANDS);
    const closeSurname = bandsOf(tokens.surname, 3, CLOSE_BANDS);
    this.givenClose = closeGiven.of;
    this.surnameClose = closeSurname.of;
    this.fields = [
      { name: 'given name', role: 'given', levels: levelsOf(this.givenBands, closeGiven) },
      { name: 'surname', role: 'surname', levels: levelsOf(this.surnameBands, closeSurname) },
    ];
    this.atoms = atomsOf(names, rows);
  }

  compare(left: Uint32Array, right: Uint32Array, count: number, out: Uint8Array, stride: number, offset: number): void {
    const { given, surname, extraStart } = this.names;
    let to = offset;
    for (let k = 0; k < count; k++, to += stride) {
      const i = left[k]!;
      const j = right[k]!;
      const gi = given[i]!;
      const gj = given[j]!;
      const si = surname[i]!;
      const sj = surname[j]!;
      let g =
        gi === 0 || gj === 0
          ? 0
          : gi === gj
            ? 1 + this.givenBands.of[gi]!
            : this.closeness(gi, gj, this.givenClose, this.names.tokens.given);
      let s =
        si === 0 || sj === 0
          ? 0
          : si === sj
            ? 1 + this.surnameBands.of[si]!
            : this.closeness(si, sj, this.surnameClose, this.names.tokens.surname);
      if (g >= REST || s >= REST || g === 0 || s === 0) {
        const cross = this.crossed(gi, si, gj, sj);
        if (cross !== 0 && (g >= REST || g === 0) && (s >= REST || s === 0)) {
          g = 0;
          s = SWAPPED + cross - 1;
        } else if (extraStart[i] !== extraStart[i + 1] || extraStart[j] !== extraStart[j + 1]) {
          if (g > OTHER && this.meets(i, gi, j, gj)) g = OTHER;
          if (s > OTHER && this.meets(i, si, j, sj)) s = OTHER;
        }
      }
      out[to] = g;
      out[to + 1] = s;
    }
  }

  private closeness(a: number, b: number, bands: Uint8Array, counts: Uint32Array): number {
    const relation = this.names.tokens.relation(a, b);
    if (relation > RELATION.typo) return LEVEL_OF_RELATION[relation]!;
    // A slip is as rare as the name it is a slip of.
    const band = counts[a]! > counts[b]! ? bands[a]! : bands[b]!;
    return (relation === RELATION.variant ? VARIANT : TYPO) + band;
  }

  /** One more than the band of the commonest word that stands in the other's place; 0 where none does. */
  private crossed(gi: number, si: number, gj: number, sj: number): number {
    const { tokens } = this.names;
    const bands = this.surnameClose;
    if (gi !== 0 && sj !== 0 && si !== 0 && gj !== 0) {
      const one = tokens.relation(gi, sj);
      if (one > RELATION.similar) return 0;
      const two = tokens.relation(si, gj);
      const close =
        (one <= RELATION.typo && two <= RELATION.similar) || (one <= RELATION.similar && two <= RELATION.typo);
      return close ? 1 + Math.min(bands[gi]!, bands[gj]!) : 0;
    }
    // Somebody with one name only: it may be the other's surname.
    if (gi !== 0 && sj !== 0 && tokens.relation(gi, sj) <= RELATION.typo) return 1 + Math.min(bands[gi]!, bands[sj]!);
    if (si !== 0 && gj !== 0 && tokens.relation(si, gj) <= RELATION.typo) return 1 + Math.min(bands[si]!, bands[gj]!);
    return 0;
  }

  /** Whether a word meets one of the other's further words. */
  private meets(i: number, a: number, j: number, b: number): boolean {
    const { tokens, extra, extraStart } = this.names;
    for (let x = extraStart[i]!; x < extraStart[i + 1]!; x++) {
      if (b !== 0 && tokens.relation(extra[x]!, b) <= RELATION.typo) return true;
    }
    for (let y = extraStart[j]!; y < extraStart[j + 1]!; y++) {
      if (a !== 0 && tokens.relation(a, extra[y]!) <= RELATION.typo) return true;
    }
    return false;
  }
}

function levelsOf(exact: Bands, close: Bands): Level[] {
  return [
    MISSING,
    ...bandLevels('exact', exact, true),
    ...bandLevels('variant', close, false),
    ...bandLevels('typo', close, false),
    ...bandLevels('swapped', close, false),
    ...REST_NAMES.map(plain),
  ];
}

function atomsOf(names: NameRows, rows: number): Atom[] {
  const { tokens, given, surname } = names;
  const word = (of: (id: number) => string): Uint32Array => {
    const ids = new Map<string, number>([['', 0]]);
    return Uint32Array.from(tokens.words, (_, id) => {
      const text = id === 0 ? '' : of(id);
      let code = ids.get(text);
      if (code === undefined) ids.set(text, (code = ids.size));
      return code;
    });
  };
  const map = (source: Uint32Array, codes: Uint32Array): Uint32Array => {
    const made = rowNumbers(rows);
    for (let row = 0; row < rows; row++) made[row] = codes[source[row]!]!;
    return made;
  };
  const sounds = tokens.soundNumbers;
  const letters = tokens.letterNumbers();
  const starts = word((id) => (tokens.words[id]!.length > 1 ? tokens.words[id]!.slice(0, 3) : ''));
  const starts4 = word((id) => (tokens.words[id]!.length > 3 ? tokens.words[id]!.slice(0, 4) : ''));
  const ends = word((id) => (tokens.words[id]!.length > 3 ? tokens.words[id]!.slice(-4) : ''));
  const standards = tokens.roots;
  const both = rowNumbers(rows);
  for (let row = 0; row < rows; row++) {
    const [x, y] = [standards[given[row]!]!, standards[surname[row]!]!];
    if (x !== 0 && y !== 0)
      both[row] = (Math.imul(Math.min(x, y), 0x9e3779b1) ^ Math.imul(Math.max(x, y), 0x85ebca6b)) >>> 0 || 1;
  }
  return [
    { name: 'given name', family: 'given', codes: map(given, standards) },
    { name: 'given name sound', family: 'given', codes: map(given, sounds) },
    { name: 'given name start', family: 'given', codes: map(given, starts) },
    { name: 'surname', family: 'surname', codes: map(surname, standards) },
    { name: 'surname sound', family: 'surname', codes: map(surname, sounds) },
    { name: 'surname start', family: 'surname', codes: map(surname, starts4) },
    { name: 'surname end', family: 'surname', codes: map(surname, ends) },
    { name: 'given name letters', family: 'given', codes: map(given, letters) },
    { name: 'surname letters', family: 'surname', codes: map(surname, letters) },
    { name: 'both names', family: 'given+surname', codes: both },
    { name: 'a name', family: 'given+surname', codes: map(given, standards), more: map(surname, standards) },
    { name: 'a name by sound', family: 'given+surname', codes: map(given, sounds), more: map(surname, sounds) },
  ].filter(({ codes }) => codes.some((code) => code !== 0));
}
