import type { Address, PersonBlock } from '#contracts';
import type { GeneratedFeed, GeneratedRow } from '../rows/row.js';

/** A column of the flat file a data officer would export, and how a row fills it; undefined leaves the cell empty. */
export interface Column {
  name: string;
  read: (row: GeneratedRow) => unknown;
}

const at = (name: string, read: (person: PersonBlock) => unknown): Column => ({
  name,
  read: (row) => {
    const { person, victim } = row as { person?: PersonBlock; victim?: PersonBlock };
    const block = person ?? victim;
    return block && read(block);
  },
});
const current = (person: PersonBlock): Address | undefined => person.addresses?.find((a) => a.type !== 'previous');
const previous = (person: PersonBlock): Address | undefined => person.addresses?.find((a) => a.type === 'previous');

const PERSON: Column[] = [
  at('title', (p) => p.title),
  at('surname', (p) => p.surname),
  at('forenames', (p) => p.forenames?.join(' ')),
  at('dateOfBirth', (p) => p.dateOfBirth),
  at('sex', (p) => p.sex),
  at('nhsNumber', (p) => p.nhsNumber),
  at('niNumber', (p) => p.niNumber),
  at('telephone1', (p) => p.telephones?.[0]),
  at('telephone2', (p) => p.telephones?.[1]),
  at('email', (p) => p.emails?.[0]),
  at('address1', (p) => current(p)?.lines?.[0]),
  at('address2', (p) => current(p)?.lines?.[1]),
  at('town', (p) => current(p)?.town),
  at('postcode', (p) => current(p)?.postcode),
  at('addressUprn', (p) => current(p)?.uprn),
  at('addressFrom', (p) => current(p)?.from),
  at('previousAddress1', (p) => previous(p)?.lines?.[0]),
  at('previousAddress2', (p) => previous(p)?.lines?.[1]),
  at('previousTown', (p) => previous(p)?.town),
  at('previousPostcode', (p) => previous(p)?.postcode),
  at('previousFrom', (p) => previous(p)?.from),
  at('previousTo', (p) => previous(p)?.to),
  at('otherNames', (p) => p.aliases),
];

/** The feed's own fields; `a.b` is a field of an object, whole lists and objects go into a cell as JSON. */
const FIELDS: Record<GeneratedFeed, string> = {
  housing: 'tenancyRef propertyRef uprn tenure tenantStatus tenancyStart tenancyEnd household repairs alerts',
  arrears:
    'tenancyRef balance collectableArrears weeklyRent daysInArrears daysSinceLastPayment noticeServed noticeServedDate noticeExpiryDate courtDate courtOutcome evictionDate universalCredit agreement.start agreement.balance agreement.amount agreement.frequency agreement.state lastContact.date lastContact.action',
  asb: 'caseRef reportedAt incidents definition riskScore parties status actions closedAt outcome',
  homelessness:
    'caseRef applicationDate lossReason supportNeeds priorityNeed duty dutyStart dutyEnd outcome temporaryAccommodation.kind temporaryAccommodation.area',
  'dv-service':
    'clientRef role aliases language safeContact.safe safeContact.number safeContact.times safeContact.messageOk safeContact.notSafeToTalkTo area relatedPeople children pregnant dashScore consent.status consent.scope consent.at serviceType opened closed orders',
  'marac-referral':
    'referrer.agency referrer.role referredAt safeContact.safe safeContact.number safeContact.times safeContact.messageOk safeContact.notSafeToTalkTo perpetrators children criteria.dashScore criteria.visibleHighRisk criteria.professionalJudgement criteria.potentialEscalation criteria.repeat victimAware consent.status consent.scope consent.at reason afraidOf previousMarac',
};

const REF: Column = { name: 'recordRef', read: (row) => row.recordRef };

/** All columns of a feed's flat file, the same for every agency. */
export const COLUMNS = Object.fromEntries(
  Object.entries(FIELDS).map(([feed, fields]) => [feed, [REF, ...PERSON, ...fields.split(' ').map(field)]]),
) as Record<GeneratedFeed, Column[]>;

function field(name: string): Column {
  const path = name.split('.');
  const read = (row: GeneratedRow) =>
    path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], row);
  return { name, read };
}
