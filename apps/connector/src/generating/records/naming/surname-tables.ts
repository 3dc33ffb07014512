import { readFileSync } from 'node:fs';
import { list } from '../../names/naming.js';
import type { Tradition } from '../../people/person.js';
import { Random } from '../../random.js';

interface Elements {
  head?: string;
  starts?: string;
  /** Between start and end; `links` make the rarest names, longer than those without. */
  middles?: string;
  links?: string;
  ends?: string;
}

/** Distinct surnames of the British table. With FLATNESS: the first is 1.3 % of people, the first thousand about half. */
const LONGEST = 60_000;
/** Of the law 1/(rank + flatness), fitted by eye to the electoral roll: Smith 1 in 80, then a long tail. */
const FLATNESS = { british: 8, other: 14 };

const elements = JSON.parse(readFileSync(new URL('./elements.json', import.meta.url), 'utf8')) as Partial<
  Record<Tradition, Elements>
>;
const tables = new Map<Tradition, string[]>();

/** A surname of the tradition: the common ones truly common, and a long tail of plainly composed ones. */
export function surnameOf(random: Random, tradition: Tradition): string {
  let table = tables.get(tradition);
  if (!table) tables.set(tradition, (table = tableOf(tradition)));
  return random.pickRanked(table, tradition === 'british' ? FLATNESS.british : FLATNESS.other);
}

function tableOf(tradition: Tradition): string[] {
  // Caribbean families bear British surnames, in another order.
  if (tradition === 'caribbean') return [...new Set([...list(tradition, 'surnames'), ...tableOf('british')])];
  const { head, starts, middles, links, ends } = elements[tradition] ?? {};
  const first = head ? words(head) : list(tradition, 'surnames');
  if (!starts) return first;
  const order = new Random(`surnames/${tradition}`);
  const stems = middles ? words(starts).flatMap((start) => words(middles).map((stem) => start + stem)) : words(starts);
  const short = order.shuffled(joined(stems, words(ends)));
  const long = links ? order.shuffled(joined(joined(words(starts), words(links)), words(ends))) : [];
  return [...new Set([...first, ...short, ...long])].slice(0, LONGEST);
}

function joined(starts: readonly string[], ends: readonly string[]): string[] {
  return starts.flatMap((start) => ends.map((end) => start + end));
}

function words(text = ''): string[] {
  return text.split(' ');
}
