import type { ComparisonKind } from '../linking/settings.js';
import { jaroAtMost, lettersOf } from '../comparing/letters.js';
import type { Column } from '../linking/table.js';
import { bandLevels, type Bands, bandsOf } from './bands.js';
import { countsOf, pairedAtoms, hashOfText, keyColumns, recode, sharedDictionary, singleColumn } from './codes.js';
import { type Atom, type Comparator, type Field, MISSING, plain } from './field.js';
import { capacityFor, PairCache } from './pair-cache.js';
import { readingSex } from './sex-words.js';
import { KINDS, type ValueKind } from './value-kinds.js';

const BANDS = 12;
const MANY_TEXTS = 40_000;

/** One comparison whose whole value is compared; several columns of one contact or number: the best of all pairs. */
export function valueComparator(kindName: ComparisonKind, columns: readonly Column[], rows: number): Comparator {
  const kind = KINDS[kindName]!;
  const many = kind.role === 'identifier' || kind.role === 'contact';
  const read = many ? columns : [singleColumn(columns, rows)];
  return new Values(
    kindName,
    columns.map(({ name }) => name),
    kind,
    sharedDictionary(
      read.map((column) =>
        recode(column, rows, kindName === 'category' ? readingSex(column, kind.normal) : kind.normal),
      ),
      rows,
    ),
    rows,
  );
}

class Values implements Comparator {
  readonly fields: Field[];
  readonly atoms: Atom[];
  private readonly bands: Bands;
  private readonly cache: PairCache;
  private readonly texts: string[];
  private readonly letters: Uint32Array;
  private readonly lengths: Uint16Array;
  /** A bit for each piece of a text. */
  private readonly pieces: Uint32Array;

  constructor(
    readonly kind: ComparisonKind,
    readonly columns: string[],
    private readonly how: ValueKind,
    private readonly values: Column[],
    rows: number,
  ) {
    this.cache = new PairCache(capacityFor(rows));
    this.texts = values[0]!.values;
    this.letters = Uint32Array.from(this.texts, lettersOf);
    this.lengths = Uint16Array.from(this.texts, ({ length }) => Math.min(length, 65_535));
    this.pieces = Uint32Array.from(this.texts, (text) =>
      how.pieces(text).reduce((bits, piece) => bits | (piece === '' ? 0 : 1 << (hashOfText(piece) & 31)), 0),
    );
    const counts = new Uint32Array(this.texts.length);
    for (const column of values) countsOf(column).forEach((count, code) => (counts[code]! += count));
    this.bands = bandsOf(counts, 1.5, BANDS);
    const levels = [
      MISSING,
      ...bandLevels('exact', this.bands, values.length === 1, 'agrees'),
      ...how.levels.map((name, at) => plain(name, at === how.levels.length - 1 ? 'differs' : undefined)),
    ];
    this.fields = [{ name: columns[0]!, role: how.role, levels }];
    // Of very many texts the coarser keys cost more than they find: what is left is divided by other fields' keys.
    const coarse = this.texts.length > MANY_TEXTS ? Object.entries(how.keys).slice(0, 1) : Object.entries(how.keys);
    const [name] = columns;
    this.atoms = [
      ...pairedAtoms(name!, name!, values),
      ...coarse.flatMap(([key, of]) => pairedAtoms(key, name!, keyColumns(values, rows, of))),
    ];
  }

  compare(left: Uint32Array, right: Uint32Array, count: number, out: Uint8Array, stride: number, offset: number): void {
    const { values, bands } = this;
    let to = offset;
    for (let k = 0; k < count; k++, to += stride) {
      const i = left[k]!;
      const j = right[k]!;
      let best = 0;
      for (let x = 0; x < values.length; x++) {
        const a = values[x]!.codes[i]!;
        if (a === 0) continue;
        for (let y = 0; y < values.length; y++) {
          const b = values[y]!.codes[j]!;
          if (b === 0) continue;
          const level = a === b ? bands.of[a]! + 1 : this.different(a, b);
          if (best === 0 || (level > BANDS ? level < best : best > BANDS || level > best)) best = level;
        }
      }
      out[to] = best;
    }
  }

  /** Most pairs of values have nothing in common: told from numbers alone, faster than remembering them would be. */
  private isFar(a: number, b: number): boolean {
    if ((this.pieces[a]! & this.pieces[b]!) !== 0) return false;
    return jaroAtMost(this.lengths[a]!, this.lengths[b]!, this.letters[a]!, this.letters[b]!) < this.how.alike;
  }

  private different(a: number, b: number): number {
    if (this.isFar(a, b)) return BANDS + this.how.levels.length;
    const [low, high] = a < b ? [a, b] : [b, a];
    const place = this.cache.place(low, high);
    const known = this.cache.get(place);
    if (known !== 0) return known;
    const level = 1 + BANDS + this.how.relate(this.texts[low]!, this.texts[high]!);
    this.cache.set(place, low, high, level);
    return level;
  }
}
