import type { Dialect } from './dialect.js';

/** preparing/sound-code.ts, without looking ahead or behind, which DuckDB's patterns cannot. */
const RULES: [string, string][] = [
  ['^mac([a-z]{3})', 'mk$1'],
  ['^mc', 'mk'],
  ['^(kn|gn|pn)', 'n'],
  ['^wr', 'r'],
  ['^(ps|x)', 's'],
  ['^wh', 'w'],
  // A vowel at the start is marked: all others are left out.
  ['^(h?[aeiou]|hy|y[^aeiou]|y$)', 'A$1'],
  ['tsch|tch', 'X'],
  // C keeps the place of a c that is to be seen later.
  ['chr', 'Chr'],
  ['cz|ch', 'X'],
  ['C', 'c'],
  ['sch|sh|sz', 'X'],
  ['ph', 'f'],
  ['([aeiouy])gh([^aeiouy]|$)', '$1$2'],
  ['dg([eiy])', 'j$1'],
  ['ck|cq|q', 'k'],
  ['c([eiy])', 's$1'],
  ['x', 'ks'],
  ['g([eiy])', 'j$1'],
];
const REST: [string, string][] = [
  ['w+([^aeiouy]|$)', '$1'],
  ['h', ''],
  ['dt', 't'],
  ['td', 'd'],
  ['[aeiouy]+', ''],
];

/** SQL for how a normalised word sounds, null where it has no Latin letters. */
export function soundSql(dialect: Dialect, word: string): string {
  const started = `translate(${dialect.replaceInTurn(dialect.replaceAll(word, '[^a-z]', ''), RULES)}, 'czvg', 'ksfk')`;
  const skeleton = dialect.withoutRepeats(dialect.replaceInTurn(started, REST), 'bdfjklmnprstwX');
  return `substr(nullif(${skeleton}, ''), 1, 6)`;
}
