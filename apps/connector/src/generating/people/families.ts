import { addDays, ageOn, type IsoDate } from '../dates.js';
import { marriedSurname, titleFor } from '../names/naming.js';
import type { Person, Sex, Tradition } from './person.js';
import type { World } from './world.js';

/** Who lives together, before they have an address. */
export interface Family {
  members: Person[];
  /** A parent who left and lives elsewhere in the county, and when. */
  left?: { person: Person; on: IsoDate };
}

type Maker = (world: World, household: string, tradition: Tradition) => Family;

export const single: Maker = (world, household, tradition) => ({
  members: [adult(world, household, tradition, anySex(world), soloAge(world))],
});

export const houseShare: Maker = (world, household, tradition) => {
  const members = Array.from({ length: world.random.int(3, 6) }, () => {
    const own = world.random.chance(0.6) ? tradition : 'british';
    return adult(world, household, own, world.random.chance(0.62) ? 'male' : 'female', world.random.int(18, 42));
  });
  return { members };
};

export const couple: Maker = (world, household, tradition) => ({
  members: pair(
    world,
    household,
    tradition,
    world.random.chance(0.6) ? world.random.int(52, 88) : world.random.int(20, 51),
  ),
});

export const family: Maker = (world, household, tradition) => {
  const age = world.random.int(23, 50);
  const [first, second] = pair(world, household, tradition, age);
  const count = 1 + world.random.rounded(0.85) + (world.random.chance(0.22) ? world.random.int(1, 2) : 0);
  return { members: [first, second, ...children(world, household, first, second, count, 17)] };
};

export const adultChildren: Maker = (world, household, tradition) => {
  const [first, second] = pair(world, household, tradition, world.random.int(45, 68));
  const parents = world.random.chance(0.25) ? [first] : [first, second];
  const born = children(world, household, first, second, world.random.int(1, 3), 32).filter(
    (child) => ageOn(child.born, world.asOf) > 11,
  );
  return { members: [...parents, ...born] };
};

export const loneParent: Maker = (world, household, tradition) => {
  const { random } = world;
  const mothers = random.chance(0.88);
  const [first, second] = pair(world, household, tradition, random.int(20, 50));
  const kids = children(world, household, first, second, 1 + random.rounded(0.6), 17);
  const woman = first.sex === 'female' ? first : second;
  const man = woman === first ? second : first;
  const stays = mothers ? woman : man;
  const goes = stays === woman ? man : woman;
  delete stays.partner;
  delete goes.partner;
  // Half of the women go back to the name they had before; the married one stays in some agency's books.
  if (woman.surname !== woman.birthSurname && random.chance(0.5)) {
    woman.aliases = [...woman.aliases, { surname: woman.surname, forenames: woman.forenames }];
    woman.surname = woman.birthSurname;
  }
  const members = [stays, ...kids];
  if (!random.chance(0.6)) return { members };
  stays.former = goes;
  goes.former = stays;
  return { members, left: { person: goes, on: addDays(world.asOf, -random.int(60, 2600)) } };
};

export const multiGeneration: Maker = (world, household, tradition) => {
  const elders = pair(world, household, tradition, world.random.int(56, 76));
  const eldest = Math.min(...elders.map((e) => ageOn(e.born, world.asOf)));
  const [mother, father] = [elders.find((e) => e.sex === 'female'), elders.find((e) => e.sex === 'male')];
  const born = world.bornAtAge(world.random.int(24, Math.max(25, eldest - 22)), tradition !== 'british');
  const sonOrDaughter = world.child({ tradition, born, mother, father }, household);
  const spouse = married(world, household, sonOrDaughter);
  const kids = children(world, household, sonOrDaughter, spouse, world.random.int(1, 4), 17);
  const alive = world.random.chance(0.55) ? elders : elders.slice(0, 1);
  return { members: [...alive, sonOrDaughter, spouse, ...kids] };
};

function anySex(world: World): Sex {
  return world.random.chance(0.5) ? 'male' : 'female';
}

function soloAge(world: World): number {
  const band = world.random.weighted({ young: 18, middle: 32, older: 30, old: 20 });
  const [low, high] = { young: [18, 34], middle: [35, 54], older: [55, 74], old: [75, 96] }[band] as [number, number];
  return world.random.int(low, high);
}

function adult(world: World, household: string, tradition: Tradition, sex: Sex, age: number): Person {
  return world.person({ tradition, sex, born: world.bornAtAge(age, tradition !== 'british') }, household);
}

/** Two partners, the first `age` years old: mostly a woman and a man of one tradition, mostly married. */
function pair(world: World, household: string, tradition: Tradition, age: number): [Person, Person] {
  const first = adult(world, household, tradition, anySex(world), age);
  return [first, married(world, household, first)];
}

function married(world: World, household: string, first: Person): Person {
  const { random } = world;
  const age = Math.max(18, ageOn(first.born, world.asOf) + random.int(-4, 4));
  const other: Sex = first.sex === 'male' ? 'female' : 'male';
  const tradition = random.chance(0.09) ? 'british' : first.tradition;
  const second = adult(world, household, tradition, random.chance(0.025) ? first.sex : other, age);
  first.partner = second;
  second.partner = first;
  if (!random.chance(Math.min(0.92, 0.3 + (age - 20) * 0.02))) return second;
  const on = addDays(world.asOf, -random.int(30, Math.max(60, (age - 18) * 300)));
  first.marriedOn = second.marriedOn = on;
  const [wife, husband] = first.sex === 'female' ? [first, second] : [second, first];
  if (wife.sex !== husband.sex) wife.surname = marriedSurname(random, wife, husband, Number(on.slice(0, 4)));
  for (const one of [first, second]) one.title = titleFor(random, one.sex, age, true);
  return second;
}

/** Children of two parents up to `oldest` years, one in seventy a twin. */
function children(world: World, household: string, a: Person, b: Person, count: number, oldest: number): Person[] {
  const { random } = world;
  const [mother, father] = a.sex === 'female' ? [a, b] : [b, a];
  const room = Math.min(oldest, ...[mother, father].map((parent) => ageOn(parent.born, world.asOf) - 17));
  const made: Person[] = [];
  for (let i = 0; i < count && room > 0; i++) {
    const birth = {
      tradition: father.tradition,
      born: world.bornAtAge(random.int(0, room - 1), false),
      mother,
      father,
    };
    made.push(world.child(birth, household));
    if (random.chance(0.015)) made.push(world.child(birth, household));
  }
  return made;
}
