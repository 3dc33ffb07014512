import type { Dialect } from './dialect.js';
import { fullNames, namesInTables } from './known-name-tables.js';
import { soundSql } from './sound-sql.js';

/** A word and what is made of it, each as SQL. */
export interface Word {
  text: string;
  sound: string;
  /** Its letters in alphabetical order. */
  letters: string;
  /** List of the full names it may be short for, in the spelling that stands for all. */
  fulls: string;
}

export interface NameTables {
  fulls: [string, string][];
  /** Pairs of words that are two names although a letter apart. */
  twoNames: readonly string[];
}

/** In: the words there are, where known: the tables are cut down to them. */
export function nameTables(words: readonly string[] | null, twoNames: readonly string[]): NameTables {
  const fulls = (words ?? namesInTables()).map((word): [string, string] => [word, fullNames(word).join(' ')]);
  return { fulls: fulls.filter(([word, full]) => word !== full), twoNames };
}

export function wordSql(dialect: Dialect, { fulls }: NameTables, text: string): Word {
  return {
    text,
    sound: soundSql(dialect, text),
    letters: dialect.sortedLetters(text),
    fulls: dialect.split(dialect.translated(fulls, text), ' '),
  };
}
