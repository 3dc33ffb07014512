import type { HouseholdKind, Tradition } from '../../people/person.js';
import type { Random } from '../../random.js';
import { Chooser } from '../chooser.js';
import { careHome, MAKERS, type Family } from './families.js';
import { ageOf, People } from './people.js';
import type { Dwelling, Household, Resident } from './resident.js';
import { Towns, type Town } from './towns.js';

const KINDS: Record<HouseholdKind, number> = {
  single: 28,
  couple: 24,
  family: 20,
  'lone-parent': 7.5,
  'adult-children': 10,
  'multi-generation': 1.4,
  hmo: 2.2,
};
const IN_GENERATIONS: readonly Tradition[] = ['south-asian-muslim', 'sikh', 'hindu', 'arabic-somali'];
const IN_SHARES: readonly Tradition[] = ['polish', 'romanian', 'west-african', 'chinese'];

const usual = kinds({});
const inGenerations = kinds({ single: KINDS.single / 2, 'multi-generation': KINDS['multi-generation'] * 8 });
const inShares = kinds({ hmo: KINDS.hmo * 3 });

/** Of households: a care home; those who moved within the years that records span. */
const CARE_HOME = 0.0006;
const MOVED = 0.42;

/** Households of a made-up county without end, each with its home and where its people lived before. */
export function* population(random: Random): Generator<Household> {
  const towns = new Towns(random.fork('towns'));
  const people = new People(random);
  for (;;) {
    const town = towns.pick();
    if (random.chance(CARE_HOME)) {
      yield inCare(random, towns, town, careHome(people, 'british'));
      continue;
    }
    const tradition = town.traditions.pick(random);
    const kind = kindsOf(tradition).pick(random);
    const made = MAKERS[kind](people, tradition);
    const household = settled(random, towns, town, made.members, kind === 'hmo');
    yield household;
    for (const leaver of made.leavers) yield ownHome(random, towns, people, household, leaver);
  }
}

function kinds(changes: Partial<Record<HouseholdKind, number>>): Chooser<HouseholdKind> {
  return new Chooser(Object.entries({ ...KINDS, ...changes }) as [HouseholdKind, number][]);
}

function kindsOf(tradition: Tradition): Chooser<HouseholdKind> {
  return IN_GENERATIONS.includes(tradition) ? inGenerations : IN_SHARES.includes(tradition) ? inShares : usual;
}

/** A family moves together and so shares its earlier address; housemates and young couples bring one each. */
function settled(random: Random, towns: Towns, town: Town, members: Resident[], strangers: boolean): Household {
  const home = towns.dwelling(town);
  const moved = strangers || random.chance(MOVED);
  const newPair = members.length === 2 && members.every((one) => ageOf(one) < 36) && random.chance(0.6);
  const years = 10 * random.float();
  let together: Dwelling | undefined;
  for (const member of members) {
    member.home = home;
    if (!moved || ageOf(member) < years) continue;
    if (strangers || newPair) member.before = random.chance(0.8) ? towns.earlier(home) : undefined;
    else member.before = together ??= towns.earlier(home);
  }
  return { members, home };
}

function ownHome(random: Random, towns: Towns, people: People, from: Household, leaver: Resident): Household {
  const near = random.chance(0.6) ? towns.near(from.home) : towns.pick();
  const home = towns.dwelling(near);
  leaver.home = home;
  leaver.before = random.chance(0.8) ? from.home : undefined;
  delete leaver.guardian;
  if (!random.chance(0.35)) return { members: [leaver], home };
  const partner = people.partnerOf(leaver);
  partner.home = home;
  partner.before = random.chance(0.5) ? towns.earlier(home) : undefined;
  return { members: [leaver, partner], home };
}

/** All at one address under its name; what was home before is where others live now. */
function inCare(random: Random, towns: Towns, town: Town, { members }: Family): Household {
  const door = towns.dwelling(town);
  const home = { ...door, address: `${random.pick(CARE_NAMES)} Care Home, ${door.address.replace(/^.*, /, '')}` };
  for (const member of members) {
    member.home = home;
    member.before = random.chance(0.6) ? towns.earlier(home) : undefined;
  }
  return { members, home };
}

const CARE_NAMES = 'Larkrise Thornfield Willowmere Ashgrove Fernlea Oakdene Birchwood Meadowbank Riverview'.split(' ');
