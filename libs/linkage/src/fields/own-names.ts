import { middleRange, type NamePart } from './name-columns.js';
import type { MiddleSets } from './middle-sets.js';
import type { ReadColumn, ValueWords } from './name-words.js';
import { rowNumbers } from './row-numbers.js';

/** The name that stands first in each row. */
export interface OwnNames {
  given: Uint32Array;
  surname: Uint32Array;
  /** Row r's further words are `extra[extraStart[r]]` up to `extra[extraStart[r + 1]]`. */
  extraStart: Uint32Array;
  extra: Uint32Array;
  /** The set of its given names after the first. */
  middle: Uint32Array;
}

export function ownNames(columns: readonly ReadColumn[], rows: number, middles: MiddleSets): OwnNames {
  const given = rowNumbers(rows);
  const surname = rowNumbers(rows);
  const middle = rowNumbers(rows);
  const extraStart = new Uint32Array(rows + 1);
  let extra = new Uint32Array(Math.max(16, rows >> 2));
  let used = 0;
  const middleOf = columns.map(({ part, values }) => middlePerValue(part, values, middles));
  for (let row = 0; row < rows; row++) {
    extraStart[row] = used;
    for (let at = 0; at < columns.length; at++) {
      const { part, codes, values } = columns[at]!;
      const { start, words } = values;
      const code = codes[row]!;
      const end = start[code + 1]!;
      const further = middleOf[at]![code]!;
      if (further !== 0) middle[row] = middles.both(middle[row]!, further);
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
  return { given, surname, extraStart, extra: extra.slice(0, used), middle };
}

/** Per value the set of its given names after the first. */
function middlePerValue(part: NamePart, { start, words }: ValueWords, middles: MiddleSets): Uint32Array {
  const found = new Uint32Array(start.length - 1);
  if (part === 'surname') return found;
  for (let code = 0; code < found.length; code++) {
    const [from, to] = middleRange(part, start[code]!, start[code + 1]!);
    if (to > from) found[code] = middles.id(words, from, to);
  }
  return found;
}
