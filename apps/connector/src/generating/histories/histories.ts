import type { FeedRows } from '#contracts';
import { addDays, earlier, type IsoDate } from '../dates.js';
import { recorded } from '../noise/record.js';
import { COUNCILS, landlordOf } from '../people/places.js';
import type { Person } from '../people/person.js';
import type { Desk } from '../rows/row.js';
import type { Situation } from '../situations/situation.js';
import { eventsOf, type Span } from './events.js';
import type { HistoryAnswer, ReviewCase } from './review.js';

type Events = NonNullable<FeedRows['agency-history']['events']>;

/** Deaths in a county of any size: a handful, as a demonstration needs. */
const REVIEWS = 3;
const OTHERS = [
  'trent-homes',
  'womens-aid',
  'police',
  'probation',
  'health',
  'childrens-services',
  'adult-services',
  'idva',
] as const;

/** Chooses the situations most agencies knew of, as if they had ended in a death, and writes what every agency would answer. */
export function reviewCases(desk: Desk, situations: readonly Situation[]): ReviewCase[] {
  const known = (s: Situation) =>
    (s.knownSince ? 2 : 0) + (s.referrals.length > 0 ? 2 : 0) + (s.household.tenure === 'social' ? 1 : 0);
  const chosen = [...situations].sort((a, b) => known(b) - known(a)).slice(0, REVIEWS);
  return chosen.map((situation, i) => reviewCase(desk, situation, `R${i + 1}`));
}

function reviewCase(desk: Desk, situation: Situation, id: string): ReviewCase {
  const died = addDays(desk.asOf, -desk.random.int(6, 30));
  const { victim, perpetrator, district } = situation;
  const answers = [...COUNCILS, ...OTHERS].flatMap((agency) =>
    (['victim', 'perpetrator'] as const).map((about): HistoryAnswer => {
      const person = about === 'victim' ? victim : perpetrator;
      const events = eventsAt(desk, situation, agency, about, died);
      return { agency, about, personId: person.id, row: answer(desk, agency, id, person, events) };
    }),
  );
  return { id, district, victim: victim.id, perpetrator: perpetrator.id, died, answers };
}

function eventsAt(
  { random }: Desk,
  situation: Situation,
  agency: string,
  about: 'victim' | 'perpetrator',
  died: IsoDate,
): Events {
  const { district, household, knownSince, referrals, children, startedOn } = situation;
  const span: Span = { from: startedOn, to: died };
  const referredOn = referrals.map((referral) => referral.on).sort()[0];
  const landlord = household.tenure === 'social' ? landlordOf(household.district) : undefined;
  switch (agency) {
    case 'police':
    case 'health':
    case 'probation':
    case 'adult-services':
      return eventsOf(random, agency, about, span);
    case 'womens-aid':
      return knownSince ? eventsOf(random, agency, about, { from: earlier(knownSince, died), to: died }) : [];
    case 'idva':
      return referredOn ? eventsOf(random, agency, about, { from: earlier(referredOn, died), to: died }) : [];
    case 'childrens-services':
      return children.length > 0 ? eventsOf(random, agency, about, span) : [];
    default: {
      const asLandlord = agency === landlord ? eventsOf(random, 'landlord', about, span) : [];
      return agency === district ? [...asLandlord, ...eventsOf(random, 'council', about, span)] : asLandlord;
    }
  }
}

function answer(desk: Desk, agency: string, requestRef: string, person: Person, events: Events): HistoryAnswer['row'] {
  const recordRef = desk.references.next(agency, 'AH');
  if (events.length === 0) return { recordRef, requestRef, known: 'no' };
  const starts = events.map((event) => event.start).sort();
  const lastContact = starts[starts.length - 1] as string;
  return {
    recordRef,
    requestRef,
    known: 'yes',
    person: recorded(desk.random, person, desk.asOf, { on: starts[0]?.length === 10 ? starts[0] : desk.asOf }),
    events,
    recordsSecured: true,
    imrNeeded: events.length > 1,
    lastContact,
  };
}
