import { readFileSync } from 'node:fs';

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));

const nicknames = new Map(
  Object.entries(read('./nicknames.json') as Record<string, string>).map(([name, list]) => [name, list.split(' ')]),
);
const spellings = new Map<string, string[]>();
for (const group of read('./spellings.json') as string[][]) {
  for (const name of group)
    spellings.set(
      name,
      group.filter((other) => other !== name),
    );
}

/** What people named so are called: `William` gives Bill, Billy, Will… Empty for a name without. */
export function nicknamesOf(forename: string): readonly string[] {
  return nicknames.get(forename) ?? [];
}

/** Other ways one name is written down (Mohammed, Muhammad; Clarke, Clark). */
export function spellingsOf(name: string): readonly string[] {
  return spellings.get(name) ?? [];
}

const LETTERS: Record<string, string> = { ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ø: 'o', Ø: 'O', ß: 'ss' };

/** Without accents, as systems keep it that only take A to Z. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[łŁđĐøØß]/g, (letter) => LETTERS[letter] ?? letter);
}
