import { fieldCatalogue, type FeedName } from '#contracts';

/** Column name of the file → path in the row. `address1`… name parts of the person block's lists. */
export type Mapping = Record<string, string>;

/** What housing systems call the parts of a person block, without spaces and signs. */
const PERSON: Record<string, string> = {
  title: 'person.title',
  salutation: 'person.title',
  surname: 'person.surname',
  lastname: 'person.surname',
  familyname: 'person.surname',
  forenames: 'person.forenames',
  forename: 'person.forenames',
  firstname: 'person.forenames',
  givennames: 'person.forenames',
  givenname: 'person.forenames',
  dateofbirth: 'person.dateOfBirth',
  dob: 'person.dateOfBirth',
  birthdate: 'person.dateOfBirth',
  sex: 'person.sex',
  gender: 'person.sex',
  nhsnumber: 'person.nhsNumber',
  nhsno: 'person.nhsNumber',
  ninumber: 'person.niNumber',
  nino: 'person.niNumber',
  nationalinsurancenumber: 'person.niNumber',
  telephone: 'person.telephones.0',
  telephone1: 'person.telephones.0',
  phone: 'person.telephones.0',
  mobile: 'person.telephones.1',
  telephone2: 'person.telephones.1',
  email: 'person.emails.0',
  emailaddress: 'person.emails.0',
  address1: 'person.addresses.0.lines.0',
  addressline1: 'person.addresses.0.lines.0',
  address: 'person.addresses.0.lines.0',
  address2: 'person.addresses.0.lines.1',
  addressline2: 'person.addresses.0.lines.1',
  town: 'person.addresses.0.town',
  posttown: 'person.addresses.0.town',
  postcode: 'person.addresses.0.postcode',
  addressuprn: 'person.addresses.0.uprn',
  addressfrom: 'person.addresses.0.from',
  addressconfidential: 'person.addresses.0.confidential',
  previousaddress1: 'person.addresses.1.lines.0',
  previousaddress2: 'person.addresses.1.lines.1',
  previoustown: 'person.addresses.1.town',
  previouspostcode: 'person.addresses.1.postcode',
  previousfrom: 'person.addresses.1.from',
  previousto: 'person.addresses.1.to',
  othernames: 'person.aliases',
  recordref: 'recordRef',
  reference: 'recordRef',
  ref: 'recordRef',
};

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * Guesses what each column is from its name.
 * @returns the mapping, and the columns nobody could place (they are not sent)
 */
export function guessMapping(feed: FeedName, columns: string[]): { mapping: Mapping; unknown: string[] } {
  const fields = new Map<string, string>();
  for (const field of ownFields(feed)) fields.set(plain(field), field);
  const mapping: Mapping = {};
  const unknown: string[] = [];
  for (const column of columns) {
    const path = fields.get(plain(column)) ?? PERSON[plain(column)];
    if (path) mapping[column] = feed === 'marac-referral' ? path.replace(/^person\b/, 'victim') : path;
    else unknown.push(column);
  }
  return { mapping, unknown };
}

/** The feed's own fields: those of the catalogue, and the objects and lists they stand in. */
function ownFields(feed: FeedName): string[] {
  const names = new Set<string>();
  for (const field of Object.keys(fieldCatalogue[feed])) {
    if (field.startsWith('person.')) continue;
    names.add(field);
    names.add(field.split('.')[0]!);
  }
  for (const extra of EXTRA[feed] ?? []) names.add(extra);
  return [...names];
}

/** Parts of objects that the catalogue shows as one field, or does not show at all. */
const EXTRA: Partial<Record<FeedName, string[]>> = {
  arrears: [
    'agreement.start',
    'agreement.balance',
    'agreement.amount',
    'agreement.frequency',
    'agreement.state',
    'lastContact.date',
    'lastContact.action',
  ],
  homelessness: ['temporaryAccommodation.kind', 'temporaryAccommodation.area'],
  'dv-service': [
    'role',
    'safeContact.safe',
    'safeContact.number',
    'safeContact.times',
    'safeContact.messageOk',
    'safeContact.notSafeToTalkTo',
    'consent.status',
    'consent.scope',
    'consent.at',
    'relatedPeople',
    'children',
  ],
  'marac-referral': [
    'referrer.agency',
    'referrer.role',
    'safeContact.safe',
    'safeContact.number',
    'safeContact.times',
    'safeContact.messageOk',
    'safeContact.notSafeToTalkTo',
    'criteria.dashScore',
    'criteria.visibleHighRisk',
    'criteria.professionalJudgement',
    'criteria.potentialEscalation',
    'criteria.repeat',
    'consent.status',
    'consent.scope',
    'consent.at',
    'perpetrators',
    'children',
  ],
  'agency-history': ['events', 'requestRef', 'known'],
};
