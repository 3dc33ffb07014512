import type { TrainedField, TrainedModel } from '../linking/trained-model.js';
import { shortened } from './drawing.js';
import { capitalised, inSeries } from './figures.js';

const SHORT_FORMS: Record<string, string> = {
  nhs: 'NHS',
  ni: 'NI',
  nino: 'NI number',
  uprn: 'UPRN',
  id: 'ID',
  ssn: 'SSN',
  pnc: 'PNC',
  dob: 'date of birth',
  email: 'e-mail',
  tel: 'telephone',
};
const ROLES: Partial<Record<TrainedField['role'], string>> = {
  given: 'given name',
  surname: 'surname',
  middle: 'middle name',
};

/** What each field is called within a sentence: "date of birth", "postcode and address". No two the same. */
export function fieldNames(model: TrainedModel): string[] {
  const names = model.fields.map((field) => nameOf(field, model));
  const seen = new Map<string, number>();
  for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
  return names.map((name, f) =>
    seen.get(name) === 1 ? name : `${name} (${inSeries(model.fields[f]!.columns.map(columnInWords))})`,
  );
}

/** The same as they stand beside a bar: "Date of birth". */
export function fieldLabels(model: TrainedModel): string[] {
  return fieldNames(model).map(capitalised);
}

function nameOf(field: TrainedField, model: TrainedModel): string {
  if (field.kind === 'name') return ROLES[field.role] ?? columnInWords(field.name);
  if (field.role === 'place' && field.kind !== 'identifier') {
    const { postcode, address } = placeNames(field, model);
    return inSeries([postcode, address].filter((part) => part !== null));
  }
  return field.columns.length === 1 ? columnInWords(field.columns[0]!) : columnInWords(field.name);
}

/** What the two halves of a place are called; null for one that is not compared. */
export function placeNames(
  field: TrainedField,
  { comparisons }: Pick<TrainedModel, 'comparisons'>,
): { postcode: string | null; address: string | null } {
  const half = (kind: 'postcode' | 'address'): string | null => {
    const columns = comparisons
      .filter((one) => one.kind === kind)
      .flatMap((one) => one.columns)
      .filter((column) => field.columns.includes(column));
    return columns.length === 0 ? null : columns.length === 1 ? columnInWords(columns[0]!) : kind;
  };
  return { postcode: half('postcode'), address: half('address') };
}

/** A column's heading in words: `dateOfBirth`, `date_of_birth` and `DOB` are "date of birth". */
export function columnInWords(column: string): string {
  const words = column
    .replace(/\p{C}/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[\s_.-]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
    .map((word) => SHORT_FORMS[word] ?? word);
  return shortened(words.join(' '), 40) || 'a column without a name';
}
