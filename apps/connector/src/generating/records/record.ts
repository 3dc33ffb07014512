import { writtenBirth } from './damage/birth.js';
import { writtenEmail, writtenPhone } from './damage/contact.js';
import { writtenName } from './damage/name.js';
import { placeOf, writtenPlace } from './damage/place.js';
import { RATES } from './damage/rates.js';
import { errs, type Writing } from './damage/writing.js';
import type { Contacts } from './population/contact.js';
import type { Resident } from './population/resident.js';

/** The headings of `records.csv`, in order. */
export const RECORD_COLUMNS = [
  'id',
  'title',
  'forename',
  'middle_name',
  'surname',
  'date_of_birth',
  'sex',
  'address',
  'town',
  'postcode',
  'phone',
  'email',
  'nhs_number',
] as const;

/** One flat record of a person; what is not known is an empty text. */
export type RecordRow = Record<(typeof RECORD_COLUMNS)[number], string>;

/** Writes a person down once, with the errors of that record. */
export function recordOf(writing: Writing, contacts: Contacts, person: Resident, id: string): RecordRow {
  const name = writtenName(writing, person);
  const place = placeOf(writing, person);
  const { address, town, postcode } = writtenPlace(writing, place);
  return {
    id,
    title: name.title,
    forename: name.forename,
    middle_name: name.middle,
    surname: name.surname,
    date_of_birth: writtenBirth(writing, person),
    sex: writtenSex(writing, person),
    address,
    town,
    postcode,
    phone: writtenPhone(writing, contacts, person, place),
    email: writtenEmail(writing, contacts, person),
    nhs_number: writing.random.chance(RATES.contact.nhsNumber) ? (contacts.nhsNumber(person) ?? '') : '',
  };
}

function writtenSex(writing: Writing, { sex }: Resident): string {
  if (errs(writing, RATES.sex.missing)) return '';
  const female = (sex === 'female') !== errs(writing, RATES.sex.wrong);
  return female ? 'F' : 'M';
}
