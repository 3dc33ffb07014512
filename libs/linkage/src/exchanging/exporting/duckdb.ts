import { type Dialect, isPlainWord, packedTable } from './dialect.js';

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
/** Groups are \1 here, $1 in what we write. */
const by = (replacement: string): string => text(replacement.replaceAll('$', '\\'));

export const DUCKDB: Dialect = {
  name: 'duckdb',
  column: (name) => `"${name.replaceAll('"', '""')}"`,
  asText: (column) => `trim(cast(${column} as varchar))`,
  text,
  list: (items) => `[${items.join(', ')}]`,
  item: (list, at) => `(${list})[${at}]`,
  rest: (list, from) => `(${list})[${from}:]`,
  inner: (list) => `(${list})[2:len(${list}) - 1]`,
  size: (list) => `len(${list})`,
  concat: (lists) => lists.reduce((all, list) => `list_concat(${all}, ${list})`),
  filter: (list, variable, condition) => `list_filter(${list}, lambda ${variable}: ${condition})`,
  map: (list, variable, value) => `list_transform(${list}, lambda ${variable}: ${value})`,
  sum: (list) => `coalesce(list_sum(${list}), 0)`,
  most: (list) => `coalesce(list_max(${list}), 0)`,
  contains: (list, item) => `list_contains(${list}, ${item})`,
  overlap: (a, b) => `list_has_any(${a}, ${b})`,
  common: (a, b) => `list_intersect(${a}, ${b})`,
  split: (whole, at) => `string_split(${whole}, ${text(at)})`,
  join: (list, between) => `array_to_string(${list}, ${text(between)})`,
  sortedLetters: (word) => `array_to_string(list_sort(string_split(${word}, '')), '')`,
  translated: (entries, key) =>
    entries.length === 0
      ? key
      : `coalesce(nullif(split_part(split_part(${text(packedTable(entries))}, concat(';', ${key}, '>'), 2), ';', 1), ''), ${key})`,
  isOneOf: (values, key) => `instr(${text(`;${values.join(';')};`)}, ';' || ${key} || ';') > 0`,
  replaceAll: (whole, pattern, replacement) => `regexp_replace(${whole}, ${text(pattern)}, ${by(replacement)}, 'g')`,
  // As a chain, not nested: Splink's parser would run out of stack.
  replaceInTurn: (whole, rules) =>
    rules.reduce(
      (sql, [pattern, replacement]) =>
        isPlainWord(pattern)
          ? `${sql}.replace(${text(pattern)}, ${text(replacement)})`
          : `${sql}.regexp_replace(${text(pattern)}, ${by(replacement)}, 'g')`,
      `(${whole})`,
    ),
  // RE2 cannot look back, and has nine groups at most.
  withoutRepeats: (whole, letters) =>
    (letters.match(/.{1,9}/g) ?? []).reduce((sql, some) => {
      const runs = [...some].map((letter) => `(${letter})${letter}+`).join('|');
      const groups = [...some].map((_, at) => `\\${at + 1}`).join('');
      return `${sql}.regexp_replace('${runs}', '${groups}', 'g')`;
    }, `(${whole})`),
  capture: (whole, pattern, group) => `regexp_extract(${whole}, ${text(pattern)}, ${group})`,
  matches: (whole, pattern) => `regexp_matches(${whole}, ${text(pattern)})`,
  withoutAccents: (whole) => `strip_accents(${whole})`,
  integer: (whole) => `try_cast(${whole} as integer)`,
  number: (whole) => `try_cast(${whole} as double)`,
  packed: (numbers, width, at) =>
    `cast(substr('${numbers}', ${width} * cast(${at} as integer) + 1, ${width}) as integer)`,
  letting: (variable, values, expression) =>
    `list_transform([[${values.join(', ')}]], lambda ${variable}: ${expression((at) => `${variable}[${at}]`)})[1]`,
  jaroWinkler: (a, b) => `jaro_winkler_similarity(${a}, ${b})`,
  damerau: (a, b) => `damerau_levenshtein(${a}, ${b})`,
  found: (comparison) => `gamma_${comparison}.greatest(-1)`,
};
