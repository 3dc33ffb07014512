import { fieldWords } from '../../parsing/row-error.js';
import type { FeedName } from '../../feed.js';

/** How the text of a cell becomes a value of a row: one reader a kind (values.ts). */
export type ValueKind =
  | 'ref'
  | 'text'
  | 'line'
  | 'surname'
  | 'forenames'
  | 'full-name'
  | 'aliases'
  | 'title'
  | 'birth-date'
  | 'date'
  | 'moment'
  | 'time'
  | 'money'
  | 'number'
  | 'yes-no'
  | 'yes-no-or'
  | 'code'
  | 'words'
  | 'list'
  | 'nhs'
  | 'ni'
  | 'uprn'
  | 'phone'
  | 'email'
  | 'postcode'
  | 'address';

/** A place in a row a column may fill. `#` in a path stands for a position in a list. */
export interface Target {
  path: string;
  kind: ValueKind;
}

const list = (text: string, prefix = ''): Target[] =>
  text
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [path = '', kind = 'text'] = entry.split(':');
      return { path: prefix + path, kind: kind as ValueKind };
    });

/** `name` and `addresses.#` are no fields of a row: a whole name or address in one cell, which is taken apart. */
const PERSON = `
  name:full-name surname:surname forenames:forenames aliases:aliases title:title dateOfBirth:birth-date sex:code
  nhsNumber:nhs niNumber:ni telephones.#:phone emails.#:email addresses.#:address addresses.#.lines.#:line
  addresses.#.town:line addresses.#.postcode:postcode addresses.#.uprn:uprn addresses.#.type:code
  addresses.#.from:date addresses.#.to:date addresses.#.confidential:yes-no`;
const person = (at: string): Target[] => list(PERSON, `${at}.`);

const SAFE_CONTACT = `safeContact.safe:yes-no safeContact.number:phone safeContact.times safeContact.messageOk:yes-no
  safeContact.notSafeToTalkTo:words`;
const CONSENT = 'consent.status:code consent.scope:words consent.at:moment';

const OWN: Record<FeedName, Target[]> = {
  housing:
    list(`tenancyRef:ref propertyRef:ref uprn:uprn tenure:code tenantStatus:code tenancyStart:date tenancyEnd:date
    household:list household.#.name household.#.dateOfBirth:birth-date household.#.relationship repairs:words alerts:list
    alerts.#.code alerts.#.description alerts.#.from:date alerts.#.to:date`),
  arrears: list(`tenancyRef:ref balance:money collectableArrears:money weeklyRent:money daysInArrears:number
    daysSinceLastPayment:number noticeServed:yes-no-or noticeServedDate:date noticeExpiryDate:date courtDate:date
    courtOutcome:code evictionDate:date universalCredit:yes-no agreement:list agreement.start:date
    agreement.balance:money agreement.amount:money agreement.frequency:code agreement.state:code lastContact:list
    lastContact.date:date lastContact.action`),
  asb: [
    ...list(`caseRef:ref reportedAt:moment incidents:list incidents.#.at:moment incidents.#.location
      incidents.#.uprn:uprn incidents.#.types.#.type:code incidents.#.types.#.category definition:code riskScore:number
      parties:list parties.#.role:code status:code actions:words closedAt:moment outcome:code`),
    ...person('parties.#.person'),
  ],
  homelessness: list(`caseRef:ref applicationDate:date lossReason:code supportNeeds:words priorityNeed:code duty:code
    dutyStart:date dutyEnd:date outcome:code temporaryAccommodation:list temporaryAccommodation.kind:code
    temporaryAccommodation.area`),
  'dv-service': [
    ...list(`clientRef:ref role:code aliases:aliases language ${SAFE_CONTACT} area relatedPeople:list
      relatedPeople.#.role:code relatedPeople.#.relationship relatedPeople.#.location children:list
      children.#.livesWith pregnant:yes-no dashScore:number ${CONSENT} serviceType:code opened:date closed:date
      orders:words safeContact:list consent:list`),
    ...person('relatedPeople.#.person'),
    ...person('children.#.person'),
  ],
  'marac-referral': [
    ...list(`referrer referrer.name referrer.agency referrer.role referrer.telephone:phone referrer.email:email
      referredAt:moment ${SAFE_CONTACT} safeContact:list perpetrators:list perpetrators.#.relationship children:list
      children.#.relationshipToVictim children.#.relationshipToPerpetrator children.#.school criteria.dashScore:number
      criteria.visibleHighRisk:yes-no criteria.professionalJudgement:yes-no criteria.potentialEscalation:yes-no
      criteria.repeat:yes-no criteria:list victimAware:yes-no consent:yes-no-or ${CONSENT} reason afraidOf
      previousMarac:yes-no-or previousMarac.date:date previousMarac.area`),
    ...person('perpetrators.#.person'),
    ...person('children.#.person'),
  ],
  'agency-history': list(`requestRef:ref known:code events:list events.#.ref:ref events.#.start:date
    events.#.startTime:time events.#.end:date events.#.endTime:time events.#.uncertain:yes-no events.#.source
    events.#.person events.#.event events.#.actionTaken events.#.seen.victim:yes-no events.#.seen.child:yes-no
    events.#.comment events.#.missedOpportunity:yes-no-or recordsSecured:yes-no-or imrNeeded:yes-no lastContact:date`),
};

/** Where the row's own person stands. */
export function mainPerson(feed: FeedName): 'person' | 'victim' {
  return feed === 'marac-referral' ? 'victim' : 'person';
}

const all = new Map<FeedName, Map<string, Target>>();

/** Every place of a feed's row that a column may fill, by its path with `#` for list positions. */
export function targetsOf(feed: FeedName): ReadonlyMap<string, Target> {
  let found = all.get(feed);
  if (!found) {
    const targets = [...list('recordRef:ref deleted:yes-no'), ...person(mainPerson(feed)), ...OWN[feed]];
    found = new Map(targets.map((target) => [target.path, target]));
    all.set(feed, found);
  }
  return found;
}

/** The target a path of a mapping names (`person.telephones.1`), or undefined where the feed has no such place. */
export function targetOf(feed: FeedName, path: string): Target | undefined {
  const general = path.replace(/\.\d{1,2}(?=\.|$)/g, '.#');
  // A referral's victim may also be written as the person, as on the wire.
  return targetsOf(feed).get(feed === 'marac-referral' ? general.replace(/^person\b/, 'victim') : general);
}

const NAMED: Record<string, string> = {
  recordRef: 'Record reference (unique, stays the same)',
  name: 'Whole name',
  addresses: 'Whole address',
  lines: 'Address line',
  telephones: 'Telephone',
  emails: 'Email',
};
const GROUPS: Record<string, string> = {
  parties: 'Party',
  relatedPeople: 'Related person',
  children: 'Child',
  perpetrators: 'Perpetrator',
  household: 'Household member',
  alerts: 'Alert',
  incidents: 'Incident',
  events: 'Event',
  agreement: 'Agreement',
  safeContact: 'Safe contact',
  consent: 'Consent',
  referrer: 'Referrer',
  criteria: 'Criteria',
  temporaryAccommodation: 'Temporary accommodation',
  previousMarac: 'Previous MARAC',
};

/** A place of a row in words: `person.addresses.1.lines.0` → "Previous address line 1". */
export function targetWords(path: string): string {
  const parts = path.split('.');
  const named = parts.filter((part) => !/^\d+$/.test(part));
  const last = named.at(-1) ?? '';
  const position = /^\d+$/.test(parts.at(-1) ?? '') && last !== 'addresses' ? ` ${Number(parts.at(-1)) + 1}` : '';
  let words = (NAMED[last] ?? fieldWords([last])) + position;
  const address = parts.indexOf('addresses');
  if (address >= 0 && Number(parts[address + 1]) > 0)
    words = `Previous ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
  const group = Object.hasOwn(GROUPS, parts[0]!) && parts.length > 1 ? GROUPS[parts[0]!]! : undefined;
  if (group === undefined) return words;
  return `${group}${/^\d+$/.test(parts[1] ?? '') ? ` ${Number(parts[1]) + 1}` : ''}: ${words}`;
}
