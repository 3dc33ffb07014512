import type { Column } from '../linking/table.js';
import { MiddleSets } from './middle-sets.js';
import { nameColumns } from './name-columns.js';
import { valueWords } from './name-words.js';
import { type OtherName, otherNames } from './other-names.js';
import { type OwnNames, ownNames } from './own-names.js';
import { rowNumbers } from './row-numbers.js';
import { NameTokens } from './tokens.js';

export { type NamePart, partsOf } from './name-columns.js';

/**
 * Every row's name as words: the first given name, the surname, and what else there is. Names are numbered: a row's own
 * has the row's number, the other names people have come after all rows.
 */
export interface NameRows {
  tokens: NameTokens;
  /** Of the rows' own names. */
  given: Uint32Array;
  surname: Uint32Array;
  /** Of all names. */
  all: { given: Uint32Array; surname: Uint32Array };
  /** Row r's other names are number `aliasStart[r]` up to `aliasStart[r + 1]`; null where nobody has any. */
  aliasStart: Uint32Array | null;
  /** Name n's further words are `extra[extraStart[n]]` up to `extra[extraStart[n + 1]]`. */
  extraStart: Uint32Array;
  extra: Uint32Array;
  /** Per name the set of its given names after the first. */
  middle: Uint32Array;
  middles: MiddleSets;
}

export function readNames(columns: readonly Column[], rows: number): NameRows {
  const tokens = new NameTokens();
  const middles = new MiddleSets(tokens);
  const plan = nameColumns(columns);
  const read = columns.map((column, at) => ({
    ...plan[at]!,
    codes: column.codes,
    values: valueWords(column, plan[at]!.part, tokens),
  }));
  const own = ownNames(
    read.filter(({ alias }) => alias === null),
    rows,
    middles,
  );
  const others = otherNames(read, own, middles, rows);
  tokens.close();
  const count = (words: Uint32Array, counts: Uint32Array): void => {
    for (let row = 0; row < rows; row++) if (words[row] !== 0) counts[words[row]!]!++;
  };
  count(own.given, tokens.given);
  count(own.surname, tokens.surname);
  return others === null
    ? { tokens, ...own, all: own, aliasStart: null, middles }
    : { tokens, ...withOthers(own, others, tokens, rows), middles };
}

function withOthers(
  own: OwnNames,
  others: readonly OtherName[],
  tokens: NameTokens,
  rows: number,
): Omit<NameRows, 'tokens' | 'middles'> {
  const names = rows + others.length;
  const grown = (numbers: Uint32Array, of: (other: OtherName) => number): Uint32Array => {
    const made = rowNumbers(names);
    made.set(numbers);
    others.forEach((other, at) => (made[rows + at] = of(other)));
    return made;
  };
  const all = {
    given: grown(own.given, ({ given }) => given),
    surname: grown(own.surname, ({ surname }) => surname),
  };
  const middle = grown(own.middle, (other) => other.middle);
  const aliasStart = rowNumbers(rows + 1);
  for (const { row } of others) aliasStart[row + 1]!++;
  aliasStart[0] = rows;
  for (let row = 0; row < rows; row++) aliasStart[row + 1]! += aliasStart[row]!;
  const extraStart = new Uint32Array(names + 1);
  extraStart.set(own.extraStart);
  others.forEach(({ extra }, at) => (extraStart[rows + at + 1] = extraStart[rows + at]! + extra.length));
  const extra = new Uint32Array(extraStart[names]!);
  extra.set(own.extra);
  others.forEach((other, at) => extra.set(other.extra, extraStart[rows + at]));
  for (const { row, given, surname } of others) {
    if (given !== own.given[row]) tokens.given[given]!++;
    if (surname !== own.surname[row]) tokens.surname[surname]!++;
  }
  return {
    given: all.given.subarray(0, rows),
    surname: all.surname.subarray(0, rows),
    all,
    aliasStart,
    extraStart,
    extra,
    middle,
  };
}
