import { normaliseName } from '#person';
import { singleColumn } from '../../fields/codes.js';
import { AddressSql, wordWeights } from './address-words-sql.js';
import type { Value } from './cleaned.js';
import { type Rung, SqlComparison } from './comparison.js';
import { addStep, type Exporting, type FieldComparison, plainName } from './exporting.js';
import { columnOf } from './name-data.js';

/** As in fields/places.ts; the last of each stands for missing. */
const POSTCODE = [
  'same postcode',
  'one edit',
  'same sector',
  'same district',
  'same area',
  'other postcode',
  'no postcode',
];
const ADDRESS = ['same address', 'same street', 'alike', 'a little alike', 'other address', 'no address'];
const NO_POSTCODE = POSTCODE.length - 1;
const NO_ADDRESS = ADDRESS.length - 1;

/** Where somebody lives, or a text, as a Splink comparison (fields/places.ts says what each level means). */
export function placeField(exporting: Exporting, at: number): FieldComparison {
  const { model, dialect } = exporting;
  const field = model.fields[at]!;
  const prefix = plainName(field.columns.join(' '));
  const isPostcode = (column: string): boolean =>
    field.kind !== 'text' &&
    model.comparisons.some(({ kind, columns }) => kind === 'postcode' && columns.includes(column));
  const postcodes = field.columns.filter(isPostcode);
  const addresses = field.columns.filter((column) => !isPostcode(column));
  const postcode = postcodes.length === 0 ? null : addStep(exporting, postcodeStep(exporting, prefix, postcodes));
  const address =
    addresses.length === 0 ? null : addStep(exporting, addressStep(exporting, field.name, prefix, addresses));
  const parts = [postcode, address].filter((one) => one !== null);
  const levelOf = (keys: number[]): number => {
    const p = postcode === null ? NO_POSTCODE : keys[0]!;
    const a = address === null ? NO_ADDRESS : keys.at(-1)!;
    if (p === NO_POSTCODE && a === NO_ADDRESS) return 0;
    const name = `${POSTCODE[p]}, ${ADDRESS[a]}`;
    return Math.max(
      0,
      field.levels.findIndex((one) => one.name === name && one.segment === undefined),
    );
  };

  const rungs: Rung[] = [];
  const both = (p: number, a: number): string =>
    [postcode?.is(dialect, p), address?.is(dialect, a)].filter((one) => one !== undefined).join(' and ');
  for (let p = postcode === null ? NO_POSTCODE : 0; p <= NO_POSTCODE; p++) {
    for (let a = address === null ? NO_ADDRESS : 0; a <= NO_ADDRESS; a++) {
      const key = levelOf(postcode === null ? [a] : [p, a]);
      const rung = { key, label: field.levels[key]!.name, when: both(p, a) };
      if (key === 0) rungs.unshift({ ...rung, missing: true });
      else rungs.push(rung);
    }
  }
  rungs[rungs.length - 1] = { ...rungs.at(-1)!, when: 'ELSE' };
  const comparison = new SqlComparison(`place_${prefix}`, field.name, rungs);
  return { field: at, comparison, level: { parts, of: levelOf } };
}

function joined({ dialect }: Exporting, columns: readonly string[], sql: (column: string) => string): string {
  const texts = columns.map((column) => dialect.asText(sql(column)));
  return texts.length === 1 ? texts[0]! : `concat_ws(' ', ${texts.map((text) => `nullif(${text}, '')`).join(', ')})`;
}

function named(names: readonly string[], rungs: readonly [string, string][]): Rung[] {
  const [missing, ...others] = rungs.map(([label, when]) => ({ key: names.indexOf(label), label, when }));
  return [{ ...missing!, missing: true }, ...others];
}

/** Sectors, districts and areas are those of British codes; others are compared by their letters. */
function postcodeStep(exporting: Exporting, prefix: string, columns: readonly string[]): SqlComparison {
  const { dialect, cleaned } = exporting;
  const code: Value = cleaned.value(
    `mash_${prefix}_postcode`,
    columns,
    (sql) => `nullif(${dialect.replaceAll(`upper(${joined(exporting, columns, sql)})`, '[^A-Z0-9]', '')}, '')`,
  );
  const [a, b] = [code.l, code.r];
  const british = (text: string): string => dialect.matches(text, '^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$');
  const start = (text: string, without: number): string => `substr(${text}, 1, length(${text}) - ${without})`;
  const area = (text: string): string => dialect.capture(text, '^[A-Z]{1,2}', 0);
  const both = `${british(a)} and ${british(b)}`;
  const foreign = `not ${british(a)} and not ${british(b)} and length(${a}) > 3 and length(${b}) > 3`;
  const says = 'How the postcodes are related; a step on the way, weighs nothing';
  return new SqlComparison(
    `postcode_of_${prefix}`,
    says,
    named(POSTCODE, [
      ['no postcode', `${a} is null or ${b} is null`],
      ['same postcode', `${a} = ${b}`],
      ['one edit', `${dialect.damerau(a, b)} = 1`],
      ['same sector', `${both} and ${start(a, 2)} = ${start(b, 2)}`],
      ['same district', `${both} and ${start(a, 3)} = ${start(b, 3)}`],
      [
        'same area',
        `(${both} and ${area(a)} = ${area(b)}) or (${foreign} and substr(${a}, 1, 2) = substr(${b}, 1, 2))`,
      ],
      ['other postcode', 'ELSE'],
    ]),
  );
}

function addressStep(exporting: Exporting, field: string, prefix: string, columns: readonly string[]): SqlComparison {
  const { dialect, cleaned, table } = exporting;
  const rows =
    table === null
      ? null
      : singleColumn(
          columns.map((name) => columnOf(table, name)),
          table.rows,
        );
  const words = new AddressSql(dialect, rows === null ? null : wordWeights(rows, table!.rows, normaliseName));
  if (words.roughly !== null) {
    const level = 'same address, same street, alike, a little alike';
    exporting.notExpressed.push({ field, level, why: words.roughly });
  }
  const value = (name: string, sql: (text: string) => string): Value =>
    cleaned.value(`mash_${prefix}_${name}`, columns, (at) => sql(joined(exporting, columns, at)));
  const numbers = value('numbers', (text) => words.numbers(text));
  const list = value('words', (text) => words.words(text));
  const alike = words.alike(list.l, list.r);
  const sameNumber = `(${numbers.l} <> '' and ${numbers.l} = ${numbers.r})`;
  const nothing = (side: 'l' | 'r'): string =>
    `${numbers[side]} is null or (${numbers[side]} = '' and ${dialect.size(list[side])} = 0)`;
  const says = 'How the addresses are related; a step on the way, weighs nothing';
  return new SqlComparison(
    `address_of_${prefix}`,
    says,
    named(ADDRESS, [
      ['no address', `${nothing('l')} or ${nothing('r')}`],
      ['same address', `${numbers.l} = ${numbers.r} and ${list.l} = ${list.r}`],
      ['other address', `${alike} < 0.25`],
      ['a little alike', `${alike} < 0.55 and not ${sameNumber}`],
      ['alike', `(${alike} < 0.55 and ${sameNumber}) or (${alike} < 0.8 and not ${sameNumber})`],
      ['same address', `${sameNumber} or (${numbers.l} = '' and ${numbers.r} = '')`],
      ['same street', 'ELSE'],
    ]),
  );
}
