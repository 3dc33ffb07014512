import type { NamePart } from '../../fields/name-rows.js';
import type { Cleaned, Value } from './cleaned.js';
import type { Dialect } from './dialect.js';

const HONORIFICS =
  'mr mrs miss ms mx dr rev prof sir dame lady lord master jr snr jnr sr junior senior nee 1st 2nd 3rd baron baronet'.split(
    ' ',
  );
const PARTICLES =
  'van von der den de da do dos das del della di du la le el al bin ibn binti bint ap ab ter ten zu af av'.split(' ');

export interface NameValues {
  given: Value;
  surname: Value;
  /** List of the further words; null where no row has any. */
  extra: Value | null;
}

/** normaliseName of libs/person, but for compatibility forms (NFKC). */
export function normalNameSql(dialect: Dialect, text: string): string {
  let sql = dialect.withoutAccents(`lower(${text})`);
  sql = `translate(${sql}, 'øłđðħıŋ', 'olddhin')`;
  for (const [from, to] of [
    ['ß', 'ss'],
    ['æ', 'ae'],
    ['œ', 'oe'],
    ['þ', 'th'],
  ])
    sql = `replace(${sql}, '${from}', '${to}')`;
  sql = dialect.replaceAll(sql, "['\u2018\u2019\u201b\u02bc\u02bb\u02b9`\u00b4\uff07]", '');
  sql = `trim(${dialect.replaceAll(sql, '[^\\p{L}\\p{M}\\p{N}]+', ' ')})`;
  sql = dialect.replaceAll(sql, '(^| )mc (\\p{L}{3})', '$1mc$2');
  return dialect.replaceAll(sql, '(^| )o (\\p{L}{3})', '$1o$2');
}

/**
 * Every record's name as words, as fields/name-rows.ts reads them. In: what each column holds, and whether all its values
 * are single plain words (then their lower case will do).
 */
export function nameValues(
  dialect: Dialect,
  cleaned: Cleaned,
  prefix: string,
  columns: readonly string[],
  parts: readonly NamePart[],
  single: readonly boolean[],
  furtherWords: boolean,
): NameValues {
  const words = (column: string, part: NamePart): string => {
    const split = dialect.split(normalNameSql(dialect, column), ' ');
    const left = part === 'surname' || part === 'full' ? [...HONORIFICS, ...PARTICLES] : HONORIFICS;
    const list = (leave: readonly string[]): string =>
      dialect.filter(split, 'w', `not ${dialect.isOneOf(leave, 'w')}`);
    return `case when ${dialect.size(list(['', ...left]))} > 0 then ${list(['', ...left])} else ${list([''])} end`;
  };
  const none = `nullif('', '')`;
  const wordOf =
    (wanted: 'given' | 'surname') =>
    (at: (column: string) => string): string => {
      const ways = columns.flatMap((column, c) => {
        const part = parts[c]!;
        if (part !== wanted && part !== 'full') return [];
        if (single[c] === true && part === wanted) return [`nullif(lower(${at(column)}), '')`];
        const list = words(at(column), part);
        if (part === 'given') return [dialect.item(list, '1')];
        if (part === 'surname') return [`nullif(${dialect.join(list, '')}, '')`];
        return [
          wanted === 'given'
            ? `case when ${dialect.size(list)} > 1 then ${dialect.item(list, '1')} end`
            : dialect.item(list, dialect.size(list)),
        ];
      });
      return ways.length === 0 ? none : ways.length === 1 ? ways[0]! : `coalesce(${ways.join(', ')})`;
    };
  const extra = (at: (column: string) => string): string =>
    dialect.concat(
      columns.map((column, c) => {
        const list = `coalesce(${words(at(column), parts[c]!)}, ${dialect.filter(dialect.list([dialect.text('')]), 'w', "w <> ''")})`;
        if (parts[c] === 'middle') return list;
        if (parts[c] === 'given') return dialect.rest(list, 2);
        if (parts[c] === 'full')
          return dialect.filter(dialect.rest(list, 2), 'w', `w <> ${dialect.item(list, dialect.size(list))}`);
        return dialect.filter(list, 'w', `${dialect.size(list)} > 1`);
      }),
    );
  const used = (wanted: NamePart): string[] => columns.filter((_, c) => parts[c] === wanted || parts[c] === 'full');
  return {
    given: cleaned.value(`${prefix}_given`, used('given'), wordOf('given')),
    surname: cleaned.value(`${prefix}_surname`, used('surname'), wordOf('surname')),
    extra: furtherWords ? cleaned.value(`${prefix}_further`, columns, extra) : null,
  };
}
