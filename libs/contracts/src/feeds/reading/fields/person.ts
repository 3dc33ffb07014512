import { displayName, groupPhone, NhsNumber, NiNumber } from '#person';
import type { Address, PersonBlock } from '../../blocks/person-block.js';
import type { FieldReader } from '../reader.js';
import { day, span, together, words } from '../words.js';

/** "12 Example Road, Mansfield, NG18 1AA (current, from 3 November 2026)". */
export function addressText(address: Address): string | undefined {
  const where = together(', ', ...(address.lines ?? []), address.town, address.postcode);
  const uprn = address.uprn === undefined ? undefined : `UPRN ${address.uprn}`;
  const notes = together(', ', address.type ?? 'current', span(address.from, address.to), where && uprn);
  const place = where ?? uprn;
  return place === undefined ? undefined : `${place} (${notes})`;
}

/** The person block, the same in every feed and for everybody a row names. */
export const personFields: readonly FieldReader<PersonBlock>[] = [
  { field: 'person.title', label: 'Title', kind: 'ordinary', read: (p) => p.title },
  {
    field: 'person.forenames',
    label: 'Forenames',
    kind: 'ordinary',
    read: (p) => together(' ', ...(p.forenames ?? [])),
  },
  { field: 'person.surname', label: 'Surname', kind: 'ordinary', read: (p) => p.surname },
  { field: 'person.aliases', label: 'Other name', kind: 'ordinary', read: (p) => p.aliases?.map(displayName) },
  { field: 'person.dateOfBirth', label: 'Date of birth', kind: 'ordinary', read: (p) => day(p.dateOfBirth) },
  { field: 'person.sex', label: 'Sex', kind: 'ordinary', read: (p) => words(p.sex) },
  {
    field: 'person.nhsNumber',
    label: 'NHS number',
    kind: 'ordinary',
    read: (p) => p.nhsNumber && NhsNumber.format(p.nhsNumber),
  },
  {
    field: 'person.niNumber',
    label: 'National Insurance number',
    kind: 'ordinary',
    read: (p) => p.niNumber && NiNumber.format(p.niNumber),
  },
  { field: 'person.telephones', label: 'Telephone', kind: 'contact', read: (p) => p.telephones?.map(groupPhone) },
  { field: 'person.emails', label: 'Email', kind: 'contact', read: (p) => p.emails },
  { field: 'person.addresses', label: 'Address', kind: 'location', read: (p) => p.addresses?.map(addressText) },
];
