import type { HouseholdKind, Tradition } from '../../people/person.js';
import { ageOf, type Parents, type People } from './people.js';
import type { Resident } from './resident.js';

/** Births that are twins; the same as a share of children is twice that. */
const TWINS = 0.016;

/** Who lives together. */
export interface Family {
  members: Resident[];
  /** Grown-up children and former partners, who each get a household of their own. */
  leavers: Resident[];
}

export type Maker = (people: People, tradition: Tradition) => Family;

const staying = (members: Resident[]): Family => ({ members, leavers: [] });

const single: Maker = (people, tradition) => staying([people.adult(tradition, soloAge(people))]);

const couple: Maker = (people, tradition) => {
  const { random } = people;
  return staying(pair(people, tradition, random.chance(0.6) ? random.int(52, 88) : random.int(20, 51)));
};

const family: Maker = (people, tradition) => {
  const { random } = people;
  const [first, second] = pair(people, tradition, random.int(23, 50));
  const count = 1 + random.rounded(0.85) + (random.chance(0.22) ? random.int(1, 2) : 0);
  return staying([first, second, ...children(people, first, second, count, 17)]);
};

const adultChildren: Maker = (people, tradition) => {
  const { random } = people;
  const [first, second] = pair(people, tradition, random.int(45, 72));
  const born = children(people, first, second, random.int(1, 4), 45).filter((child) => ageOf(child) > 11);
  const leavers = born.filter((child) => ageOf(child) > 19 && random.chance(0.5));
  const parents = random.chance(0.25) ? [first] : [first, second];
  return { members: [...parents, ...born.filter((child) => !leavers.includes(child))], leavers };
};

const loneParent: Maker = (people, tradition) => {
  const { random } = people;
  const [first, second] = pair(people, tradition, random.int(20, 50));
  const kids = children(people, first, second, 1 + random.rounded(0.6), 17);
  const [woman, man] = first.sex === 'female' ? [first, second] : [second, first];
  const [stays, goes] = random.chance(0.88) ? [woman, man] : [man, woman];
  // Half of the women go back to the name they had before; records of the marriage keep the other.
  if (woman.surname !== woman.birthSurname && random.chance(0.5)) {
    [woman.surname, woman.birthSurname] = [woman.birthSurname, woman.surname];
    woman.marriedLately = true;
  }
  for (const child of kids) child.guardian = stays;
  return { members: [stays, ...kids], leavers: random.chance(0.6) ? [goes] : [] };
};

const multiGeneration: Maker = (people, tradition) => {
  const { random } = people;
  const elders = pair(people, tradition, random.int(56, 76));
  const room = Math.max(25, Math.min(...elders.map(ageOf)) - 22);
  const heir = people.child(people.bornAtAge(random.int(24, room), tradition), parentsOf(elders), []);
  const spouse = people.partnerOf(heir);
  const kids = children(people, heir, spouse, random.int(1, 4), 17);
  return staying([...(random.chance(0.55) ? elders : elders.slice(0, 1)), heir, spouse, ...kids]);
};

const houseShare: Maker = (people, tradition) => {
  const { random } = people;
  return staying(
    Array.from({ length: random.int(3, 6) }, () =>
      people.adult(
        random.chance(0.6) ? tradition : 'british',
        random.int(18, 42),
        random.chance(0.62) ? 'male' : 'female',
      ),
    ),
  );
};

/** How each kind of household is made. */
export const MAKERS: Record<HouseholdKind, Maker> = {
  single,
  couple,
  family,
  'adult-children': adultChildren,
  'lone-parent': loneParent,
  'multi-generation': multiGeneration,
  hmo: houseShare,
};

/** Old people under one address who are no family. */
export const careHome: Maker = (people) =>
  staying(
    Array.from({ length: people.random.int(12, 40) }, () =>
      people.adult('british', people.random.int(74, 98), people.random.chance(0.68) ? 'female' : 'male'),
    ),
  );

function soloAge({ random }: People): number {
  const [low, high] = random.pick([
    [18, 34],
    [35, 54],
    [35, 54],
    [55, 74],
    [75, 96],
  ] as const);
  return random.int(low, high);
}

function pair(people: People, tradition: Tradition, age: number): [Resident, Resident] {
  const first = people.adult(tradition, age);
  return [first, people.partnerOf(first)];
}

function parentsOf([a, b]: [Resident, Resident]): Required<Parents> {
  return a.sex === 'female' ? { mother: a, father: b } : { mother: b, father: a };
}

/** Children of two parents, at most `oldest` years old and not before a parent was 17. */
function children(people: People, a: Resident, b: Resident, count: number, oldest: number): Resident[] {
  const { random } = people;
  const parents = parentsOf([a, b]);
  const room = Math.min(oldest, ageOf(a) - 17, ageOf(b) - 17);
  const made: Resident[] = [];
  for (let i = 0; i < count && room > 0; i++) {
    const child = people.child(people.bornAtAge(random.int(0, room - 1)), parents, made);
    made.push(child);
    if (random.chance(TWINS)) made.push(people.twinOf(child, parents));
  }
  for (const child of made) child.guardian = parents.mother;
  return made;
}
