import type { Dialect } from './dialect.js';

/** preparing/sound-code.ts, without looking ahead or behind, which DuckDB's patterns cannot. */
const STARTS: [string, string][] = [
  ['^mac([a-z]{3})', 'mk$1'],
  ['^mc', 'mk'],
  ['^(kn|gn|pn)', 'n'],
  ['^wr', 'r'],
  ['^ps', 's'],
  ['^wh', 'w'],
  ['^x', 's'],
];

/** C keeps its place for a c that is to be seen later. */
const ANYWHERE: [string, string][] = [
  ['tsch|tch', 'X'],
  ['chr', 'Chr'],
  ['cz|ch', 'X'],
  ['C', 'c'],
  ['sch|sh|sz', 'X'],
  ['ph', 'f'],
  ['([aeiouy])gh([^aeiouy]|$)', '$1$2'],
  ['dg([eiy])', 'j$1'],
  ['ck|cq|q', 'k'],
  ['c([eiy])', 's$1'],
  ['c', 'k'],
  ['x', 'ks'],
  ['z', 's'],
  ['v', 'f'],
  ['g([eiy])', 'j$1'],
  ['g', 'k'],
  ['w([^aeiouy]|$)', '$1'],
  ['w([^aeiouy]|$)', '$1'],
  ['h', ''],
  ['dt', 't'],
  ['td', 'd'],
  ['[aeiouy]+', ''],
];

/** SQL for how a normalised word sounds. */
export function soundSql(dialect: Dialect, word: string): string {
  const letters = dialect.replaceAll(word, '[^a-z]', '');
  const started = dialect.replaceInTurn(letters, STARTS);
  const skeleton = dialect.withoutRepeats(dialect.replaceInTurn(letters, [...STARTS, ...ANYWHERE]), 'bdfjklmnprstwX');
  const vowel = `case when ${dialect.matches(started, '^(h?[aeiou]|hy|y[^aeiou]|y$)')} then 'a' else '' end`;
  // Other scripts sound like themselves.
  return `case when ${letters} = '' then substr(${word}, 1, 6) else substr(coalesce(nullif(concat(${vowel}, ${skeleton}), ''), substr(${word}, 1, 1)), 1, 6) end`;
}
