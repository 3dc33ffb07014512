import { type Dialect, isPlainWord, packedTable } from './dialect.js';

const ACCENTED = 'àáâãäåāăąçćĉċčďèéêëēĕėęěĝğġģĥìíîïĩīĭįĵķĺļľñńņňòóôõöōŏőŕŗřśŝşšţťùúûüũūŭůűųŵýÿŷźżž';
const UNACCENTED = 'aaaaaaaaacccccdeeeeeeeeegggghiiiiiiiijklllnnnnoooooooorrrssssttuuuuuuuuuuwyyyzzz';

/** In Spark's texts a backslash is an escape. */
const text = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export const SPARK: Dialect = {
  name: 'spark',
  column: (name) => `\`${name.replaceAll('`', '``')}\``,
  asText: (column) => `trim(cast(${column} as string))`,
  text,
  list: (items) => `array(${items.join(', ')})`,
  item: (list, at) => `get(${list}, ${/^\d+$/.test(at) ? Number(at) - 1 : `${at} - 1`})`,
  rest: (list, from) => `slice(${list}, ${from}, 1000)`,
  inner: (list) => `slice(${list}, 2, greatest(size(${list}) - 2, 0))`,
  size: (list) => `size(${list})`,
  concat: (lists) => (lists.length === 1 ? lists[0]! : `concat(${lists.join(', ')})`),
  filter: (list, variable, condition) => `filter(${list}, ${variable} -> ${condition})`,
  map: (list, variable, value) => `transform(${list}, ${variable} -> ${value})`,
  sum: (list) => `aggregate(${list}, cast(0 as double), (total, one) -> total + one)`,
  most: (list) => `coalesce(array_max(${list}), 0)`,
  contains: (list, item) => `array_contains(${list}, ${item})`,
  overlap: (a, b) => `arrays_overlap(${a}, ${b})`,
  common: (a, b) => `array_intersect(${a}, ${b})`,
  split: (whole, at) => `split(${whole}, ${text(at)})`,
  join: (list, between) => `array_join(${list}, ${text(between)})`,
  sortedLetters: (word) => `array_join(array_sort(split(${word}, '')), '')`,
  translated: (entries, key) =>
    entries.length === 0
      ? key
      : `coalesce(nullif(split_part(split_part(${text(packedTable(entries))}, concat(';', ${key}, '>'), 2), ';', 1), ''), ${key})`,
  isOneOf: (values, key) => `instr(${text(`;${values.join(';')};`)}, concat(';', ${key}, ';')) > 0`,
  replaceAll: (whole, pattern, replacement) => `regexp_replace(${whole}, ${text(pattern)}, ${text(replacement)})`,
  replaceInTurn: (whole, rules) =>
    rules.reduce(
      (sql, [pattern, replacement]) =>
        `${isPlainWord(pattern) ? 'replace' : 'regexp_replace'}(${sql}, ${text(pattern)}, ${text(replacement)})`,
      whole,
    ),
  withoutRepeats: (whole, letters) => `regexp_replace(${whole}, ${text(`([${letters}])\\1+`)}, '$1')`,
  capture: (whole, pattern, group) => `regexp_extract(${whole}, ${text(pattern)}, ${group})`,
  matches: (whole, pattern) => `(${whole} rlike ${text(pattern)})`,
  withoutAccents: (whole) => `translate(${whole}, '${ACCENTED}', '${UNACCENTED}')`,
  integer: (whole) => `try_cast(${whole} as int)`,
  number: (whole) => `try_cast(${whole} as double)`,
  packed: (numbers, width, at) => `cast(substr('${numbers}', ${width} * cast(${at} as int) + 1, ${width}) as int)`,
  letting: (variable, values, expression) => {
    const body = expression((at) => `get(${variable}, ${at - 1})`);
    return `get(transform(array(array(${values.join(', ')})), ${variable} -> ${body}), 0)`;
  },
  jaroWinkler: (a, b) => `jaro_winkler(${a}, ${b})`,
  damerau: (a, b) => `damerau_levenshtein(${a}, ${b})`,
  found: (comparison) => `greatest(IDENTIFIER('gamma_${comparison}'), -1)`,
};
