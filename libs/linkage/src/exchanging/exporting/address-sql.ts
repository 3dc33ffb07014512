import { singleColumn } from '../../fields/codes.js';
import { type AddressesSql, AddressWordsSql, SimpleAddressWords } from './address-words-sql.js';
import { bestOfPairs } from './best-of-pairs.js';
import type { Value } from './cleaned.js';
import { SqlComparison } from './comparison.js';
import { type Exporting, plainName } from './exporting.js';
import { columnOf } from './name-data.js';
import { wordWeights } from './word-weights.js';

const LABELS = ['same', 'same street', 'alike', 'a little alike', 'other', 'missing'];
export const NO_ADDRESS = LABELS.length - 1;

interface Address {
  l: { numbers: string; words: string };
  r: { numbers: string; words: string };
}

/** How two addresses are related (fields/address-words.ts). In: the columns of each address. */
export function addressStep(
  exporting: Exporting,
  field: string,
  prefix: string,
  addresses: readonly (readonly string[])[],
): SqlComparison {
  const { dialect, cleaned, table } = exporting;
  const rows =
    table &&
    addresses.map((columns) =>
      singleColumn(
        columns.map((name) => columnOf(table, name)),
        table.rows,
      ),
    );
  const words: AddressesSql = cleaned.prepared
    ? new AddressWordsSql(dialect, rows && wordWeights(rows, table!.rows))
    : new SimpleAddressWords(dialect);
  if (words.roughly !== null) {
    const level = 'same address, same street, alike, a little alike';
    exporting.notExpressed.push({ field, level, why: words.roughly });
  }
  const values = addresses.map((columns): Address => {
    const text = (at: (column: string) => string): string => {
      const texts = columns.map((column) => dialect.asText(at(column)));
      const present = texts.map((one) => `nullif(${one}, '')`);
      return texts.length === 1 ? texts[0]! : `concat_ws(' ', ${present.join(', ')})`;
    };
    const made = (name: string, sql: (text: string) => string): Value =>
      cleaned.value(`mash_${plainName(columns.join(' '))}_${name}`, columns, (at) => sql(text(at)));
    const numbers = made('numbers', (one) => words.numbers(one));
    const list = made('words', (one) => words.words(one));
    return { l: { numbers: numbers.l, words: list.l }, r: { numbers: numbers.r, words: list.r } };
  });
  const isMissing = (address: Address, side: 'l' | 'r'): string => {
    const { numbers, words: list } = address[side];
    return `${numbers} is null or (${numbers} = '' and ${dialect.size(list)} = 0)`;
  };
  const rungs = bestOfPairs(values, LABELS, isMissing, ({ l: a }, { r: b }) => {
    const alike = words.alike(a.words, b.words);
    const sameNumber = `(${a.numbers} <> '' and ${a.numbers} = ${b.numbers})`;
    const noNumber = `(${a.numbers} = '' and ${b.numbers} = '')`;
    return [
      `(${a.numbers} = ${b.numbers} and ${a.words} = ${b.words}) or (${sameNumber} and ${alike} >= 0.55) or (${noNumber} and ${alike} >= 0.8)`,
      `${alike} >= 0.8`,
      `${alike} >= 0.55 or (${sameNumber} and ${alike} >= 0.25)`,
      `${alike} >= 0.25`,
    ];
  });
  const says = 'How the addresses are related; a step on the way, weighs nothing';
  return new SqlComparison(`address_of_${prefix}`, says, rungs);
}
