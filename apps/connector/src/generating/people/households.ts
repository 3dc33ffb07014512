import { addDays, addYears, earlier, later } from '../dates.js';
import {
  adultChildren,
  couple,
  family,
  houseShare,
  loneParent,
  multiGeneration,
  single,
  type Family,
} from './families.js';
import { Removals } from './homes.js';
import { pickDistrict, pickTradition } from './places.js';
import type { Household, HouseholdKind, Person, Tenure, Tradition } from './person.js';
import type { World } from './world.js';

const KINDS: Record<HouseholdKind, number> = {
  single: 30,
  couple: 24,
  family: 20,
  'lone-parent': 7.5,
  'adult-children': 9,
  'multi-generation': 1.4,
  hmo: 2.2,
};
const MAKERS = {
  single,
  couple,
  family,
  'lone-parent': loneParent,
  'adult-children': adultChildren,
  'multi-generation': multiGeneration,
  hmo: houseShare,
};
const LIVES_IN_GENERATIONS: readonly Tradition[] = ['south-asian-muslim', 'sikh', 'hindu', 'arabic-somali'];
/** How likely a household rents from a council or housing association. */
const SOCIAL: Record<HouseholdKind, number> = {
  single: 0.3,
  couple: 0.15,
  family: 0.2,
  'lone-parent': 0.5,
  'adult-children': 0.22,
  'multi-generation': 0.25,
  hmo: 0,
};

/** Makes households one after another until there are `people` people; those who left a family get homes of their own. */
export function makeHouseholds(world: World, people: number): Household[] {
  const removals = new Removals(world);
  const households: Household[] = [];
  let count = 0;
  const settle = (kind: HouseholdKind, district: string, made: Family, id: string, keepHomes = false) => {
    const household = newHousehold(world, kind, district, made.members, id);
    if (!keepHomes) removals.settle(household);
    households.push(household);
    count += made.members.length;
    return household;
  };
  while (count < people) {
    const district = pickDistrict(world.random);
    const tradition = pickTradition(world.random, district);
    const kind = kindFor(world, tradition);
    const id = world.householdId();
    const made = MAKERS[kind](world, id, tradition);
    if (count + made.members.length > people) made.members = made.members.slice(0, people - count);
    const household = settle(kind, district, made, id);
    if (!made.left) continue;
    const leaver: Person = made.left.person;
    if (count >= people) {
      // No room for a home of their own: such a former partner lives outside the county.
      delete leaver.former?.former;
      continue;
    }
    const nearby = world.random.chance(0.7) ? district : pickDistrict(world.random);
    leaver.household = world.householdId();
    const own = settle('single', nearby, { members: [leaver] }, leaver.household, true);
    own.since = made.left.on;
    removals.moveOut(leaver, household, made.left.on, own);
  }
  return households;
}

function kindFor(world: World, tradition: Tradition): HouseholdKind {
  const weights = { ...KINDS };
  if (LIVES_IN_GENERATIONS.includes(tradition)) {
    weights['multi-generation'] *= 8;
    weights.single /= 2;
  }
  if (['polish', 'romanian', 'west-african', 'chinese'].includes(tradition)) weights.hmo *= 3;
  return world.random.weighted(weights);
}

function newHousehold(world: World, kind: HouseholdKind, district: string, members: Person[], id: string): Household {
  const years = Math.min(45, -Math.log(1 - world.random.float()) * (kind === 'hmo' ? 1.5 : 9));
  const movedIn = addDays(world.asOf, -Math.round(years * 365) - 14);
  const eldest = members.map((member) => member.born).sort()[0] ?? movedIn;
  const tenure: Tenure = world.random.chance(SOCIAL[kind])
    ? 'social'
    : kind === 'hmo' || world.random.chance(0.22)
      ? 'private-rent'
      : 'owned';
  return {
    id,
    kind,
    district,
    tenure,
    address: world.addresses.take(district),
    since: later(movedIn, earlier(addYears(eldest, 18), addDays(world.asOf, -14))),
    members,
  };
}
