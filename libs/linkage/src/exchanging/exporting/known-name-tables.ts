import { readFileSync } from 'node:fs';
import { fullNamesOf, standardForename, standardSurname } from '../../names/name-tables.js';

/** What the engine compares a word by when it asks for variants (fields/tokens.ts, close). */
export function standardsOf(word: string): { standard: string; fulls: readonly string[] | null } {
  const standard = standardSurname(standardForename(word));
  const fulls = fullNamesOf(standard);
  return { standard, fulls: fulls.length === 1 && fulls[0] === standard ? null : fulls };
}

/** Every word of the tables of nicknames and spellings: where it is not known which words the data has. */
export function namesInTables(): string[] {
  const read = (file: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../names/${file}`, import.meta.url), 'utf8'));
  const { names } = read('nicknames.json') as { names: Record<string, string[]> };
  const { groups } = read('spelling-variants.json') as { groups: string[][] };
  return [...new Set([...Object.keys(names), ...Object.values(names).flat(), ...groups.flat()])];
}
