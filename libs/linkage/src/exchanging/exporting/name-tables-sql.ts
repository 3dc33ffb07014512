import type { Dialect } from './dialect.js';
import { namesInTables, standardsOf } from './known-name-tables.js';
import { soundSql } from './sound-sql.js';

/** A word and what is made of it, each as SQL. */
export interface Word {
  text: string;
  sound: string;
  /** Its letters in alphabetical order. */
  letters: string;
  /** The spelling that stands for it and its transliterations. */
  standard: string;
  /** List of the full names it may be short for; itself alone where it is none. */
  fulls: string;
}

export interface NameTables {
  standards: [string, string][];
  fulls: [string, string][];
  /** Pairs of words that are two names although a letter apart. */
  twoNames: readonly string[];
}

/** In: the words there are, where known: the tables are cut down to them. */
export function nameTables(words: readonly string[] | null, twoNames: readonly string[]): NameTables {
  const known = (words ?? namesInTables()).map((word) => ({ word, ...standardsOf(word) }));
  return {
    standards: known.flatMap(({ word, standard }) => (word === standard ? [] : [[word, standard]])),
    fulls: known.flatMap(({ word, fulls }) => (fulls === null ? [] : [[word, fulls.join(' ')]])),
    twoNames,
  };
}

export function wordSql(dialect: Dialect, { standards, fulls }: NameTables, text: string): Word {
  return {
    text,
    sound: soundSql(dialect, text),
    letters: dialect.sortedLetters(text),
    standard: dialect.translated(standards, text),
    fulls: dialect.split(dialect.translated(fulls, text), ' '),
  };
}
