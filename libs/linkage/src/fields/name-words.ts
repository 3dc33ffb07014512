import { nameTokens, normaliseName } from '#person';
import type { Column } from '../linking/table.js';
import type { NameColumn, NamePart } from './name-columns.js';
import type { NameTokens } from './tokens.js';

const HONORIFICS = new Set(
  'mr mrs miss ms mx dr rev prof sir dame lady lord master jr snr jnr sr junior senior nee 1st 2nd 3rd baron baronet'.split(
    ' ',
  ),
);
const SEVERAL = /[;|]/;

/** Per distinct value of a column its words' numbers. */
export interface ValueWords {
  /** Value v's words are `words[start[v]]` up to `words[start[v + 1]]`. */
  start: Uint32Array;
  words: number[];
  /** Of a value that holds several, set apart by ; or |: the words of each after the first. Null where no value does. */
  others: Map<number, number[][]> | null;
}

/** A column of a name comparison, read. */
export interface ReadColumn extends NameColumn {
  codes: Uint32Array;
  values: ValueWords;
}

/** Honorifics are left out; a surname's parts come before the whole, joined. */
export function valueWords(column: Column, part: NamePart, tokens: NameTokens): ValueWords {
  const start = new Uint32Array(column.values.length + 1);
  const words: number[] = [];
  const others = new Map<number, number[][]>();
  column.values.forEach((value, code) => {
    start[code] = words.length;
    if (!SEVERAL.test(value)) {
      for (const word of wordsOf(value, part)) words.push(tokens.id(word));
      return;
    }
    const several = value
      .split(SEVERAL)
      .map((one) => wordsOf(one, part).map((word) => tokens.id(word)))
      .filter(({ length }) => length > 0);
    for (const word of several[0] ?? []) words.push(word);
    if (several.length > 1) others.set(code, several.slice(1));
  });
  start[column.values.length] = words.length;
  return { start, words, others: others.size === 0 ? null : others };
}

function wordsOf(value: string, part: NamePart): string[] {
  if (value === '') return [];
  const normal = normaliseName(value);
  if (part !== 'surname') {
    const all = part === 'full' ? nameTokens(normal) : normal.split(' ');
    return telling(all);
  }
  const parts = telling(nameTokens(normal));
  return parts.length > 1 ? [...parts, parts.join('')] : parts;
}

function telling(words: string[]): string[] {
  const left = words.filter((word) => word !== '' && !HONORIFICS.has(word));
  return left.length > 0 ? left : words.filter((word) => word !== '');
}
