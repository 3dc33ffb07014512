import { addDays, ageOn, type IsoDate } from '../dates.js';
import type { Birth } from '../names/birth.js';
import { nameAtBirth, titleFor } from '../names/naming.js';
import { spellingsOf } from '../names/spelling.js';
import type { Random } from '../random.js';
import { emailAddress, Identifiers, landlineNumber, mobileNumber } from './identifiers.js';
import type { Person } from './person.js';
import { AddressBook } from './places.js';

/** The birth of a person whose parents are people of the county. */
type BirthHere = Birth & { mother?: Person; father?: Person };

/** What a county hands out one of a kind: people's and households' numbers, addresses, identifiers. */
export class World {
  readonly identifiers = new Identifiers();
  readonly addresses: AddressBook;
  private people = 0;
  private households = 0;

  constructor(
    readonly random: Random,
    /** The day the county is looked at. */
    readonly asOf: IsoDate,
  ) {
    this.addresses = new AddressBook(random.fork('addresses'));
  }

  householdId(): string {
    return `H${String(++this.households).padStart(7, '0')}`;
  }

  /** A person without a home yet. */
  person(birth: BirthHere, household: string): Person {
    const { random } = this;
    const named = nameAtBirth(random, birth);
    const age = ageOn(birth.born, this.asOf);
    const adult = age >= 18;
    const mobile = age >= 12 && random.chance(0.93);
    const landline = adult && random.chance(age > 60 ? 0.6 : 0.2);
    return {
      id: `P${String(++this.people).padStart(7, '0')}`,
      ...named,
      tradition: birth.tradition,
      sex: birth.sex,
      born: birth.born,
      title: titleFor(random, birth.sex, age, false),
      birthSurname: named.surname,
      nhsNumber: random.chance(0.9) ? this.identifiers.nhsNumber() : undefined,
      niNumber: age >= 16 && random.chance(0.95) ? this.identifiers.niNumber() : undefined,
      telephones: [...(mobile ? [mobileNumber(random)] : []), ...(landline ? [landlineNumber(random)] : [])],
      emails:
        adult && random.chance(age > 70 ? 0.4 : 0.85)
          ? [emailAddress(random, named.forenames[0] ?? 'me', named.surname, birth.born)]
          : [],
      household,
      homes: [],
      mother: birth.mother,
      father: birth.father,
    };
  }

  /** A birth date that makes someone `age` today; now and then the 1 January that papers of migrants say. */
  bornAtAge(age: number, migrant: boolean): IsoDate {
    const born = addDays(this.asOf, -Math.round(age * 365.2425) - this.random.int(1, 360));
    return migrant && age > 15 && this.random.chance(0.06) ? `${born.slice(0, 4)}-01-01` : born;
  }

  /** A child of a couple or a lone parent, at most as old as the mother's years since 17 allow. */
  child(birth: Omit<BirthHere, 'sex'>, household: string): Person {
    const sex = this.random.chance(0.512) ? 'male' : 'female';
    const child = this.person({ ...birth, sex }, household);
    const heir = sex === 'male' && birth.father && this.random.chance(0.035);
    if (heir && birth.father && child.surname === birth.father.birthSurname) {
      child.forenames = [...birth.father.forenames];
    } else if (spellingsOf(child.forenames[0] ?? '').length > 0 && this.random.chance(0.05)) {
      child.forenames[0] = this.random.pick(spellingsOf(child.forenames[0] ?? ''));
    }
    return child;
  }
}
