import { inSeries } from './figures.js';

/** What a level means, `{f}` being the field's name. No person's data can be in them. */
const NAME: Record<string, string> = {
  exact: '{f} agrees exactly',
  variant: '{f} is a form or spelling of the same name',
  typo: '{f} differs by one letter, as a slip does',
  swapped: 'given name and surname stand in each other’s place',
  'other part': '{f} agrees with another part of the other’s name',
  'two names': '{f} differs by one letter, but both are names in use',
  sound: '{f} sounds alike',
  jumbled: '{f} has the same letters in another order',
  similar: '{f} looks alike',
  initial: '{f} is an initial that agrees',
  truncated: '{f} is the other’s, cut short',
  'a little alike': '{f} is a little alike',
  different: '{f} differs',
};

const UNKNOWN_DAY = 'the first of January, which often stands for “not known”';
const DATE: Record<string, string> = {
  exact: '{f} agrees exactly',
  'first of January': `{f} agrees, but is ${UNKNOWN_DAY}`,
  'day and month swapped': '{f} agrees with day and month swapped',
  placeholder: `{f}: year agrees, but one says ${UNKNOWN_DAY}`,
  'year and month': '{f}: year and month agree, the day is not known',
  year: '{f}: year agrees, the rest is not known',
  'next year': '{f}: one year apart, the rest is not known',
  generation: '{f}: fifteen years or more apart',
  'other year': '{f}: years differ, the rest is not known',
};
const DATE_PARTS = [
  ['same', 'agrees', 'agree'],
  ['near', 'a slip apart', 'a slip apart'],
  ['far', 'differs', 'differ'],
] as const;

const VALUE: Record<string, string> = {
  exact: '{f} agrees exactly',
  'one edit': '{f} differs by one character',
  'two edits': '{f} differs by a few characters',
  'same end': '{f} ends alike',
  similar: '{f} differs by a letter or looks alike',
  'a word': '{f} shares a word',
  different: '{f} differs',
};

const POSTCODE: Record<string, string> = {
  'same postcode': '{p} agrees',
  'one edit': '{p} differs by one character',
  'same sector': '{p} is of the same sector (a few streets)',
  'same district': '{p} is of the same district',
  'same area': '{p} is of the same area (a town and round it)',
  'other postcode': '{p} is of another area',
};
const ADDRESS: Record<string, string> = {
  'same address': '{a} agrees',
  'same street': '{a} agrees but for the number',
  alike: '{a} is alike',
  'a little alike': '{a} is a little alike',
  'other address': '{a} differs',
};
const TEXT: Record<string, string> = { ...ADDRESS, 'same street': '{a} agrees but for its numbers' };

const BOX: Record<string, string> = {
  box: 'agrees',
  'box one edit': 'differs by one character',
  'box alike': 'is alike',
  'box different': 'differs',
};
const DOMAIN: Record<string, string> = {
  domain: 'agrees',
  'domain alike': 'is alike',
  'domain different': 'differs',
};

export interface LevelNames {
  field: string;
  postcode: string | null;
  address: string | null;
}

/** In: a comparison's kind, and a level's name without what is said of segments. Unknown ones are said as they are. */
export function levelWords(kind: string, level: string, names: LevelNames): string {
  return (templateOf(kind, level) ?? `{f}: ${level}`)
    .replaceAll('{p}', names.postcode ?? 'postcode')
    .replaceAll('{a}', kind === 'text' ? names.field : (names.address ?? 'address'))
    .replaceAll('{f}', names.field);
}

function templateOf(kind: string, level: string): string | undefined {
  if (kind === 'name') return NAME[level];
  if (kind === 'date') return DATE[level] ?? datePartsIn(level);
  if (kind === 'address' || kind === 'postcode' || kind === 'text')
    return placeIn(level, kind === 'text' ? TEXT : ADDRESS);
  if (kind === 'email') return VALUE[level] ?? mailIn(level);
  return VALUE[level];
}

/** "year and month agree, day a slip apart" */
function datePartsIn(level: string): string | undefined {
  const found = /^year (\w+), month (\w+), day (\w+)$/.exec(level)?.slice(1);
  if (!found) return undefined;
  const said = DATE_PARTS.flatMap(([name, one, several]) => {
    const parts = ['year', 'month', 'day'].filter((_, at) => found[at] === name);
    return parts.length === 0 ? [] : [`${inSeries(parts)} ${parts.length === 1 ? one : several}`];
  });
  return `{f}: ${said.join(', ')}`;
}

function placeIn(level: string, addresses: Record<string, string>): string | undefined {
  const [postcode, address] = level.split(', ') as [string, string | undefined];
  const said = [POSTCODE[postcode], addresses[address ?? '']].filter((one) => one !== undefined);
  return said.length === 0 ? undefined : said.join(', ');
}

function mailIn(level: string): string | undefined {
  const [box, domain] = level.split(', ') as [string, string | undefined];
  const [name, host] = [BOX[box], DOMAIN[domain ?? '']];
  return name && host ? `{f}: the part before the @ ${name}, the part after it ${host}` : undefined;
}
