import { SHARED_BY_MANY } from '../../fields/middle-sets.js';
import type { NamePart } from '../../fields/name-rows.js';
import type { Cleaned, Value } from './cleaned.js';
import type { Dialect } from './dialect.js';

const HONORIFICS =
  'mr mrs miss ms mx dr rev prof sir dame lady lord master jr snr jnr sr junior senior nee 1st 2nd 3rd baron baronet'.split(
    ' ',
  );
const PARTICLES =
  'van von der den de da do dos das del della di du la le el al bin ibn binti bint ap ab ter ten zu af av'.split(' ');
const TWO_LETTERS = [
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['þ', 'th'],
] as const;

/** normaliseName of libs/person, but for compatibility forms (NFKC). */
export function normalNameSql(dialect: Dialect, text: string): string {
  let sql = `translate(${dialect.withoutAccents(`lower(${text})`)}, 'øłđðħıŋ', 'olddhin')`;
  for (const [from, to] of TWO_LETTERS) sql = `replace(${sql}, '${from}', '${to}')`;
  sql = dialect.replaceAll(sql, "['\u2018\u2019\u201b\u02bc\u02bb\u02b9`\u00b4\uff07]", '');
  sql = `trim(${dialect.replaceAll(sql, '[^\\p{L}\\p{M}\\p{N}]+', ' ')})`;
  sql = dialect.replaceAll(sql, '(^| )mc (\\p{L}{3})', '$1mc$2');
  return dialect.replaceAll(sql, '(^| )o (\\p{L}{3})', '$1o$2');
}

/** A name comparison's columns: what each holds, and whether all its values are single plain words. */
export interface NameColumns {
  names: readonly string[];
  parts: readonly NamePart[];
  single: readonly boolean[];
}

/** Every record's name as words, as fields/name-rows.ts reads them. */
export class NameWords {
  constructor(
    private readonly dialect: Dialect,
    private readonly columns: NameColumns,
  ) {}

  /** The given name or the surname. Null where there is none. */
  word(cleaned: Cleaned, name: string, wanted: 'given' | 'surname'): Value {
    const { names, parts } = this.columns;
    const used = names.filter((_, c) => parts[c] === wanted || parts[c] === 'full');
    return cleaned.value(name, used, (at) => {
      const ways = names.flatMap((column, c) => this.wordOf(cleaned, at(column), c, wanted));
      return ways.length === 0 ? `nullif('', '')` : ways.length === 1 ? ways[0]! : `coalesce(${ways.join(', ')})`;
    });
  }

  private wordOf(cleaned: Cleaned, column: string, c: number, wanted: 'given' | 'surname'): string[] {
    const { dialect } = this;
    const part = this.columns.parts[c]!;
    if (part !== wanted && part !== 'full') return [];
    if (this.columns.single[c] === true && part === wanted) return [`nullif(lower(${dialect.asText(column)}), '')`];
    if (!cleaned.prepared) return [this.simply(column, part, wanted)];
    const list = this.words(column, part);
    if (part === 'given') return [dialect.item(list, '1')];
    // A surname of several words counts as one.
    if (part === 'surname') return [`nullif(${dialect.join(list, '')}, '')`];
    const last = dialect.item(list, dialect.size(list));
    return [wanted === 'given' ? `case when ${dialect.size(list)} > 1 then ${dialect.item(list, '1')} end` : last];
  }

  /**
   * Over raw columns, where a word is written out again and again: the first word is the given name, a surname's words
   * count as one, and titles, particles and accents stay.
   */
  private simply(column: string, part: NamePart, wanted: 'given' | 'surname'): string {
    const { dialect } = this;
    const [word, other] = ['[\\p{L}\\p{N}]+', '[^\\p{L}\\p{N}]+'];
    const text = `lower(${dialect.asText(column)})`;
    if (part === 'surname') return `nullif(${dialect.replaceAll(text, other, '')}, '')`;
    if (part === 'given') return `nullif(${dialect.capture(text, word, 0)}, '')`;
    const sql =
      wanted === 'given'
        ? dialect.capture(text, `(${word})${other}${word}`, 1)
        : dialect.capture(text, `(${word})[^\\p{L}\\p{N}]*$`, 1);
    return `nullif(${sql}, '')`;
  }

  /** All further words, as a list. */
  further(cleaned: Cleaned, name: string): Value {
    const { dialect } = this;
    const { names, parts } = this.columns;
    return cleaned.value(name, names, (at) =>
      dialect.concat(
        names.map((column, c) => {
          const list = `coalesce(${this.words(at(column), parts[c]!)}, ${this.none()})`;
          if (parts[c] === 'middle') return list;
          if (parts[c] === 'given') return dialect.rest(list, 2);
          if (parts[c] === 'surname') return dialect.filter(list, 'w', `${dialect.size(list)} > 1`);
          return dialect.inner(list);
        }),
      ),
    );
  }

  /** Given names after the first, as a list. */
  middle(cleaned: Cleaned, name: string): Value {
    const { dialect } = this;
    const { names, parts } = this.columns;
    const used = names.filter((_, c) => parts[c] !== 'surname');
    return cleaned.value(name, used, (at) => {
      const all = dialect.concat(
        used.map((column) => {
          const part = parts[names.indexOf(column)]!;
          const list = `coalesce(${this.words(at(column), part)}, ${this.none()})`;
          return part === 'middle' ? list : part === 'given' ? dialect.rest(list, 2) : dialect.inner(list);
        }),
      );
      return dialect.filter(all, 'w', `not ${dialect.isOneOf([...SHARED_BY_MANY], 'w')}`);
    });
  }

  private none(): string {
    const { dialect } = this;
    return dialect.filter(dialect.list([dialect.text('')]), 'w', "w <> ''");
  }

  /** Titles, and a surname's particles, are left out unless nothing else is left. */
  private words(column: string, part: NamePart): string {
    const { dialect } = this;
    const split = dialect.split(normalNameSql(dialect, dialect.asText(column)), ' ');
    const leave = part === 'surname' || part === 'full' ? [...HONORIFICS, ...PARTICLES] : HONORIFICS;
    const telling = dialect.filter(split, 'w', `w <> '' and not ${dialect.isOneOf(leave, 'w')}`);
    const all = dialect.filter(split, 'w', "w <> ''");
    return `case when ${dialect.size(telling)} > 0 then ${telling} else ${all} end`;
  }
}
