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
  nationalinsuranceno: 'person.niNumber',
  nationalinsurancenumber: 'person.niNumber',
  telephone: 'person.telephones.0',
  telephone1: 'person.telephones.0',
  phone: 'person.telephones.0',
  phonenumber: 'person.telephones.0',
  telephonenumber: 'person.telephones.0',
  tel: 'person.telephones.0',
  homephone: 'person.telephones.0',
  mobile: 'person.telephones.1',
  mobilenumber: 'person.telephones.1',
  mobilephone: 'person.telephones.1',
  telephone2: 'person.telephones.1',
  email: 'person.emails.0',
  emailaddress: 'person.emails.0',
  address1: 'person.addresses.0.lines.0',
  addressline1: 'person.addresses.0.lines.0',
  address: 'person.addresses.0.lines.0',
  address2: 'person.addresses.0.lines.1',
  addressline2: 'person.addresses.0.lines.1',
  address3: 'person.addresses.0.lines.2',
  addressline3: 'person.addresses.0.lines.2',
  town: 'person.addresses.0.town',
  city: 'person.addresses.0.town',
  towncity: 'person.addresses.0.town',
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
  const taken = new Set<string>();
  for (const column of columns) {
    const name = plain(column);
    const guess = fields.get(name) ?? (Object.hasOwn(PERSON, name) ? PERSON[name] : undefined);
    const path = guess && freePlace(feed === 'marac-referral' ? guess.replace(/^person\b/, 'victim') : guess, taken);
    if (!path) {
      unknown.push(column);
      continue;
    }
    taken.add(path);
    mapping[column] = path;
  }
  return { mapping, unknown };
}

/** No two columns fill one place: a further telephone or e-mail goes beside the others, anything else is not sent, and said so. */
function freePlace(path: string, taken: Set<string>): string | undefined {
  if (!taken.has(path)) return path;
  const list = /^(.*\.(?:telephones|emails))\.\d+$/.exec(path)?.[1];
  if (!list) return undefined;
  for (let i = 0; ; i++) if (!taken.has(`${list}.${i}`)) return `${list}.${i}`;
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
