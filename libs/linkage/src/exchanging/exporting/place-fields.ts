import { normaliseName } from '#person';
import { singleColumn } from '../../fields/codes.js';
import { AddressSql, wordWeights } from './address-words-sql.js';
import type { Value } from './cleaned.js';
import { type Rung, SqlComparison } from './comparison.js';
import { addStep, type Exporting, type FieldComparison, levelBySteps, plainName } from './exporting.js';
import { columnOf } from './name-data.js';

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
  const rungs: Rung<number>[] = [];
  const absent = [postcode?.is(dialect, 'no postcode'), address?.is(dialect, 'no address')].filter(
    (one) => one !== undefined,
  );
  rungs.push({ key: 0, label: 'missing', when: absent.join(' and '), missing: true });
  field.levels.forEach(({ name, segment }, level) => {
    if (level === 0 || segment !== undefined) return;
    const [p, a] = name.split(', ') as [string, string];
    const never =
      (postcode === null && p !== 'no postcode') ||
      (address === null && a !== 'no address') ||
      (p === 'no postcode' && a === 'no address');
    const conditions = [postcode?.is(dialect, p), address?.is(dialect, a)].filter((one) => one !== undefined);
    if (!never) rungs.push({ key: level, label: name, when: conditions.join(' and ') });
  });
  rungs[rungs.length - 1] = { ...rungs.at(-1)!, when: 'ELSE' };
  const parts = [postcode, address].filter((one) => one !== null);
  const level = (keys: string[]): number => {
    const name = `${postcode === null ? 'no postcode' : keys[0]!}, ${address === null ? 'no address' : keys.at(-1)!}`;
    return Math.max(
      0,
      field.levels.findIndex((one) => one.name === name && one.segment === undefined),
    );
  };
  return {
    field: at,
    comparison: new SqlComparison(plainName(`place ${prefix}`), field.name, rungs),
    level: levelBySteps(dialect, parts, level),
  };
}

function joined(exporting: Exporting, columns: readonly string[], sql: (column: string) => string): string {
  const type = exporting.dialect.name === 'duckdb' ? 'varchar' : 'string';
  const texts = columns.map((column) => `cast(${sql(column)} as ${type})`);
  return texts.length === 1 ? texts[0]! : `concat_ws(' ', ${texts.map((text) => `nullif(${text}, '')`).join(', ')})`;
}

/** Sectors, districts and areas are those of British codes; others are compared by their letters. */
function postcodeStep(exporting: Exporting, prefix: string, columns: readonly string[]): SqlComparison<string> {
  const { dialect, cleaned } = exporting;
  const code: Value = cleaned.value(
    `mash_${prefix}_postcode`,
    columns,
    (sql) => `nullif(${dialect.replaceAll(`upper(${joined(exporting, columns, sql)})`, '[^A-Z0-9]', '')}, '')`,
  );
  const [a, b] = [code.l, code.r];
  const british = (text: string): string => dialect.matches(text, '^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$');
  const both = `${british(a)} and ${british(b)}`;
  const start = (text: string, without: number): string => `substr(${text}, 1, length(${text}) - ${without})`;
  const area = (text: string): string => dialect.capture(text, '^[A-Z]{1,2}', 0);
  return new SqlComparison(
    `postcode_of_${prefix}`,
    'How the postcodes are related; a step on the way, weighs nothing',
    [
      { key: 'no postcode', label: 'missing', when: `${a} is null or ${b} is null`, missing: true },
      { key: 'same postcode', label: 'same', when: `${a} = ${b}` },
      { key: 'one edit', label: 'one edit', when: `${dialect.damerau(a, b)} = 1` },
      { key: 'same sector', label: 'same sector', when: `${both} and ${start(a, 2)} = ${start(b, 2)}` },
      { key: 'same district', label: 'same district', when: `${both} and ${start(a, 3)} = ${start(b, 3)}` },
      {
        key: 'same area',
        label: 'same area',
        when: `(${both} and ${area(a)} = ${area(b)}) or (not ${british(a)} and not ${british(b)} and length(${a}) > 3 and length(${b}) > 3 and substr(${a}, 1, 2) = substr(${b}, 1, 2))`,
      },
      { key: 'other postcode', label: 'other', when: 'ELSE' },
    ],
  );
}

function addressStep(
  exporting: Exporting,
  field: string,
  prefix: string,
  columns: readonly string[],
): SqlComparison<string> {
  const { dialect, cleaned, table } = exporting;
  const column =
    table === null
      ? null
      : singleColumn(
          columns.map((name) => columnOf(table, name)),
          table.rows,
        );
  const words = new AddressSql(dialect, column === null ? null : wordWeights(column, table!.rows, normaliseName));
  if (words.roughly !== null)
    exporting.notExpressed.push({
      field,
      level: 'same address, same street, alike, a little alike',
      why: words.roughly,
    });
  const value = (name: string, sql: (text: string) => string): Value =>
    cleaned.value(`mash_${prefix}_${name}`, columns, (at) => sql(joined(exporting, columns, at)));
  const numbers = value('numbers', (text) => words.numbers(text));
  const list = value('words', (text) => words.words(text));
  const alike = words.alike(list.l, list.r);
  const sameNumber = `(${numbers.l} <> '' and ${numbers.l} = ${numbers.r})`;
  const nothing = (side: 'l' | 'r'): string =>
    `(${numbers[side]} is null or (${numbers[side]} = '' and ${dialect.size(list[side])} = 0))`;
  const noNumber = `(${numbers.l} = '' and ${numbers.r} = '')`;
  return new SqlComparison(`address_of_${prefix}`, 'How the addresses are related; a step on the way, weighs nothing', [
    { key: 'no address', label: 'missing', when: `${nothing('l')} or ${nothing('r')}`, missing: true },
    { key: 'same address', label: 'same', when: `${numbers.l} = ${numbers.r} and ${list.l} = ${list.r}` },
    { key: 'other address', label: 'other', when: `${alike} < 0.25` },
    { key: 'a little alike', label: 'a little alike', when: `${alike} < 0.55 and not ${sameNumber}` },
    {
      key: 'alike',
      label: 'alike',
      when: `(${alike} < 0.55 and ${sameNumber}) or (${alike} < 0.8 and not ${sameNumber})`,
    },
    { key: 'same address', label: 'same, but for the spelling', when: `${sameNumber} or ${noNumber}` },
    { key: 'same street', label: 'same street', when: 'ELSE' },
  ]);
}
