/** How the two engines Splink runs on spell what our levels need. */
export interface Dialect {
  name: 'duckdb' | 'spark';
  /** A column's name, quoted. */
  column(name: string): string;
  /** A column's value as text, whatever the reader of a file took it for, without blanks around it. */
  asText(column: string): string;
  /** A text, quoted. */
  text(value: string): string;
  list(items: readonly string[]): string;
  /** Item `at` of a list, counted from 1; null past its end. */
  item(list: string, at: string): string;
  /** Items `from` to the end. */
  rest(list: string, from: number): string;
  /** All but the first and the last. */
  inner(list: string): string;
  size(list: string): string;
  concat(lists: readonly string[]): string;
  filter(list: string, variable: string, condition: string): string;
  map(list: string, variable: string, value: string): string;
  sum(list: string): string;
  most(list: string): string;
  contains(list: string, item: string): string;
  overlap(a: string, b: string): string;
  /** What both lists have, once each. */
  common(a: string, b: string): string;
  split(text: string, by: string): string;
  join(list: string, by: string): string;
  sortedLetters(text: string): string;
  /** What a text stands for in a table of texts; itself where it does not stand there. */
  translated(entries: readonly (readonly [string, string])[], key: string): string;
  /** Whether a text is one of these. */
  isOneOf(values: readonly string[], key: string): string;
  replaceAll(text: string, pattern: string, by: string): string;
  /** Many replacements one after the other. */
  replaceInTurn(text: string, rules: readonly (readonly [string, string])[]): string;
  /** Each run of one of these letters as one. */
  withoutRepeats(text: string, letters: string): string;
  /** A capture group (0: all of it); '' or null where the pattern is not found. */
  capture(text: string, pattern: string, group: number): string;
  matches(text: string, pattern: string): string;
  withoutAccents(text: string): string;
  integer(text: string): string;
  number(text: string): string;
  /** Item `at`, counted from 0, of numbers written side by side in one text, `width` characters each. */
  packed(numbers: string, width: number, at: string): string;
  /** Names values for an expression, so that each is written once. */
  letting(variable: string, values: readonly string[], expression: (value: (at: number) => string) => string): string;
  jaroWinkler(a: string, b: string): string;
  damerau(a: string, b: string): string;
  /**
   * What an earlier comparison found (its gamma). Splink takes every column it sees in a condition for one of the input
   * table's, so the name must not look like a column to it; the engine finds it among the columns of the same select.
   */
  found(comparison: string): string;
}

/** A table of texts as one literal: both engines take long over lists of many items, none over a long text. */
export function packedTable(entries: readonly (readonly [string, string])[]): string {
  return `;${entries.map(([from, to]) => `${from}>${to}`).join(';')};`;
}

export function isPlainWord(pattern: string): boolean {
  return /^[A-Za-z]+$/.test(pattern);
}
