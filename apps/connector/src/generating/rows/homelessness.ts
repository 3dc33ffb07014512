import type { HomelessnessRow } from '#contracts';
import { addDays, ageOn } from '../dates.js';
import { recorded } from '../noise/record.js';
import type { Household } from '../people/person.js';
import type { Situation } from '../situations/situation.js';
import type { Desk, MadeRow } from './row.js';

/** How often somebody of a household asked the council for help in the last two years. */
const APPLIED = { social: 0.05, 'private-rent': 0.085, owned: 0.008 };
const APPLIED_AFTER_ABUSE = 0.14;

export function homelessnessRows(desk: Desk, household: Household): MadeRow<'homelessness'>[] {
  const adults = household.members.filter((person) => ageOn(person.born, desk.asOf) >= 18);
  if (adults.length === 0 || !desk.random.chance(APPLIED[household.tenure])) return [];
  const person = desk.random.pick(adults);
  const withChildren = adults.length < household.members.length;
  const reasons = [
    'end-of-private-rent',
    'end-of-private-rent',
    'family-no-longer-willing',
    'non-violent-relationship-breakdown',
    'eviction',
  ];
  const lossReason = desk.random.pick(reasons);
  const priorityNeed = withChildren
    ? 'dependent-children'
    : desk.random.pick(['not-priority', 'mental-health', 'physical-disability']);
  const row = application(desk, household.district, { lossReason, priorityNeed, supportNeeds: ['none'] });
  return [made(desk, household, row, person)];
}

/** A victim who asked the council for a safe place. Where it is, is never in the row. */
export function homelessnessAfterAbuse(
  desk: Desk,
  { victim, household, district }: Situation,
): MadeRow<'homelessness'>[] {
  if (!desk.random.chance(APPLIED_AFTER_ABUSE)) return [];
  const reason = { lossReason: 'domestic-abuse', priorityNeed: 'domestic-abuse', supportNeeds: ['domestic-abuse'] };
  return [made(desk, household, application(desk, district, reason), victim)];
}

function made(
  desk: Desk,
  { district }: Household,
  row: Omit<HomelessnessRow, 'person'>,
  person: Situation['victim'],
): MadeRow<'homelessness'> {
  const seen = { on: row.applicationDate ?? desk.asOf, niNumber: 0.6, telephone: 0.7, email: 0.45 };
  return {
    agency: district,
    feed: 'homelessness',
    row: { ...row, person: recorded(desk.random, person, desk.asOf, seen) },
    named: [{ part: 'person', person }],
  };
}

function application(
  { random, asOf, references }: Desk,
  council: string,
  need: Pick<HomelessnessRow, 'lossReason' | 'priorityNeed' | 'supportNeeds'>,
): Omit<HomelessnessRow, 'person'> {
  const applicationDate = addDays(asOf, -random.int(4, 720));
  const dutyEnd = addDays(applicationDate, random.int(30, 120));
  const ended = dutyEnd < asOf;
  return {
    recordRef: references.next(council, 'HL'),
    caseRef: references.next(council, 'HC'),
    applicationDate,
    ...need,
    duty: random.pick(['prevention', 'relief', 'relief', 'main']),
    dutyStart: addDays(applicationDate, random.int(0, 10)),
    ...(ended
      ? {
          dutyEnd,
          outcome: random.pick(['secured-accommodation', 'secured-accommodation', 'contact-lost', 'withdrawn']),
        }
      : {}),
    ...(random.chance(0.35)
      ? {
          temporaryAccommodation: {
            kind: random.pick(['bed-and-breakfast', 'nightly-paid', 'hostel', 'council-stock']),
            area: 'Nottinghamshire',
          },
        }
      : {}),
  };
}
