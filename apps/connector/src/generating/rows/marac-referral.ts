import type { MaracReferralRow } from '#contracts';
import { addDays, ageOn } from '../dates.js';
import { recorded } from '../noise/record.js';
import type { Sighting } from '../noise/sighting.js';
import type { Person } from '../people/person.js';
import type { Referral, Situation } from '../situations/situation.js';
import { safeContactFor } from './safe-contact.js';
import type { Desk, MadeRow, Named } from './row.js';

const REASONS = [
  'Escalation over the last weeks; threats made in front of the children.',
  'Assault at the home address; victim frightened of what happens after release.',
  'Controlling behaviour, money and telephone taken away, separation planned.',
  'Repeated contact after separation in spite of an order.',
  'Threats to kill reported by the victim and heard by a neighbour.',
];

export function maracReferralRows(desk: Desk, situation: Situation): MadeRow<'marac-referral'>[] {
  return situation.referrals.map((referral, i) => referralRow(desk, situation, referral, i > 0));
}

function referralRow(desk: Desk, situation: Situation, referral: Referral, again: boolean): MadeRow<'marac-referral'> {
  const { random, references, asOf } = desk;
  const { agency, on } = referral;
  const { victim, perpetrator, children, relationship } = situation;
  const nhsNumber = agency === 'health' ? 0.3 : 0;
  const block = (person: Person, more: Partial<Sighting>) =>
    recorded(random, person, asOf, { on, care: 'careful', ...more });
  const named: Named[] = [
    { part: 'victim', person: victim },
    { part: 'perpetrators.0', person: perpetrator },
    ...children.map((person, i) => ({ part: `children.${i}`, person })),
  ];
  const row: MaracReferralRow = {
    recordRef: references.next(agency, 'MR'),
    referrer: { agency, role: random.pick(['duty officer', 'practitioner', 'team manager']) },
    referredAt: `${on}T${String(random.int(9, 17)).padStart(2, '0')}:15:00Z`,
    victim: block(victim, { nhsNumber, telephone: 0.65, email: 0.3, alias: 0.3, noAddress: situation.inRefuge }),
    safeContact: safeContactFor(random, situation),
    perpetrators: [
      {
        person: block(perpetrator, { care: agency === 'police' ? 'usual' : 'poor', nhsNumber, telephone: 0.3 }),
        relationship,
      },
    ],
    ...(children.length > 0
      ? {
          children: children.map((child) =>
            childOf(desk, situation, child, block(child, { nhsNumber, noAddress: true })),
          ),
        }
      : {}),
    criteria: criteriaOf(desk, situation, again),
    victimAware: random.chance(0.8),
    consent: consentOf(situation, on),
    reason: random.pick(REASONS),
    afraidOf: random.pick([
      'Being found',
      'Losing the children',
      'What happens when it is known that help was asked for',
    ]),
    previousMarac:
      again || random.chance(0.1) ? { date: addDays(on, -random.int(60, 700)), area: 'Nottinghamshire' } : false,
  };
  return { agency, feed: 'marac-referral', row, named };
}

/** What the referrer was told. A consent withdrawn at the service is not given again here. */
function consentOf({ consent, district }: Situation, on: string): NonNullable<MaracReferralRow['consent']> {
  if (consent === 'withdrawn' || consent === 'not-asked') return { status: 'not-asked' };
  const recipients = ['idva', 'police', 'health', 'womens-aid', 'childrens-services', district];
  const scope = {
    purposes: ['marac'],
    recipients,
    categories: ['marac-referral', 'dv-service', 'housing', 'homelessness'],
  };
  return consent === 'refused' ? { status: consent, at: on } : { status: consent, scope, at: on };
}

/** At least one ground holds, as on every referral that is sent. */
function criteriaOf({ random }: Desk, { dash }: Situation, again: boolean): NonNullable<MaracReferralRow['criteria']> {
  const visibleHighRisk = dash >= 14;
  const potentialEscalation = random.chance(0.2);
  return {
    dashScore: dash,
    visibleHighRisk,
    professionalJudgement: (!visibleHighRisk && !potentialEscalation && !again) || random.chance(0.2),
    potentialEscalation,
    repeat: again,
  };
}

type ChildEntry = NonNullable<MaracReferralRow['children']>[number];

function childOf(
  { random, asOf }: Desk,
  { victim, perpetrator }: Situation,
  child: Person,
  person: ChildEntry['person'],
): ChildEntry {
  const word = child.sex === 'male' ? 'son' : 'daughter';
  const ofBoth = child.mother === perpetrator || child.father === perpetrator;
  const school = `${random.pick(['Otterbadge', 'Larkspindle', 'Quillfen', 'Wrenhollow', 'Dapplemere'])} ${ageOn(child.born, asOf) < 11 ? 'Primary' : 'Academy'}`;
  return {
    person,
    relationshipToVictim: child.mother === victim || child.father === victim ? word : 'child of household',
    relationshipToPerpetrator: ofBoth ? word : 'none',
    ...(ageOn(child.born, asOf) >= 4 ? { school } : {}),
  };
}
