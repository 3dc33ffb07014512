import type { AsbRow } from '#contracts';
import { addDays, ageOn } from '../dates.js';
import { recorded } from '../noise/record.js';
import { landlordOf } from '../people/places.js';
import type { Household, Person } from '../people/person.js';
import type { Desk, MadeRow, Named } from './row.js';

type Role = 'reporter' | 'subject' | 'witness' | 'victim';

/** How often a household has a case about it, a year and a half back. */
const CASES = { social: 0.17, 'private-rent': 0.07, owned: 0.035 };
const KINDS = [
  { type: 'noise', category: 'loud music', definition: 'nuisance' },
  { type: 'noise', category: 'shouting and banging', definition: 'nuisance' },
  { type: 'domestic-noise', category: 'arguments heard through the wall', definition: 'personal' },
  { type: 'verbal-abuse', category: 'towards neighbour', definition: 'personal' },
  { type: 'neighbour-dispute', category: 'boundary', definition: 'personal' },
  { type: 'criminal-damage', category: 'door or window', definition: 'environmental' },
  { type: 'threats', category: 'towards neighbour', definition: 'personal' },
] as const;

/** Where there is abuse neighbours hear it: such a home has cases so many times as often. */
const HEARD = 2.5;

/** The anti-social behaviour case about a household, if there is one. Whoever reports is any adult of `neighbours`. */
export function asbRows(
  desk: Desk,
  household: Household,
  neighbours: readonly Household[],
  abuse: boolean,
): MadeRow<'asb'>[] {
  const { random, asOf } = desk;
  const adults = household.members.filter((person) => ageOn(person.born, asOf) >= 16);
  if (adults.length === 0 || !random.chance(CASES[household.tenure] * (abuse ? HEARD : 1))) return [];
  const subject = random.pick(adults);
  const agency =
    household.tenure === 'social' && random.chance(0.8) ? landlordOf(household.district) : household.district;
  const on = addDays(asOf, -random.int(3, 550));
  const others = partiesFor(desk, subject, household, neighbours);
  const describe = (person: Person, poor: boolean) =>
    recorded(random, person, asOf, { on, telephone: poor ? 0.1 : 0.6, uprn: 0.6, care: poor ? 'poor' : 'usual' });
  // Some systems name everyone as a party, some give the subject of the case a place of their own.
  const own = random.chance(0.7);
  const listed = own ? others : [{ person: subject, role: 'subject' as const }, ...others];
  const parties = listed.map(({ person, role }) => ({ person: describe(person, role === 'witness'), role }));
  const named: Named[] = listed.map(({ person }, i) => ({ part: `parties.${i}`, person }));
  const row: AsbRow = {
    recordRef: desk.references.next(agency, 'AS'),
    ...(own ? { person: describe(subject, random.chance(0.3)) } : {}),
    caseRef: desk.references.next(agency, 'AC'),
    ...caseOf(desk, household, on),
    ...(parties.length > 0 ? { parties } : {}),
  };
  return [{ agency, feed: 'asb', row, named: own ? [{ part: 'person', person: subject }, ...named] : named }];
}

function partiesFor(desk: Desk, subject: Person, household: Household, neighbours: readonly Household[]) {
  const { random, asOf } = desk;
  const parties: { person: Person; role: Role }[] = [];
  const outside = (role: Role) => {
    const near = random.pick(neighbours);
    const person = near.members.find((one) => ageOn(one.born, asOf) >= 18);
    if (person && near !== household && parties.every((p) => p.person !== person)) parties.push({ person, role });
  };
  if (random.chance(0.75)) outside('reporter');
  if (random.chance(0.15)) outside('witness');
  const partner = subject.partner;
  if (partner && household.members.includes(partner) && random.chance(0.15))
    parties.push({ person: partner, role: 'victim' });
  return parties;
}

function caseOf({ random, asOf }: Desk, { address }: Household, on: string): Omit<AsbRow, 'recordRef'> {
  const kind = random.pick(KINDS);
  const incidents = Array.from({ length: random.int(1, 3) }, (_, i) => ({
    at: `${addDays(on, -i * random.int(1, 20))}T${String(random.int(7, 23)).padStart(2, '0')}:${random.pick(['00', '15', '30', '40'])}:00Z`,
    location: address.lines.join(', '),
    uprn: address.uprn,
    types: [{ type: kind.type, category: kind.category }],
  }));
  const closedAt = addDays(on, random.int(20, 160));
  const closed = closedAt < asOf;
  return {
    reportedAt: on,
    incidents,
    definition: kind.definition,
    riskScore: random.int(2, 48),
    status: closed ? 'closed' : random.pick(['open', 'monitoring']),
    actions: random
      .shuffled(['letter to both parties', 'diary sheets issued', 'visit made', 'referred to mediation'])
      .slice(0, 2),
    ...(closed ? { closedAt, outcome: random.pick(['no-further-action', 'warning', 'mediation']) } : {}),
  };
}
