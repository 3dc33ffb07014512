import type { FeedName, FeedRows } from '../feed.js';
import type { PersonBlock } from '../blocks/person-block.js';
import { peopleIn } from '../reading/people.js';

/** What is counted of a submission's rows: `rows` measures are of all rows received, `people` measures of the main person of each row taken. */
export const QUALITY_MEASURES = {
  rows_refused: { label: 'Rows refused', of: 'rows' },
  rows_with_field_left_out: { label: 'Rows with a field left out', of: 'rows' },
  forename_missing: { label: 'No forename', of: 'people' },
  name_placeholder: { label: 'Name is a placeholder', of: 'people' },
  birth_date_missing: { label: 'No date of birth', of: 'people' },
  birth_date_partial: { label: 'Date of birth without its day or month', of: 'people' },
  birth_date_1_january: { label: 'Born on 1 January', of: 'people' },
  birth_date_unlikely: { label: 'Date of birth unlikely', of: 'people' },
  sex_missing: { label: 'Sex not given or not known', of: 'people' },
  address_missing: { label: 'No address', of: 'people' },
  postcode_missing: { label: 'No postcode', of: 'people' },
  uprn_missing: { label: 'No UPRN', of: 'people' },
  nhs_number_missing: { label: 'No NHS number', of: 'people' },
  ni_number_missing: { label: 'No National Insurance number', of: 'people' },
  contact_missing: { label: 'No telephone number or email address', of: 'people' },
} as const satisfies Record<string, { label: string; of: 'rows' | 'people' }>;

export type QualityMeasure = keyof typeof QUALITY_MEASURES;
export type PersonMeasure = {
  [M in QualityMeasure]: (typeof QUALITY_MEASURES)[M]['of'] extends 'people' ? M : never;
}[QualityMeasure];

/** What systems write where a name must be given and none is known. */
const PLACEHOLDERS = new Set(
  'unknown,not known,notknown,n/a,na,none,nil,test,tester,xxx,xx,x,tbc,tba,anon,anonymous,unnamed,baby,void,tenant,occupier,the occupier,no name,dummy,do not use'.split(
    ',',
  ),
);
/** Dates that systems fill in by themselves: spreadsheet, mainframe and Unix epochs. */
const FILLED_IN = new Set(['1900-01-01', '1899-12-30', '1899-12-31', '1753-01-01', '1970-01-01', '1901-01-01']);
const OLDEST_YEARS = 110;

/** The main person of a row: the first it names. */
export function mainPerson<F extends FeedName>(feed: F, row: FeedRows[F]): PersonBlock | null {
  return peopleIn(feed, row)[0]?.person ?? null;
}

/** Which measures a person adds to. @param year the year it is now, for who would be older than anybody is */
export function personMeasures(person: PersonBlock, year: number): PersonMeasure[] {
  const found: PersonMeasure[] = [];
  const names = [...(person.forenames ?? []), person.surname ?? ''];
  if ((person.forenames?.length ?? 0) === 0) found.push('forename_missing');
  if (names.some((name) => PLACEHOLDERS.has(name.toLowerCase()))) found.push('name_placeholder');
  found.push(...birthMeasures(person.dateOfBirth, year));
  if (person.sex === undefined || person.sex === 'unknown') found.push('sex_missing');
  const addresses = person.addresses ?? [];
  if (addresses.length === 0) found.push('address_missing');
  if (!addresses.some(({ postcode }) => postcode !== undefined)) found.push('postcode_missing');
  if (!addresses.some(({ uprn }) => uprn !== undefined)) found.push('uprn_missing');
  if (person.nhsNumber === undefined) found.push('nhs_number_missing');
  if (person.niNumber === undefined) found.push('ni_number_missing');
  if (!person.telephones?.length && !person.emails?.length) found.push('contact_missing');
  return found;
}

function birthMeasures(birth: string | undefined, year: number): PersonMeasure[] {
  if (birth === undefined) return ['birth_date_missing'];
  if (birth.length < 10) return ['birth_date_partial'];
  const unlikely = FILLED_IN.has(birth) || year - Number(birth.slice(0, 4)) > OLDEST_YEARS;
  return [
    ...(birth.endsWith('-01-01') ? (['birth_date_1_january'] as const) : []),
    ...(unlikely ? (['birth_date_unlikely'] as const) : []),
  ];
}
