import { bestOfPairs } from './best-of-pairs.js';
import type { Value } from './cleaned.js';
import { SqlComparison } from './comparison.js';
import { type Exporting, plainName } from './exporting.js';

const LABELS = ['same', 'one edit', 'same sector', 'same district', 'same area', 'other', 'missing'];
export const NO_POSTCODE = LABELS.length - 1;
const BRITISH = '^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$';

/** Sectors, districts and areas are those of British codes; others are compared by their first two letters. */
export function postcodeStep(exporting: Exporting, prefix: string, columns: readonly string[]): SqlComparison {
  const { dialect, cleaned } = exporting;
  const codes = columns.map((column): Value => {
    const sql = (text: string): string =>
      `nullif(${dialect.replaceAll(`upper(${dialect.asText(text)})`, '[^A-Z0-9]', '')}, '')`;
    return cleaned.value(`mash_${plainName(column)}_postcode`, [column], (at) => sql(at(column)));
  });
  const british = (text: string): string => dialect.matches(text, BRITISH);
  const start = (text: string, without: number): string => `substr(${text}, 1, length(${text}) - ${without})`;
  const area = (text: string): string => dialect.capture(text, '^[A-Z]{1,2}', 0);
  const rungs = bestOfPairs(
    codes,
    LABELS,
    (code, side) => `${code[side]} is null`,
    ({ l: a }, { r: b }) => {
      const both = `${british(a)} and ${british(b)}`;
      const foreign = `not ${british(a)} and not ${british(b)} and length(${a}) > 3 and length(${b}) > 3`;
      return [
        `${a} = ${b}`,
        `${dialect.damerau(a, b)} = 1`,
        `${both} and ${start(a, 2)} = ${start(b, 2)}`,
        `${both} and ${start(a, 3)} = ${start(b, 3)}`,
        `(${both} and ${area(a)} = ${area(b)}) or (${foreign} and substr(${a}, 1, 2) = substr(${b}, 1, 2))`,
      ];
    },
  );
  const says = 'How the postcodes are related; a step on the way, weighs nothing';
  return new SqlComparison(`postcode_of_${prefix}`, says, rungs);
}
