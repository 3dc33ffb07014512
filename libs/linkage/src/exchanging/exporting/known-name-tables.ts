import { readFileSync } from 'node:fs';
import { fullNamesOf, standardForename, standardSurname } from '../../names/name-tables.js';

/** By which the engine tells variants of a name (fields/tokens.ts): the full names it may be short for. */
export function fullNames(word: string): readonly string[] {
  return fullNamesOf(standardSurname(standardForename(word)));
}

/** Every word of the tables of nicknames and spellings: where it is not known which words the data has. */
export function namesInTables(): string[] {
  const read = (file: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../names/${file}`, import.meta.url), 'utf8'));
  const { names } = read('nicknames.json') as { names: Record<string, string[]> };
  const { groups } = read('spelling-variants.json') as { groups: string[][] };
  return [...new Set([...Object.keys(names), ...Object.values(names).flat(), ...groups.flat()])];
}
