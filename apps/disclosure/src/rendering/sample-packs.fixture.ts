import type { ChronologyEvent, Pack, PackCase, PackItem, PackPerson } from '#contracts';

/** Packs of invented people for looking at the document and testing it. */

const VICTIM = '0a8f5a31-6a3e-4a80-9d86-0d1a6f1b0001';
const MAN = '0a8f5a31-6a3e-4a80-9d86-0d1a6f1b0002';
const CHILD = '0a8f5a31-6a3e-4a80-9d86-0d1a6f1b0003';

type Values = readonly (readonly [field: string, label: string, value: string, outcome?: 'redact'])[];

function items(agency: string, feed: string, record: string, basis: string, values: Values): PackItem[] {
  return values.map(([field, label, value, outcome], i) => ({
    id: `${record}/${field}.${i}`,
    field,
    label,
    kind: 'ordinary',
    value,
    source: { agency, feed, receivedAt: '2026-11-03T08:12:00.000Z' },
    outcome: outcome ?? 'release',
    basis,
    rule: 11,
  }));
}

const REFERRAL: Values = [
  ['person.forenames', 'Forenames', 'Mary Ann'],
  ['person.surname', 'Surname', "O'Sample"],
  ['person.dateOfBirth', 'Date of birth', '29 February 1984'],
  ['person.telephones', 'Telephone', '07700 900123'],
  ['person.addresses', 'Address', '12 Made Up Road, Mansfield, NG18 1AA (current, from May 2024)'],
  ['person.addresses', 'Address', '3 Pretend Lane, Worksop, S80 1AA (previous, from 2019 to May 2024)'],
  ['referrer', 'Referred by', 'IDVA, idva', 'redact'],
  ['referredAt', 'Referred', '1 October 2026 09:30'],
  ['safeContact.safe', 'Safe to contact', 'Yes'],
  ['criteria.dashScore', 'DASH score (of 24)', '16'],
  [
    'reason',
    'Reason for referral',
    'Threats have increased since September. She fears what comes next. He has been seen outside the school twice and has told [name removed] that he “will not be made a fool of”.\nShe wants to stay in her home and to have the locks changed.',
    'redact',
  ],
  ['afraidOf', 'Afraid of', 'Mark; his brother'],
];

function victim(name: Values): PackPerson {
  const basis = 'consent';
  return {
    id: VICTIM,
    role: 'victim',
    displayName: name
      .slice(0, 2)
      .map(([, , value]) => value)
      .join(' '),
    items: [
      ...items('womens-aid', 'marac-referral', 'r1', basis, [...name, ...REFERRAL.slice(2)]),
      ...items('mansfield', 'housing', 'r2', 'cda1998.s115', [
        ['tenure', 'Tenure', 'Secure'],
        ['tenantStatus', 'Tenant status', 'Main'],
        ['repairs', 'Repairs flagged', 'Locks; Doors'],
        ['household', 'Household member', 'Minnie Sample, daughter, born 9 January 2015'],
        ['alerts', 'Alert', 'VW: Visit in pairs in force from 1 January 2025 to 1 January 2026'],
      ]),
      ...items('mansfield', 'arrears', 'r3', 'cda1998.s115', [
        ['daysInArrears', 'Days in arrears', '60'],
        ['collectableArrears', 'Collectable arrears', '£1,000.00'],
        ['lastContact', 'Last contact', '20 October 2026: Telephone call'],
      ]),
    ],
  };
}

function theCase(number: string, name: Values): PackCase {
  return {
    caseId: `case-${number}`,
    number,
    safeContact: {
      safe: true,
      number: '07700 900456',
      times: 'Weekday mornings, while the children are at school',
      messageOk: false,
      notSafeToTalkTo: ['Mark', 'Mark’s mother, who answers the home telephone'],
    },
    criteria: { dashScore: 16, visibleHighRisk: true, potentialEscalation: true, repeat: false },
    people: [
      victim(name),
      {
        id: MAN,
        role: 'perpetrator',
        displayName: 'Mark Sample',
        items: [
          ...items('womens-aid', 'marac-referral', 'r1', 'cda1998.s115', [
            ['person.forenames', 'Forenames', 'Mark'],
            ['person.surname', 'Surname', 'Sample'],
            ['person.dateOfBirth', 'Date of birth', 'July 1980'],
            ['perpetrators.relationship', 'Relationship to victim', 'former partner'],
          ]),
          ...items('bassetlaw', 'asb', 'r4', 'cda1998.s115', [
            ['incidents', 'Incident', '1 July 2026 21:00: Noise, Nuisance'],
            ['incidents', 'Incident', '2 July 2026: Verbal abuse'],
            ['status', 'Status', 'Open'],
          ]),
        ],
      },
      {
        id: CHILD,
        role: 'child',
        displayName: 'Minnie Sample',
        items: items('womens-aid', 'marac-referral', 'r1', 'cda1998.s115', [
          ['person.dateOfBirth', 'Date of birth', '9 January 2015'],
          ['children.relationship', 'Relationship', 'To victim: daughter; To alleged perpetrator: daughter'],
        ]),
      },
    ],
    withheld: [
      { reason: 'no_agreement', count: 3 },
      { reason: 'not_shared', count: 16 },
    ],
  };
}

const plainName: Values = [
  ['person.forenames', 'Forenames', 'Mary Ann'],
  ['person.surname', 'Surname', "O'Sample"],
];
const arabicName: Values = [
  ['person.forenames', 'Forenames', 'نور الهدى'],
  ['person.surname', 'Surname', 'عبد الرحمن'],
];
const longName: Values = [
  ['person.forenames', 'Forenames', 'Wolfeschlegelsteinhausen'.repeat(9).slice(0, 200)],
  ['person.surname', 'Surname', 'Brzęczyszczykiewicz-Δημητρίου ਸਿੰਘ'],
];

export const maracPack: Pack = {
  format: 'mash.pack/1',
  id: '7c9b2f60-93c5-4d0b-8a51-3a9b0f4e1c22',
  purpose: 'marac',
  recipient: 'ashfield',
  meeting: { id: 'm', number: 'M-2026-001', at: '2026-12-12T10:00:00.000Z' },
  createdAt: '2026-12-08T15:41:00.000Z',
  policy: '2026-01',
  cases: [theCase('C-2026-014', plainName), theCase('C-2026-017', arabicName), theCase('C-2026-021', longName)],
  audit: { index: 1234, proof: '', entry: '' },
};

const event = (start: string, agency: string, text: string, more: Partial<ChronologyEvent> = {}): ChronologyEvent => ({
  id: `${start}-${agency}`,
  start,
  agency,
  source: 'Case file',
  event: text,
  outcome: 'release',
  basis: 'dvcva2004.s9',
  rule: 13,
  ...more,
});

export const reviewPack: Pack = {
  format: 'mash.pack/1',
  id: '5d1f8a17-2a36-4bd8-8b0f-0b9b1c6b7f10',
  purpose: 'dhr',
  recipient: 'police',
  review: { id: 'r', number: 'DHR-2026-02' },
  createdAt: '2026-12-08T15:41:00.000Z',
  policy: '2026-01',
  cases: [
    {
      caseId: 'r',
      number: 'DHR-2026-02',
      people: [
        {
          id: VICTIM,
          role: 'victim',
          displayName: "Mary Ann O'Sample",
          items: items('mansfield', 'agency-history', 'h1', 'dvcva2004.s9', [
            ['known', 'Known to the agency', 'Yes'],
            ['lastContact', 'Last contact', '1 May 2026'],
            ['events.comment', "Agency's comment", '4 March 2025: Nobody asked why; Missed opportunity: Yes'],
          ]),
        },
      ],
      withheld: [{ reason: 'not_shared', count: 1 }],
    },
  ],
  chronology: [
    event('2024-05', 'mansfield', 'Tenancy began; she named no one else in the household.', { uncertain: true }),
    event('2025-03-04', 'mansfield', 'Lock change asked for.', {
      startTime: '14:30',
      actionTaken: 'Lock changed next day.',
      person: 'Mary',
      seen: { victim: true, child: false },
      source: 'Housing file',
    }),
    event('2025-03-19', 'health', 'Attended with an injury to the wrist. Said that she had fallen.', {
      source: 'Emergency department',
    }),
    ...Array.from({ length: 34 }, (_, i) =>
      event(
        `2025-${String(4 + Math.floor(i / 6)).padStart(2, '0')}-${String(1 + (i % 6) * 4).padStart(2, '0')}`,
        i % 2 ? 'womens-aid' : 'mansfield',
        'Telephone call; she was advised and a visit was offered.',
      ),
    ),
    event('2026-05-01', 'health', 'Did not attend.', { end: '2026-05-02' }),
  ],
};
