import { bytes, editDistance, jaroSimilarity, jaroWinklerSimilarity } from './text-distances.js';

export type Value = string | number | boolean | null | Value[];
export type SqlFunction = (...args: NonNullable<Value>[]) => Value;

const letters = (text: Value): string[] => Array.from(String(text));
const length = (value: Value): number => (Array.isArray(value) ? value.length : letters(value).length);
const text = (value: Value): string => String(value);

function pattern(source: Value, flags: string): RegExp {
  const key = `${flags} ${text(source)}`;
  let found = PATTERNS.get(key);
  if (found === undefined) {
    try {
      found = new RegExp(text(source), `${flags}u`);
    } catch {
      // Some escapes are refused under "u" only.
      found = new RegExp(text(source), flags);
    }
    PATTERNS.set(key, found);
  }
  found.lastIndex = 0;
  return found;
}
const PATTERNS = new Map<string, RegExp>();

function replaced(whole: Value, what: Value, by: Value, flags: string): string {
  return text(whole).replace(pattern(what, flags), text(by).replace(/\\(\d)/g, '$$$1'));
}

function unaccented(value: Value): string {
  return text(value)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}

function translated(value: Value, from: Value, to: Value): string {
  const [before, after] = [letters(from), letters(to)];
  return letters(value)
    .map((letter) => (before.includes(letter) ? (after[before.indexOf(letter)] ?? '') : letter))
    .join('');
}

function common(a: Value, b: Value): Value[] {
  return [...new Set(a as Value[])].filter((one) => one !== null && (b as Value[]).includes(one));
}

function compared(a: Value, b: Value): number {
  return a === b ? 0 : a! < b! ? -1 : 1;
}

/** Nobody pads a cell to more: it would fill the memory. */
const MOST_PADDED = 10_000;
const padded = (value: Value, size: Value, by: Value): string => {
  if (Number(size) > MOST_PADDED) throw new RangeError(`padded to more than ${MOST_PADDED} letters`);
  return text(value).padStart(Number(size), text(by)).slice(0, Number(size));
};
/** A bound that is not known leaves the other to say no. */
const between = (value: Value, low: Value, high: Value): Value => {
  const above = value === null || low === null ? null : value >= low;
  const below = value === null || high === null ? null : value <= high;
  if (above === false || below === false) return false;
  return above === null || below === null ? null : true;
};
const part = (value: Value, by: Value, at: Value): string => text(value).split(text(by))[Number(at) - 1] ?? '';
const cut = (value: Value, from: Value, size?: Value): string => {
  const start = Math.max(0, Number(from) - 1);
  return letters(value)
    .slice(start, size === undefined ? undefined : start + Number(size))
    .join('');
};

/** Functions that give null for null. Names of both engines. */
export const STRICT: Record<string, SqlFunction> = {
  '=': (a, b) => compared(a, b) === 0,
  '<>': (a, b) => compared(a, b) !== 0,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '+': (a, b) => Number(a) + Number(b),
  '-': (a, b) => Number(a) - Number(b),
  '*': (a, b) => Number(a) * Number(b),
  '/': (a, b) => (Number(b) === 0 ? null : Number(a) / Number(b)),
  '%': (a, b) => Number(a) % Number(b),
  '||': (a, b) => text(a) + text(b),
  not: (a) => a !== true,
  abs: (a) => Math.abs(Number(a)),
  floor: (a) => Math.floor(Number(a)),
  round: (a) => Math.sign(Number(a)) * Math.round(Math.abs(Number(a))),
  log2: (a) => Math.log2(Number(a)),
  lower: (a) => text(a).toLowerCase(),
  upper: (a) => text(a).toUpperCase(),
  trim: (a) => text(a).replace(/^ +| +$/g, ''),
  length,
  len: length,
  array_length: length,
  size: length,
  cardinality: length,
  substr: cut,
  substring: cut,
  left: (a, size) => cut(a, 1, size),
  right: (a, size) => letters(a).slice(-Number(size)).join(''),
  lpad: padded,
  replace: (a, from, to) => text(a).replaceAll(text(from), () => text(to)),
  translate: translated,
  strip_accents: unaccented,
  instr: (a, b) => text(a).indexOf(text(b)) + 1,
  split_part: part,
  regexp_replace: (a, what, by, flags) => replaced(a, what, by, text(flags ?? '')),
  regexp_extract: (a, what, group) => pattern(what, '').exec(text(a))?.[Number(group ?? 0)] ?? '',
  regexp_matches: (a, what) => pattern(what, '').test(text(a)),
  jaro_winkler_similarity: (a, b) => jaroWinklerSimilarity(bytes(text(a)), bytes(text(b))),
  jaro_winkler: (a, b) => jaroWinklerSimilarity(text(a), text(b)),
  jaro_similarity: (a, b) => jaroSimilarity(bytes(text(a)), bytes(text(b))),
  jaro_sim: (a, b) => jaroSimilarity(text(a), text(b)),
  levenshtein: (a, b) => editDistance(bytes(text(a)), bytes(text(b)), false),
  damerau_levenshtein: (a, b) => editDistance(bytes(text(a)), bytes(text(b)), true),
  string_split: (a, by) => text(a).split(text(by)),
  split: (a, by) => text(a).split(text(by)),
  array_to_string: (a, by) => (a as Value[]).filter((one) => one !== null).join(text(by)),
  array_join: (a, by) => (a as Value[]).filter((one) => one !== null).join(text(by)),
  list_sort: (a) => [...(a as Value[])].sort(compared),
  array_sort: (a) => [...(a as Value[])].sort(compared),
  list_distinct: (a) => [...new Set((a as Value[]).filter((one) => one !== null))],
  list_concat: (a, b) => [...(a as Value[]), ...(b as Value[])],
  list_intersect: common,
  array_intersect: common,
  list_has_any: (a, b) => common(a, b).length > 0,
  arrays_overlap: (a, b) => common(a, b).length > 0,
  list_has_all: (a, b) => (b as Value[]).every((one) => (a as Value[]).includes(one)),
  list_contains: (a, one) => (a as Value[]).includes(one),
  array_contains: (a, one) => (a as Value[]).includes(one),
  list_sum: (a) => ((a as Value[]).length === 0 ? null : (a as number[]).reduce((sum, one) => sum + Number(one), 0)),
  list_max: (a) => ((a as Value[]).length === 0 ? null : [...(a as Value[])].sort(compared).at(-1)!),
  array_max: (a) => ((a as Value[]).length === 0 ? null : [...(a as Value[])].sort(compared).at(-1)!),
  get: (a, at) => (a as Value[])[Number(at)] ?? null,
  epoch: (a) => a,
};

/** Functions that see nulls. */
export const WITH_NULLS: Record<string, (...args: Value[]) => Value> = {
  'is null': (a) => a === null,
  between: (a, low, high) => between(a!, low!, high!),
  coalesce: (...args) => args.find((one) => one !== null) ?? null,
  ifnull: (a, b) => a ?? b!,
  nullif: (a, b) => (a === b ? null : a!),
  greatest: (...args) =>
    args
      .filter((one) => one !== null)
      .sort(compared)
      .at(-1) ?? null,
  least: (...args) => args.filter((one) => one !== null).sort(compared)[0] ?? null,
  concat: (...args) =>
    Array.isArray(args[0]) ? (args.flat() as Value[]) : args.filter((one) => one !== null).join(''),
  concat_ws: (by, ...args) => args.filter((one) => one !== null).join(text(by!)),
};
