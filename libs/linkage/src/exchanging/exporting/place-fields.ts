import { addressStep, NO_ADDRESS } from './address-sql.js';
import { type Rung, SqlComparison } from './comparison.js';
import { addStep, type Exporting, type FieldComparison, plainName } from './exporting.js';
import { NO_POSTCODE, postcodeStep } from './postcode-sql.js';

/** Where somebody lives, or a text, as a Splink comparison (fields/places.ts says what each level means). */
export function placeField(exporting: Exporting, at: number): FieldComparison {
  const { model, dialect } = exporting;
  const field = model.fields[at]!;
  const prefix = plainName(field.columns.join(' '));
  const { postcodes, addresses } = columnsOf(exporting, at);
  const postcode = postcodes.length === 0 ? null : addStep(exporting, postcodeStep(exporting, prefix, postcodes));
  const address =
    addresses.length === 0 ? null : addStep(exporting, addressStep(exporting, field.name, prefix, addresses));
  const parts = [postcode, address].filter((one) => one !== null);
  // Level 1 is "same postcode, same address", then each address level of each postcode level.
  const levelOf = (keys: number[]): number => {
    const p = postcode === null ? NO_POSTCODE : keys[0]!;
    const a = address === null ? NO_ADDRESS : keys.at(-1)!;
    return p === NO_POSTCODE && a === NO_ADDRESS ? 0 : 1 + p * (NO_ADDRESS + 1) + a;
  };

  const rungs: Rung[] = [];
  for (let p = postcode === null ? NO_POSTCODE : 0; p <= NO_POSTCODE; p++) {
    for (let a = address === null ? NO_ADDRESS : 0; a <= NO_ADDRESS; a++) {
      const key = levelOf(postcode === null ? [a] : [p, a]);
      const both = [postcode?.is(dialect, p), address?.is(dialect, a)].filter((one) => one !== undefined);
      const rung = { key, label: field.levels[key]!.name, when: both.join(' and ') };
      if (key === 0) rungs.unshift({ ...rung, missing: true });
      else rungs.push(rung);
    }
  }
  rungs[rungs.length - 1] = { ...rungs.at(-1)!, when: 'ELSE' };
  const comparison = new SqlComparison(`place_${prefix}`, field.name, rungs);
  return { field: at, comparison, level: { parts, of: levelOf } };
}

/** Postcodes each by itself; addresses by their columns. */
function columnsOf({ model }: Exporting, at: number): { postcodes: string[]; addresses: string[][] } {
  const { kind, columns } = model.fields[at]!;
  if (kind === 'text') return { postcodes: [], addresses: [[...columns]] };
  const ofKind = (wanted: string): string[][] =>
    model.comparisons.filter((one) => one.kind === wanted).map((one) => one.columns);
  return { postcodes: ofKind('postcode').flat(), addresses: ofKind('address') };
}
