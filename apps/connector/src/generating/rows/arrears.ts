import type { ArrearsRow } from '#contracts';
import { addDays, later } from '../dates.js';
import { recorded } from '../noise/record.js';
import type { Person } from '../people/person.js';
import type { Tenancy } from './housing.js';
import type { Desk, MadeRow } from './row.js';

/** How often a tenancy owes rent: a running one, and one that ended not long ago. */
const OWING = { running: 0.42, ended: 0.22 };

/** One row a tenant who is liable: occupants owe nothing. */
export function arrearsRows(desk: Desk, tenancy: Tenancy): MadeRow<'arrears'>[] {
  const { random, asOf } = desk;
  if (tenancy.end && tenancy.end < addDays(asOf, -365 * 6)) return [];
  if (!random.chance(tenancy.end ? OWING.ended : OWING.running)) return [];
  const account = accountOf(desk, tenancy);
  return tenancy.tenants
    .filter((tenant) => tenant.status !== 'occupant')
    .map(({ person }) => ({
      agency: tenancy.landlord,
      feed: 'arrears' as const,
      row: {
        recordRef: desk.references.next(tenancy.landlord, 'RA'),
        person: debtor(desk, tenancy, person),
        ...account,
      },
      named: [{ part: 'person', person }],
    }));
}

function debtor({ random, asOf }: Desk, tenancy: Tenancy, person: Person) {
  const on = tenancy.end ?? later(tenancy.start, addDays(asOf, -random.int(5, 300)));
  return recorded(random, person, asOf, { on, niNumber: 0.6, telephone: 0.6, email: 0.4, uprn: 0.5 });
}

function accountOf({ random, asOf }: Desk, { tenancyRef, end }: Tenancy): Omit<ArrearsRow, 'recordRef' | 'person'> {
  const weeklyRent = pounds(random.int(7600, 12900));
  const weeks = -Math.log(1 - random.float()) * 6 + 0.5;
  const balance = pounds(weeklyRent * weeks * 100);
  const daysInArrears = Math.min(1500, Math.round(weeks * random.int(8, 16)));
  const served = !end && weeks > 8 && random.chance(0.6);
  const servedOn = addDays(asOf, -random.int(20, Math.max(21, Math.min(360, daysInArrears))));
  const inCourt = served && random.chance(0.35);
  return {
    tenancyRef,
    balance,
    collectableArrears: random.chance(0.7) ? balance : pounds(balance * random.int(55, 95)),
    weeklyRent,
    daysInArrears,
    daysSinceLastPayment: random.int(1, Math.max(2, Math.min(daysInArrears, 200))),
    universalCredit: random.chance(0.55),
    noticeServed: served,
    ...(served ? { noticeServedDate: servedOn, noticeExpiryDate: addDays(servedOn, 28) } : {}),
    ...(inCourt ? courtOf(random.chance(0.6), addDays(servedOn, random.int(40, 120)), asOf) : {}),
    ...(random.chance(0.4) ? { agreement: agreementOf(random, balance, asOf) } : {}),
    ...(random.chance(0.8) ? { lastContact: contactOf(random, asOf) } : {}),
  };
}

function courtOf(suspended: boolean, courtDate: string, asOf: string): Partial<ArrearsRow> {
  if (courtDate > asOf) return { courtDate };
  return { courtDate, courtOutcome: suspended ? 'suspended-possession' : 'adjourned' };
}

function agreementOf(random: Desk['random'], balance: number, asOf: string): NonNullable<ArrearsRow['agreement']> {
  return {
    start: addDays(asOf, -random.int(10, 300)),
    balance,
    amount: random.pick([3.9, 5, 7.5, 10, 15, 20]),
    frequency: random.pick(['weekly', 'weekly', 'fortnightly', 'monthly']),
    state: random.pick(['live', 'live', 'breached', 'completed']),
  };
}

function contactOf(random: Desk['random'], asOf: string): NonNullable<ArrearsRow['lastContact']> {
  const action = random.pick([
    'letter sent',
    'text message sent',
    'telephone call',
    'home visit',
    'no access at visit',
  ]);
  return { date: addDays(asOf, -random.int(0, 60)), action };
}

function pounds(pence: number): number {
  return Math.round(pence) / 100;
}
