import type { MiddleSets } from './middle-sets.js';
import { middleRange } from './name-columns.js';
import type { ReadColumn } from './name-words.js';
import type { OwnNames } from './own-names.js';

/** A name somebody has beside the one that stands first: an alias, a maiden name, the second of two in a cell. */
export interface OtherName {
  row: number;
  given: number;
  surname: number;
  middle: number;
  extra: number[];
}

/** More names of one person are not looked at. */
const MOST_OTHERS = 8;

/**
 * The other names, by row; null where nobody has any. What a name leaves out is as in the person's own: a maiden name is
 * another surname of the same given name. A part the person's own name lacks is filled in there.
 */
export function otherNames(
  columns: readonly ReadColumn[],
  own: OwnNames,
  middles: MiddleSets,
  rows: number,
): OtherName[] | null {
  const sources = sourcesOf(columns);
  if (sources.length === 0) return null;
  const found: OtherName[] = [];
  const written = new Written(middles);
  for (let row = 0; row < rows; row++) {
    const first = found.length;
    for (const { columns: parts, from } of sources) {
      for (let which = from; found.length < first + MOST_OTHERS; which++) {
        written.read(parts, row, which);
        if (written.isEmpty) break;
        own.given[row] ||= written.given;
        own.surname[row] ||= written.surname;
        const name = written.nameOf(row, own);
        const known = (one: Pick<OtherName, 'given' | 'surname'>): boolean =>
          one.given === name.given && one.surname === name.surname;
        if (!known({ given: own.given[row]!, surname: own.surname[row]! }) && !found.slice(first).some(known))
          found.push(name);
      }
    }
  }
  return found.length === 0 ? null : found;
}

/** Columns that make up a name together, and which of the values in their cells is its first. */
interface Source {
  columns: ReadColumn[];
  from: 0 | 1;
}

function sourcesOf(columns: readonly ReadColumn[]): Source[] {
  const own = columns.filter(({ alias }) => alias === null);
  const sources: Source[] = own.some(({ values }) => values.others !== null) ? [{ columns: own, from: 1 }] : [];
  for (const alias of new Set(columns.flatMap((column) => column.alias ?? [])))
    sources.push({ columns: columns.filter((column) => column.alias === alias), from: 0 });
  return sources;
}

/** One name as its columns have it. */
class Written {
  given = 0;
  surname = 0;
  isEmpty = true;
  private middle = 0;
  private extra: number[] = [];

  constructor(private readonly middles: MiddleSets) {}

  /** In: which of several values in a cell, from 0. */
  read(columns: readonly ReadColumn[], row: number, which: number): void {
    this.given = this.surname = this.middle = 0;
    this.isEmpty = true;
    this.extra = [];
    for (const { part, lone, codes, values } of columns) {
      const code = codes[row]!;
      const words =
        which === 0
          ? values.words.slice(values.start[code], values.start[code + 1])
          : values.others?.get(code)?.[which - 1];
      if (words === undefined || words.length === 0) continue;
      this.isEmpty = false;
      const last = words.length - 1;
      const isGiven = part === 'given' || (part === 'full' && (last > 0 || lone === 'given'));
      const isSurname = part === 'surname' || (part === 'full' && (last > 0 || lone === 'surname'));
      if (isGiven && this.given === 0) this.given = words[0]!;
      if (isSurname && this.surname === 0) this.surname = words[last]!;
      const [from, to] = middleRange(part, 0, words.length);
      if (to > from) this.middle = this.middles.both(this.middle, this.middles.id(words, from, to));
      this.extra.push(...words.slice(isGiven ? 1 : 0, isSurname ? last : words.length));
    }
  }

  /** What it leaves out is as in the person's own name. */
  nameOf(row: number, own: OwnNames): OtherName {
    const { given, surname, extraStart, extra, middle } = own;
    return {
      row,
      given: this.given || given[row]!,
      surname: this.surname || surname[row]!,
      middle: this.middle || middle[row]!,
      extra: this.extra.length > 0 ? this.extra : [...extra.subarray(extraStart[row], extraStart[row + 1])],
    };
  }
}
