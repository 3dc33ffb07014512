import { readFileSync } from 'node:fs';

interface NicknameFile {
  names: Record<string, string[]>;
}
interface VariantFile {
  groups: string[][];
  endings: [string, string][];
}

const read = <T>(file: string): T => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as T;

const variants = read<VariantFile>('./spelling-variants.json');
const standardSpelling = new Map<string, string>();
for (const group of variants.groups) for (const spelling of group) standardSpelling.set(spelling, group[0]!);

const fullNames = new Map<string, string[]>();
for (const [full, short] of Object.entries(read<NicknameFile>('./nicknames.json').names)) {
  for (const name of [full, ...short]) {
    const key = standardSpelling.get(name) ?? name;
    const known = fullNames.get(key) ?? [];
    const standard = standardSpelling.get(full) ?? full;
    if (!known.includes(standard)) fullNames.set(key, [...known, standard]);
  }
}

/** The spelling that stands for a normalised name and its transliterations; unknown names stand for themselves. */
export function standardForename(name: string): string {
  return standardSpelling.get(name) ?? name;
}

/** As for forenames, and a feminine Slavic ending becomes the masculine one (Kowalska, Kowalski). */
export function standardSurname(name: string): string {
  const known = standardSpelling.get(name);
  if (known !== undefined) return known;
  for (const [feminine, masculine] of variants.endings) {
    if (name.length > feminine.length + 2 && name.endsWith(feminine))
      return name.slice(0, -feminine.length) + masculine;
  }
  return name;
}

/** The full names a standard forename may be short for, itself among them when it is one: alex → alexander, alexandra. */
export function fullNamesOf(standard: string): readonly string[] {
  return fullNames.get(standard) ?? [standard];
}
