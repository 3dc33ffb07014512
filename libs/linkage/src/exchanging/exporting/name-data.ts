import { isOneEditApart } from '../../comparing/edits.js';
import { type NamePart, type NameRows, partsOf, readNames } from '../../fields/name-rows.js';
import { RELATION } from '../../fields/tokens.js';
import type { Column, Table } from '../../linking/table.js';
import type { Counted } from './counted.js';

/** What the rows a model was trained on tell about a name comparison's columns. */
export interface NameData {
  words: readonly string[];
  given: Counted | null;
  surname: Counted | null;
  /** Per column whether each value is one plain word: its lower case is the word. */
  single: boolean[];
  furtherWords: boolean;
  /** Some people have several names in the columns: in a cell, or in columns of aliases. */
  severalNames: boolean;
  /** How many rows have each word as a given name after the first. */
  middles: Map<string, number>;
  /** Words one letter apart that the engine takes for two names: 'ann anne', the lower first. */
  twoNames: string[];
}

export function nameParts(columns: readonly string[]): NamePart[] {
  return partsOf(columns.map((name) => ({ name, values: [], codes: new Uint32Array(0) })));
}

export function nameData(table: Table, names: readonly string[]): NameData {
  const columns = names.map((name) => table.columns.find((column) => column.name === name)!);
  const parts = partsOf(columns);
  const rows = readNames(columns, table.rows);
  const { words } = rows.tokens;
  const single = columns.map(({ values }, at) =>
    values.every((value) => value === '' || isWhole(rows, value, parts[at]!)),
  );
  const counted = (part: NamePart, codes: Uint32Array): Counted | null => {
    const holders = columns.filter((_, at) => parts[at] === part || parts[at] === 'full');
    return holders.length === 0
      ? null
      : {
          raw: holders[0]!,
          codes,
          words: holders.length === 1 && single[columns.indexOf(holders[0]!)] === true ? null : words,
        };
  };
  return {
    words: words.slice(1),
    given: counted('given', rows.given),
    surname: counted('surname', rows.surname),
    single,
    furtherWords: rows.extra.length > 0,
    severalNames: rows.aliasStart !== null,
    middles: middlesOf(rows, table.rows),
    twoNames: twoNamesOf(rows),
  };
}

function middlesOf({ tokens, middle, middles }: NameRows, rows: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const set of middle.subarray(0, rows)) {
    for (const id of middles.words(set)) {
      const word = tokens.words[id]!;
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

/** A value that the engine reads as the one word it is, in lower case. */
function isWhole({ tokens }: NameRows, value: string, part: NamePart): boolean {
  return part !== 'middle' && /^[A-Za-z]+$/.test(value) && tokens.words.includes(value.toLowerCase());
}

/** By leaving out one letter at a time, so that only words that may be one edit apart are compared. */
function twoNamesOf({ tokens }: NameRows): string[] {
  const often: number[] = [];
  // A word met hardly ever is a slip beside any other.
  tokens.words.forEach((word, id) =>
    word.length > 2 && tokens.given[id]! + tokens.surname[id]! > 3 ? often.push(id) : undefined,
  );
  const near = new Map<string, number[]>();
  const found = new Set<string>();
  for (const id of often) {
    const word = tokens.words[id]!;
    const keys = new Set([word, ...Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))]);
    for (const key of keys) {
      const others = near.get(key);
      if (others === undefined) near.set(key, [id]);
      else {
        for (const other of others) {
          if (isOneEditApart(word, tokens.words[other]!) && tokens.relation(id, other) === RELATION.twoNames)
            found.add([word, tokens.words[other]!].sort().join(' '));
        }
        others.push(id);
      }
    }
  }
  return [...found].sort();
}

export function columnOf(table: Table, name: string): Column {
  return table.columns.find((column) => column.name === name)!;
}
