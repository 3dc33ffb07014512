import type { HousingRow } from '#contracts';
import { addDays, ageOn, earlier, later } from '../dates.js';
import { recorded } from '../noise/record.js';
import { landlordOf } from '../people/places.js';
import type { Address, Household, Person } from '../people/person.js';
import type { Desk, MadeRow } from './row.js';

type Status = 'main' | 'joint' | 'occupant';

/** A tenancy of now or before: what housing and arrears rows are about. */
export interface Tenancy {
  landlord: string;
  tenancyRef: string;
  propertyRef: string;
  address: Address;
  start: string;
  end?: string;
  tenants: { person: Person; status: Status }[];
  household: Household;
}

/** How often a home of before was rented from a landlord of ours: by those who do now, and by others. */
const RENTED_BEFORE = { social: 0.5, 'private-rent': 0.12, owned: 0.045 };

/** The tenancies of one household: its own, when it rents from a council or association, and those its people had before. */
export function tenanciesOf(desk: Desk, household: Household): Tenancy[] {
  const tenancies: Tenancy[] = [];
  const adults = household.members.filter((person) => ageOn(person.born, desk.asOf) >= 18);
  if (household.tenure === 'social' && adults.length > 0) tenancies.push(current(desk, household, adults));
  const seen = new Set<string>();
  for (const person of adults) {
    for (const home of person.homes) {
      if (!home.to || seen.has(home.address.uprn) || ageOn(person.born, home.to) < 18) continue;
      seen.add(home.address.uprn);
      if (!desk.random.chance(RENTED_BEFORE[household.tenure])) continue;
      const there = adults.filter((other) => other.homes.some((h) => h.address === home.address));
      const tenants = there.map((one, i) => ({
        person: one,
        status: i === 0 ? ('main' as const) : ('joint' as const),
      }));
      tenancies.push({ ...newTenancy(desk, home.address, household), start: home.from, end: home.to, tenants });
    }
  }
  return tenancies;
}

export function housingRows(desk: Desk, tenancy: Tenancy): MadeRow<'housing'>[] {
  return tenancy.tenants.map(({ person, status }) => ({
    agency: tenancy.landlord,
    feed: 'housing' as const,
    row: housingRow(desk, tenancy, person, status),
    named: [{ part: 'person', person }],
  }));
}

function current(desk: Desk, household: Household, adults: Person[]): Tenancy {
  const { random } = desk;
  const first = adults[0] as Person;
  const main = first.partner && adults.includes(first.partner) && random.chance(0.35) ? first.partner : first;
  const tenants: Tenancy['tenants'] = [{ person: main, status: 'main' }];
  for (const person of adults.filter((one) => one !== main)) {
    const joint = person.partner === main && random.chance(0.7);
    if (joint) tenants.push({ person, status: 'joint' });
    else if (random.chance(0.75)) tenants.push({ person, status: 'occupant' });
  }
  return { ...newTenancy(desk, household.address, household), start: household.since, tenants };
}

function newTenancy(desk: Desk, address: Address, household: Household) {
  const landlord = desk.random.chance(0.06) ? 'trent-homes' : landlordOf(address.district);
  return {
    landlord,
    tenancyRef: desk.references.next(landlord, 'T'),
    propertyRef: desk.references.next(landlord, 'PR'),
    address,
    household,
  };
}

function housingRow(desk: Desk, tenancy: Tenancy, person: Person, status: Status): HousingRow {
  const { random, asOf, references } = desk;
  const { landlord, end, start } = tenancy;
  // Written down when they moved in; details are looked over again every few years.
  const on = end ? later(start, addDays(end, -random.int(0, 400))) : later(start, addDays(asOf, -random.int(0, 1400)));
  const others = tenancy.tenants.filter((tenant) => tenant.person !== person);
  return {
    recordRef: references.next(landlord, 'HS'),
    person: recorded(random, person, asOf, { on, niNumber: 0.25, telephone: 0.6, email: 0.35, uprn: 0.9 }),
    tenancyRef: tenancy.tenancyRef,
    propertyRef: tenancy.propertyRef,
    uprn: tenancy.address.uprn,
    tenure: random.pick(
      landlord === 'trent-homes' ? ['assured', 'assured', 'starter'] : ['secure', 'secure', 'flexible', 'introductory'],
    ),
    tenantStatus: end ? 'former' : status,
    tenancyStart: start,
    ...(end ? { tenancyEnd: end } : {}),
    ...(status === 'main' && !end && others.length + tenancy.household.members.length > 1
      ? { household: householdOf(desk, tenancy, person) }
      : {}),
    ...(random.chance(0.07) ? { repairs: random.chance(0.6) ? ['locks'] : ['locks', 'doors'] } : {}),
    ...(random.chance(0.04) ? { alerts: [alert(desk, on)] } : {}),
  };
}

function householdOf(desk: Desk, { household }: Tenancy, main: Person): NonNullable<HousingRow['household']> {
  return household.members
    .filter((person) => person !== main)
    .slice(0, 12)
    .map((person) => ({
      name: `${person.forenames[0]} ${person.surname}`,
      ...(desk.random.chance(0.8) ? { dateOfBirth: person.born } : {}),
      relationship: relation(person, main),
    }));
}

function relation(person: Person, main: Person): string {
  if (person.partner === main) return person.marriedOn ? 'spouse' : 'partner';
  if (person.mother === main || person.father === main) return person.sex === 'male' ? 'son' : 'daughter';
  if (main.mother === person || main.father === person) return 'parent';
  return person.mother && main.partner && person.mother === main.partner ? 'stepchild' : 'other relative';
}

function alert({ random, asOf }: Desk, on: string): NonNullable<HousingRow['alerts']>[number] {
  const [code, description] = random.pick([
    ['TWO', 'Visit in twos'],
    ['DOG', 'Large dog at the property'],
    ['MED', 'Oxygen equipment at the property'],
    ['CON', 'Contact through support worker only'],
  ]) as [string, string];
  return { code, description, from: earlier(later(on, addDays(asOf, -900)), asOf) };
}
