import type { Column } from '../linking/table.js';
import { type Bands, bandsOf } from './bands.js';
import type { Atom, Comparator, Field } from './field.js';
import { MiddleNames, OTHER_MIDDLE } from './middle-names.js';
import { nameAtoms } from './name-atoms.js';
import {
  CLOSE_BANDS,
  EXACT_BANDS,
  LEVEL_OF_RELATION,
  levelsOf,
  MIDDLE_WORTH,
  OTHER,
  REST,
  SWAPPED,
  TYPO,
  VARIANT,
  WORTH,
} from './name-levels.js';
import { type NameRows, readNames } from './name-rows.js';
import { RELATION } from './tokens.js';

/** Rows with a middle name from which it is evidence of its own. */
const ENOUGH_MIDDLES = 0.02;

/**
 * Given name, surname and, where enough rows have one, middle name, each a field of its own; order-free, through swapped
 * parts and further names. Of people with several names the two most alike are compared.
 */
export function nameComparator(columns: readonly Column[], rows: number): Comparator {
  return new Names(
    readNames(columns, rows),
    columns.map(({ name }) => name),
    rows,
  );
}

class Names implements Comparator {
  readonly kind = 'name';
  readonly fields: Field[];
  readonly optional: Field;
  readonly atoms: Atom[];
  /** Name n's given name, surname, middle names and number of further words from `numbers[n * 4]`: one place in memory. */
  private readonly numbers: Uint32Array;
  private readonly givenBands: Bands;
  private readonly surnameBands: Bands;
  private readonly givenClose: Uint8Array;
  private readonly surnameClose: Uint8Array;
  private readonly middles: MiddleNames;

  constructor(
    private readonly names: NameRows,
    readonly columns: string[],
    rows: number,
  ) {
    const { tokens, all, middle, middles, extraStart } = names;
    this.numbers = sideBySide(all.given, all.surname, middle, extraStart);
    this.givenBands = bandsOf(tokens.given, 1.25, EXACT_BANDS);
    this.surnameBands = bandsOf(tokens.surname, 1.25, EXACT_BANDS);
    const closeGiven = bandsOf(tokens.given, 3, CLOSE_BANDS);
    const closeSurname = bandsOf(tokens.surname, 3, CLOSE_BANDS);
    this.givenClose = closeGiven.of;
    this.surnameClose = closeSurname.of;
    const ownMiddles = middle.subarray(0, rows);
    this.middles = new MiddleNames(middles, tokens, ownMiddles);
    this.fields = [
      {
        name: 'given name',
        role: 'given',
        levels: levelsOf(this.givenBands, closeGiven),
        agreesUpTo: SWAPPED - 1,
      },
      {
        name: 'surname',
        role: 'surname',
        levels: levelsOf(this.surnameBands, closeSurname),
        agreesUpTo: SWAPPED - 1,
      },
    ];
    this.optional = { name: 'middle name', role: 'middle', levels: this.middles.levels };
    const present = ownMiddles.reduce((sum, set) => sum + (set === 0 ? 0 : 1), 0);
    if (present > 1 && present >= ENOUGH_MIDDLES * rows) this.fields.push(this.optional);
    this.atoms = nameAtoms(names, rows);
  }

  compare(left: Uint32Array, right: Uint32Array, count: number, out: Uint8Array, stride: number, offset: number): void {
    const { aliasStart } = this.names;
    const hasMiddle = this.fields.length > 2;
    const hasOthers = (row: number): boolean => aliasStart !== null && aliasStart[row] !== aliasStart[row + 1];
    for (let k = 0, to = offset; k < count; k++, to += stride) {
      const i = left[k]!;
      const j = right[k]!;
      if (aliasStart !== null && (hasOthers(i) || hasOthers(j))) this.nearest(i, j, out, to, hasMiddle);
      else this.relate(i, j, out, to, hasMiddle);
    }
  }

  /** Writes the levels of the two names of these people that are most alike. */
  private nearest(i: number, j: number, out: Uint8Array, to: number, hasMiddle: boolean): void {
    const aliasStart = this.names.aliasStart!;
    let best = -1;
    let [given, surname, middle] = [0, 0, 0];
    for (let a = i; a !== -1; a = nextName(a, i, aliasStart)) {
      for (let b = j; b !== -1; b = nextName(b, j, aliasStart)) {
        this.relate(a, b, out, to, hasMiddle);
        const [g, s, m] = [out[to]!, out[to + 1]!, hasMiddle ? out[to + 2]! : 0];
        const worth = WORTH[g]! + WORTH[s]! + MIDDLE_WORTH[m]!;
        // Where two are worth as much the levels' numbers decide, not the order of the names.
        if (worth < best || (worth === best && (g - given || s - surname || m - middle) >= 0)) continue;
        best = worth;
        [given, surname, middle] = [g, s, m];
      }
    }
    out[to] = given;
    out[to + 1] = surname;
    if (hasMiddle) out[to + 2] = middle;
  }

  /** Writes the levels of two names. */
  private relate(i: number, j: number, out: Uint8Array, to: number, hasMiddle: boolean): void {
    const { numbers } = this;
    const { tokens } = this.names;
    const gi = numbers[i * 4]!;
    const gj = numbers[j * 4]!;
    const si = numbers[i * 4 + 1]!;
    const sj = numbers[j * 4 + 1]!;
    let g =
      gi === 0 || gj === 0
        ? 0
        : gi === gj
          ? 1 + this.givenBands.of[gi]!
          : this.closeness(gi, gj, this.givenClose, tokens.given);
    let s =
      si === 0 || sj === 0
        ? 0
        : si === sj
          ? 1 + this.surnameBands.of[si]!
          : this.closeness(si, sj, this.surnameClose, tokens.surname);
    const noGiven = g >= REST || g === 0;
    const noSurname = s >= REST || s === 0;
    if (noGiven || noSurname) {
      const cross = noGiven && noSurname ? this.crossed(gi, si, gj, sj) : 0;
      if (cross !== 0) {
        g = 0;
        s = SWAPPED + cross - 1;
      } else if (numbers[i * 4 + 3] !== 0 || numbers[j * 4 + 3] !== 0) {
        if (g > OTHER && this.meets(i, gi, j, gj)) g = OTHER;
        if (s > OTHER && this.meets(i, si, j, sj)) s = OTHER;
      }
    }
    out[to] = g;
    out[to + 1] = s;
    if (!hasMiddle) return;
    const middle = this.middles.compare(numbers[i * 4 + 2]!, numbers[j * 4 + 2]!);
    // A middle name that has been met as the other's given name or surname is not to speak twice.
    out[to + 2] = g === OTHER || (s === OTHER && middle === OTHER_MIDDLE) ? 0 : middle;
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

function sideBySide(
  given: Uint32Array,
  surname: Uint32Array,
  middle: Uint32Array,
  extraStart: Uint32Array,
): Uint32Array {
  const numbers = new Uint32Array(given.length * 4);
  for (let name = 0, at = 0; name < given.length; name++, at += 4) {
    numbers[at] = given[name]!;
    numbers[at + 1] = surname[name]!;
    numbers[at + 2] = middle[name]!;
    numbers[at + 3] = extraStart[name + 1]! - extraStart[name]!;
  }
  return numbers;
}

/** The number of the name after this one of the person; -1 after the last. */
function nextName(name: number, row: number, aliasStart: Uint32Array): number {
  const next = name === row ? aliasStart[row]! : name + 1;
  return next < aliasStart[row + 1]! ? next : -1;
}
