/** What pairs of a class are; said after "could be" and "pairs of". */
const WORDS: Record<string, string> = {
  match: 'one person',
  random: 'two strangers',
  household: 'two people of one household',
  namesake: 'parent and child of one name',
  twin: 'twins',
  'chance namesake': 'two strangers of one name',
};

export function classInWords(name: string): string {
  return WORDS[name] ?? `two people of the kind “${name}”`;
}

/** A class's name beside a bar. */
export function classLabel(name: string): string {
  return `Lookalike: ${name}`;
}
