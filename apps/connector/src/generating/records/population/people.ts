import { marriedSurname, nameAtBirth, titleFor } from '../../names/naming.js';
import type { Sex, Tradition } from '../../people/person.js';
import type { Random } from '../../random.js';
import { dateText, TODAY } from '../calendar.js';
import { populationNames } from '../naming/name-source.js';
import type { Resident } from './resident.js';
import { alike } from './twins.js';

const YEAR = 365.2425;

export interface Parents {
  mother?: Resident;
  father?: Resident;
}

/** Papers of migrants often say 1 January; a record of it is no error. */
const JANUARY_BORN = 0.05;
const SON_OF_ONE_NAME = 0.03;
const DAUGHTER_OF_ONE_NAME = 0.004;
const MIDDLE_OF_PARENT = 0.2;
const SIMILAR_TWINS = 0.45;
/** Sikh surnames that name no family: brothers and sisters who have another have the same one. */
const RELIGIOUS: readonly string[] = ['Singh', 'Kaur'];

export function ageOf(person: Resident): number {
  return Math.floor((TODAY - person.born) / YEAR);
}

/** Makes people one by one, and marries them. */
export class People {
  constructor(readonly random: Random) {}

  bornAtAge(age: number, tradition: Tradition = 'british'): number {
    const day = TODAY - Math.floor(age * YEAR) - this.random.int(1, 364);
    const asInPapers = tradition !== 'british' && age > 15 && this.random.chance(JANUARY_BORN);
    return asInPapers ? Math.round(Date.parse(`${dateText(day).slice(0, 4)}-01-01`) / 86_400_000) : day;
  }

  person(tradition: Tradition, sex: Sex, born: number, parents: Parents = {}): Resident {
    const { random } = this;
    const bornOn = dateText(born);
    const named = nameAtBirth(random, { tradition, sex, born: bornOn, ...parents }, populationNames);
    return {
      ...named,
      tradition,
      sex,
      born,
      bornOn,
      title: titleFor(random, sex, Math.floor((TODAY - born) / YEAR), false),
      birthSurname: named.surname,
      byMiddleName: named.forenames.length > 1 && tradition === 'british' && random.chance(0.05),
      marriedLately: false,
      twin: false,
    };
  }

  adult(tradition: Tradition, age: number, sex: Sex = this.anySex()): Resident {
    return this.person(tradition, sex, this.bornAtAge(age, tradition));
  }

  anySex(): Sex {
    return this.random.chance(0.5) ? 'male' : 'female';
  }

  /** A child who has no brother's or sister's forename; now and then the father's whole name, often a parent's in the middle. */
  child(born: number, parents: Required<Parents>, siblings: readonly Resident[]): Resident {
    const { random } = this;
    const sex = random.chance(0.512) ? 'male' : 'female';
    const { tradition } = parents.father;
    const taken = new Set(siblings.map((other) => other.forenames[0]));
    let child = this.person(tradition, sex, born, parents);
    for (let tries = 0; tries < 4 && taken.has(child.forenames[0]); tries++)
      child = this.person(tradition, sex, born, parents);
    const family = siblings.find((other) => !RELIGIOUS.includes(other.surname))?.surname;
    if (tradition === 'sikh' && family && !RELIGIOUS.includes(child.surname))
      child.surname = child.birthSurname = family;
    const elder = sex === 'male' ? parents.father : parents.mother;
    if (elder.sex !== sex || taken.has(elder.forenames[0])) return child;
    if (random.chance(sex === 'male' ? SON_OF_ONE_NAME : DAUGHTER_OF_ONE_NAME)) child.forenames = [...elder.forenames];
    else if (child.tradition === 'british' && child.forenames.length > 1 && random.chance(MIDDLE_OF_PARENT))
      child.forenames[1] = elder.forenames[0] as string;
    return child;
  }

  /** The other twin: of the same birth, in two of three of the same sex, often with a name that sounds or starts alike. */
  twinOf(first: Resident, parents: Required<Parents>): Resident {
    const { random } = this;
    const sex = random.chance(0.65) ? first.sex : first.sex === 'male' ? 'female' : 'male';
    const similar = random.chance(SIMILAR_TWINS);
    let twin = this.person(first.tradition, sex, first.born, parents);
    for (let tries = 0; tries < 40; tries++) {
      if (twin.forenames.join() !== first.forenames.join() && (!similar || alike(twin, first))) break;
      twin = this.person(first.tradition, sex, first.born, parents);
    }
    // Two boys of one birth never bear one name.
    if (twin.forenames[0] === first.forenames[0] && twin.forenames.length > 1) twin.forenames.reverse();
    if (sex === first.sex) takeSurname(twin, first);
    twin.twin = first.twin = true;
    return twin;
  }

  /** Someone of about the same age, mostly of the other sex and the same tradition, mostly married to the first. */
  partnerOf(first: Resident): Resident {
    const { random } = this;
    const age = Math.max(18, ageOf(first) + random.int(-4, 4));
    const other: Sex = first.sex === 'male' ? 'female' : 'male';
    const tradition = random.chance(0.09) ? 'british' : first.tradition;
    const second = this.adult(tradition, age, random.chance(0.025) ? first.sex : other);
    if (random.chance(Math.min(0.92, 0.3 + (age - 20) * 0.02))) this.marry(first, second, age);
    return second;
  }

  private marry(first: Resident, second: Resident, age: number): void {
    const { random } = this;
    const yearsAgo = random.float() * Math.max(0.5, (age - 19) * 0.85);
    const [wife, husband] = first.sex === 'female' ? [first, second] : [second, first];
    if (wife.sex !== husband.sex) {
      wife.surname = marriedSurname(random, wife, husband, 2026 - Math.ceil(yearsAgo));
      wife.marriedLately = yearsAgo < 10 && wife.surname !== wife.birthSurname;
    }
    for (const one of [first, second]) one.title = titleFor(random, one.sex, age, true);
  }
}

function takeSurname(person: Resident, from: Resident): void {
  person.surname = person.birthSurname = from.surname;
}
