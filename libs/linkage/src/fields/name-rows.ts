import { rowNumbers } from './row-numbers.js';
import { normaliseName, nameTokens } from '#person';
import type { Column } from '../linking/table.js';
import { NameTokens } from './tokens.js';

const HONORIFICS = new Set(
  'mr mrs miss ms mx dr rev prof sir dame lady lord master jr snr jnr sr junior senior nee 1st 2nd 3rd baron baronet'.split(
    ' ',
  ),
);

export type NamePart = 'given' | 'middle' | 'surname' | 'full';

/** Every row's name as words: the first given name, the surname, and what else there is. */
export interface NameRows {
  tokens: NameTokens;
  given: Uint32Array;
  surname: Uint32Array;
  /** Row r's further words are `extra[extraStart[r]]` up to `extra[extraStart[r + 1]]`. */
  extraStart: Uint32Array;
  extra: Uint32Array;
}

/** Which part of a name each column holds: by what its heading says, else by its place. */
export function partsOf(columns: readonly Column[]): NamePart[] {
  const said = columns.map(({ name }) => {
    const heading = name.toLowerCase().replace(/[^a-z]/g, '');
    if (/middle|second(given|fore)/.test(heading)) return 'middle';
    if (/surname|lastname|familyname|maiden|^sn$/.test(heading)) return 'surname';
    if (/given|forename|firstname|christian/.test(heading)) return 'given';
    return null;
  });
  if (columns.length === 1) return [said[0] === 'given' || said[0] === 'surname' ? said[0] : 'full'];
  return said.map((part, at) => {
    if (part === 'given' && said.indexOf('given') < at) return 'middle';
    return part ?? (at === 0 ? 'given' : at === columns.length - 1 ? 'surname' : 'middle');
  });
}

export function readNames(columns: readonly Column[], parts: readonly NamePart[], rows: number): NameRows {
  const tokens = new NameTokens();
  const perColumn = columns.map((column, at) => wordsOfValues(column, parts[at]!, tokens));
  const given = rowNumbers(rows);
  const surname = rowNumbers(rows);
  const extraStart = new Uint32Array(rows + 1);
  let extra = new Uint32Array(Math.max(16, rows >> 2));
  let used = 0;
  for (let row = 0; row < rows; row++) {
    extraStart[row] = used;
    for (let at = 0; at < columns.length; at++) {
      const { start, words } = perColumn[at]!;
      const code = columns[at]!.codes[row]!;
      const end = start[code + 1]!;
      const part = parts[at]!;
      for (let w = start[code]!; w < end; w++) {
        const word = words[w]!;
        if ((part === 'given' || part === 'full') && given[row] === 0 && (w < end - 1 || part === 'given'))
          given[row] = word;
        else if ((part === 'surname' || part === 'full') && w === end - 1 && surname[row] === 0) surname[row] = word;
        else {
          if (used === extra.length) {
            const more = new Uint32Array(extra.length * 2);
            more.set(extra);
            extra = more;
          }
          extra[used++] = word;
        }
      }
    }
  }
  extraStart[rows] = used;
  tokens.close();
  for (let row = 0; row < rows; row++) {
    if (given[row] !== 0) tokens.given[given[row]!]!++;
    if (surname[row] !== 0) tokens.surname[surname[row]!]!++;
  }
  return { tokens, given, surname, extraStart, extra: extra.slice(0, used) };
}

/** Per distinct value its words, the honorifics left out; a surname's parts come before the whole, joined. */
function wordsOfValues(column: Column, part: NamePart, tokens: NameTokens): { start: Uint32Array; words: number[] } {
  const start = new Uint32Array(column.values.length + 1);
  const words: number[] = [];
  column.values.forEach((value, code) => {
    start[code] = words.length;
    for (const word of wordsOf(value, part)) words.push(tokens.id(word));
  });
  start[column.values.length] = words.length;
  return { start, words };
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
