import type { Random } from '../random.js';

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** Sounds that are written in two ways; each way round. */
const SOUNDS: readonly (readonly [string, string])[] = [
  ['ph', 'f'],
  ['ck', 'k'],
  ['ie', 'y'],
  ['ee', 'ea'],
  ['ll', 'l'],
  ['tt', 't'],
  ['nn', 'n'],
  ['ss', 's'],
  ['i', 'y'],
  ['c', 'k'],
  ['s', 'z'],
  ['ou', 'u'],
  ['ei', 'ie'],
  ['er', 'or'],
];

type Slip = 'keyboard' | 'transposed' | 'dropped' | 'doubled' | 'phonetic';

/** One slip in a text of letters or digits; texts shorter than three characters stay as they are. */
export function withTypo(random: Random, text: string): string {
  if (text.length < 3) return text;
  const slip: Slip = random.weighted({ keyboard: 25, transposed: 20, dropped: 25, doubled: 8, phonetic: 22 });
  const at = random.int(1, text.length - 2);
  const slipped = slips[slip](random, text, at);
  // A slip that changes nothing (two equal letters swapped) or leaves an edge bare becomes a dropped letter.
  return slipped === text || /^[\s'-]|[\s'-]$/.test(slipped) ? slips.dropped(random, text, at) : slipped;
}

const slips: Record<Slip, (random: Random, text: string, at: number) => string> = {
  keyboard: (random, text, at) => text.slice(0, at) + neighbour(random, text[at] as string) + text.slice(at + 1),
  transposed: (_random, text, at) => text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2),
  dropped: (_random, text, at) => text.slice(0, at) + text.slice(at + 1),
  doubled: (_random, text, at) => text.slice(0, at) + text[at] + text.slice(at),
  phonetic: (random, text) => {
    for (const [one, other] of random.shuffled(SOUNDS)) {
      const [from, to] = random.chance(0.5) ? [one, other] : [other, one];
      const found = text.toLowerCase().indexOf(from, 1);
      if (found > 0) return text.slice(0, found) + to + text.slice(found + from.length);
    }
    return text;
  },
};

function neighbour(random: Random, letter: string): string {
  if (/\d/.test(letter)) return String((Number(letter) + (random.chance(0.5) ? 1 : 9)) % 10);
  const row = ROWS.find((keys) => keys.includes(letter.toLowerCase()));
  if (!row) return letter;
  const at = row.indexOf(letter.toLowerCase());
  const key = row[at === 0 ? 1 : at === row.length - 1 ? at - 1 : at + (random.chance(0.5) ? 1 : -1)] as string;
  return letter === letter.toLowerCase() ? key : key.toUpperCase();
}
