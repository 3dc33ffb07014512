/** How the two engines Splink runs on spell what our levels need. DuckDB is the one that is tested against. */
export interface Dialect {
  name: 'duckdb' | 'spark';
  /** A column's name, quoted. */
  name_(column: string): string;
  text(value: string): string;
  list(items: readonly string[]): string;
  /** Item `at` of a list, counted from 1; null past its end. */
  item(list: string, at: string): string;
  /** Items `from` to the end. */
  rest(list: string, from: number): string;
  size(list: string): string;
  concat(lists: readonly string[]): string;
  filter(list: string, variable: string, condition: string): string;
  map(list: string, variable: string, value: string): string;
  sum(list: string): string;
  most(list: string): string;
  contains(list: string, item: string): string;
  overlap(a: string, b: string): string;
  split(text: string, by: string): string;
  join(list: string, by: string): string;
  sortedLetters(text: string): string;
  lookup(entries: readonly (readonly [string, string])[], key: string, otherwise: string): string;
  replaceAll(text: string, pattern: string, by: string): string;
  /** Many replacements one after the other, with little nesting where that can be: Splink's parser runs out of stack. */
  replaceInTurn(text: string, rules: readonly (readonly [string, string])[]): string;
  /** Each run of one of these letters as one. */
  withoutRepeats(text: string, letters: string): string;
  /** The first capture group; '' or null where the pattern is not found. */
  capture(text: string, pattern: string, group: number): string;
  matches(text: string, pattern: string): string;
  withoutAccents(text: string): string;
  integer(text: string): string;
  /** Item `at`, counted from 0, of a row of numbers written side by side, `width` characters each. One literal is read far faster than a list. */
  packed(numbers: string, width: number, at: string): string;
  /** Names values of their own (a list, counted from 1) for an expression, so that each is written and worked out once. */
  letting(values: readonly string[], expression: (value: (at: number) => string) => string): string;
  jaroWinkler(a: string, b: string): string;
  damerau(a: string, b: string): string;
  /**
   * What an earlier comparison found (its gamma). Splink takes every column it sees in a condition for one of the input
   * table's, so the name must not look like a column to it; the engine finds it among the columns of the same select,
   * and works it out once.
   */
  found(comparison: string): string;
}

const plain = (value: string): string => `'${value.replaceAll("'", "''")}'`;

export const DUCKDB: Dialect = {
  name: 'duckdb',
  name_: (column) => `"${column.replaceAll('"', '""')}"`,
  text: plain,
  list: (items) => `[${items.join(', ')}]`,
  item: (list, at) => `(${list})[${at}]`,
  rest: (list, from) => `(${list})[${from}:]`,
  size: (list) => `len(${list})`,
  concat: (lists) => lists.reduce((all, list) => `list_concat(${all}, ${list})`),
  filter: (list, variable, condition) => `list_filter(${list}, lambda ${variable}: ${condition})`,
  map: (list, variable, value) => `list_transform(${list}, lambda ${variable}: ${value})`,
  sum: (list) => `coalesce(list_sum(${list}), 0)`,
  most: (list) => `coalesce(list_max(${list}), 0)`,
  contains: (list, item) => `list_contains(${list}, ${item})`,
  overlap: (a, b) => `list_has_any(${a}, ${b})`,
  split: (text, by) => `string_split(${text}, ${plain(by)})`,
  join: (list, by) => `array_to_string(${list}, ${plain(by)})`,
  sortedLetters: (text) => `array_to_string(list_sort(string_split(${text}, '')), '')`,
  lookup: (entries, key, otherwise) =>
    entries.length === 0
      ? otherwise
      : `coalesce(map {${entries.map(([from, to]) => `${plain(from)}: ${to}`).join(', ')}}[${key}], ${otherwise})`,
  replaceAll: (text, pattern, by) =>
    `regexp_replace(${text}, ${plain(pattern)}, ${plain(by.replaceAll('$', '\\'))}, 'g')`,
  replaceInTurn: (text, rules) =>
    rules.reduce(
      (sql, [pattern, by]) =>
        /^[A-Za-z]+$/.test(pattern)
          ? `${sql}.replace('${pattern}', '${by}')`
          : `${sql}.regexp_replace(${plain(pattern)}, ${plain(by.replaceAll('$', '\\'))}, 'g')`,
      `(${text})`,
    ),
  withoutRepeats: (text, letters) =>
    [...letters].reduce(
      (sql, letter) => `${sql}${`.replace('${letter}${letter}', '${letter}')`.repeat(2)}`,
      `(${text})`,
    ),
  capture: (text, pattern, group) => `regexp_extract(${text}, ${plain(pattern)}, ${group})`,
  matches: (text, pattern) => `regexp_matches(${text}, ${plain(pattern)})`,
  withoutAccents: (text) => `strip_accents(${text})`,
  integer: (text) => `try_cast(${text} as integer)`,
  packed: (numbers, width, at) =>
    `cast(substr('${numbers}', ${width} * cast(${at} as integer) + 1, ${width}) as integer)`,
  letting: (values, expression) =>
    `list_transform([[${values.join(', ')}]], lambda p: ${expression((at) => `p[${at}]`)})[1]`,
  jaroWinkler: (a, b) => `jaro_winkler_similarity(${a}, ${b})`,
  damerau: (a, b) => `damerau_levenshtein(${a}, ${b})`,
  found: (comparison) => `gamma_${comparison}.greatest(-1)`,
};

const ACCENTED = 'àáâãäåāăąçćĉċčďèéêëēĕėęěĝğġģĥìíîïĩīĭįĵķĺļľñńņňòóôõöōŏőŕŗřśŝşšţťùúûüũūŭůűųŵýÿŷźżž';
const UNACCENTED = 'aaaaaaaaacccccdeeeeeeeeegggghiiiiiiiijklllnnnnoooooooorrrssssttuuuuuuuuuuwyyyzzz';

/** In Spark's text literals a backslash is an escape. */
const escaped = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export const SPARK: Dialect = {
  ...DUCKDB,
  name: 'spark',
  name_: (column) => `\`${column.replaceAll('`', '``')}\``,
  text: escaped,
  list: (items) => `array(${items.join(', ')})`,
  item: (list, at) => `get(${list}, ${/^\d+$/.test(at) ? Number(at) - 1 : `${at} - 1`})`,
  rest: (list, from) => `slice(${list}, ${from}, 1000)`,
  size: (list) => `size(${list})`,
  concat: (lists) => (lists.length === 1 ? lists[0]! : `concat(${lists.join(', ')})`),
  filter: (list, variable, condition) => `filter(${list}, ${variable} -> ${condition})`,
  map: (list, variable, value) => `transform(${list}, ${variable} -> ${value})`,
  sum: (list) => `aggregate(${list}, cast(0 as double), (total, one) -> total + one)`,
  most: (list) => `coalesce(array_max(${list}), 0)`,
  contains: (list, item) => `array_contains(${list}, ${item})`,
  overlap: (a, b) => `arrays_overlap(${a}, ${b})`,
  split: (text, by) => `split(${text}, ${escaped(by)})`,
  join: (list, by) => `array_join(${list}, ${escaped(by)})`,
  sortedLetters: (text) => `array_join(array_sort(split(${text}, '')), '')`,
  lookup: (entries, key, otherwise) =>
    entries.length === 0
      ? otherwise
      : `coalesce(try_element_at(map(${entries.map(([from, to]) => `${escaped(from)}, ${to}`).join(', ')}), ${key}), ${otherwise})`,
  replaceAll: (text, pattern, by) => `regexp_replace(${text}, ${escaped(pattern)}, ${escaped(by)})`,
  replaceInTurn: (text, rules) =>
    rules.reduce(
      (sql, [pattern, by]) =>
        /^[A-Za-z]+$/.test(pattern)
          ? `replace(${sql}, '${pattern}', '${by}')`
          : `regexp_replace(${sql}, ${escaped(pattern)}, ${escaped(by)})`,
      text,
    ),
  withoutRepeats: (text) => `regexp_replace(${text}, ${escaped('(.)\\1+')}, '$1')`,
  capture: (text, pattern, group) => `regexp_extract(${text}, ${escaped(pattern)}, ${group})`,
  matches: (text, pattern) => `(${text} rlike ${escaped(pattern)})`,
  withoutAccents: (text) => `translate(${text}, ${escaped(ACCENTED)}, ${escaped(UNACCENTED)})`,
  integer: (text) => `try_cast(${text} as int)`,
  packed: (numbers, width, at) => `cast(substr('${numbers}', ${width} * cast(${at} as int) + 1, ${width}) as int)`,
  letting: (values, expression) =>
    `get(transform(array(array(${values.join(', ')})), p -> ${expression((at) => `get(p, ${at - 1})`)}), 0)`,
  jaroWinkler: (a, b) => `jaro_winkler(${a}, ${b})`,
  damerau: (a, b) => `damerau_levenshtein(${a}, ${b})`,
  found: (comparison) => `greatest(IDENTIFIER('gamma_${comparison}'), -1)`,
};
