import { addDays, ageOn, later, type IsoDate } from '../dates.js';
import type { Household, Person } from '../people/person.js';
import type { Random } from '../random.js';
import type { ConsentStatus, Referral, Situation } from './situation.js';

/** Adults who are victims, of all adults. */
const VICTIMS = 0.015;
const KNOWN = 0.72;
const REFERRED = 0.32;
const IN_REFUGE = 0.06;

interface Candidate {
  victim: Person;
  perpetrator: Person;
  relationship: Situation['relationship'];
  household: Household;
  weight: number;
}

/** Draws the county's abuse situations: mostly women by a partner or former partner, likelier when young or with children. */
export function findSituations(random: Random, households: readonly Household[], asOf: IsoDate): Situation[] {
  const adults = households.flatMap((h) => h.members).filter((p) => ageOn(p.born, asOf) >= 18).length;
  const wanted = random.rounded(adults * VICTIMS);
  // Weighted sampling without replacement (Efraimidis and Spirakis 2006): the smallest exponential keys.
  const keyed = households
    .flatMap((household) => candidates(household, asOf))
    .map((candidate) => ({ candidate, key: -Math.log(1 - random.float()) / candidate.weight }))
    .sort((a, b) => a.key - b.key);
  const taken = new Set<Person>();
  const situations: Situation[] = [];
  for (const { candidate } of keyed) {
    if (situations.length >= wanted) break;
    if (taken.has(candidate.victim) || taken.has(candidate.perpetrator)) continue;
    taken.add(candidate.victim).add(candidate.perpetrator);
    situations.push(situation(random, candidate, asOf));
  }
  return situations;
}

function candidates(household: Household, asOf: IsoDate): Candidate[] {
  const found: Candidate[] = [];
  const add = (victim: Person, perpetrator: Person, relationship: Situation['relationship'], weight: number) => {
    const age = ageOn(victim.born, asOf);
    const young = age < 45 ? 1.6 : age < 60 ? 1 : 0.4;
    const woman = victim.sex === 'female' ? 1 : 0.09;
    found.push({ victim, perpetrator, relationship, household, weight: weight * young * woman });
  };
  const adults = household.members.filter((person) => ageOn(person.born, asOf) >= 18);
  for (const person of adults) {
    const { partner, former } = person;
    if (partner && household.members.includes(partner)) {
      const named = partner.marriedOn ? (partner.sex === 'male' ? 'husband' : 'wife') : 'partner';
      add(person, partner, named, household.kind === 'couple' ? 0.6 : 1);
    }
    if (former) add(person, former, 'ex-partner', household.kind === 'lone-parent' ? 5 : 1);
    for (const parent of adults) {
      if (person.mother !== parent && person.father !== parent) continue;
      add(parent, person, person.sex === 'male' ? 'son' : 'daughter', person.sex === 'male' ? 0.35 : 0.1);
      add(person, parent, 'parent', 0.1);
    }
  }
  return found;
}

function situation(random: Random, candidate: Candidate, asOf: IsoDate): Situation {
  const { victim, perpetrator, household, relationship } = candidate;
  const startedOn = addDays(asOf, -random.int(150, 2900));
  const known = random.chance(KNOWN);
  const knownSince = known ? later(addDays(startedOn, random.int(30, 900)), addDays(asOf, -1500)) : undefined;
  const since = knownSince && knownSince < asOf ? knownSince : addDays(asOf, -random.int(10, 140));
  const referred = random.chance(REFERRED);
  const dash = referred && random.chance(0.7) ? random.int(14, 22) : random.int(3, 15);
  const consents: Record<ConsentStatus, number> = { given: 52, withdrawn: 12, refused: 8, 'not-asked': 28 };
  return {
    victim,
    perpetrator,
    relationship,
    children: household.members.filter((p) => ageOn(p.born, asOf) < 18 && (p.mother === victim || p.father === victim)),
    household,
    district: household.district,
    startedOn,
    dash,
    knownSince: known ? since : undefined,
    inRefuge: known && victim.sex === 'female' && random.chance(IN_REFUGE),
    consent: random.weighted(consents),
    referrals: referred ? referrals(random, household.district, known, asOf) : [],
  };
}

function referrals(random: Random, district: string, known: boolean, asOf: IsoDate): Referral[] {
  const pick = (): string => {
    const by = { police: 44, idva: 20, health: 13, 'womens-aid': known ? 13 : 2, council: 10 };
    const chosen = random.weighted(by);
    return chosen === 'council' ? district : chosen;
  };
  const first = { agency: pick(), on: addDays(asOf, -random.int(5, 350)) };
  if (!random.chance(0.1)) return [first];
  return [first, { agency: pick(), on: addDays(asOf, -random.int(5, 60)) }];
}
