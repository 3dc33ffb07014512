import type { IsoDate } from '../dates.js';

export type Tradition =
  | 'british'
  | 'irish'
  | 'polish'
  | 'romanian'
  | 'south-asian-muslim'
  | 'sikh'
  | 'hindu'
  | 'chinese'
  | 'west-african'
  | 'arabic-somali'
  | 'caribbean'
  | 'iberian';

export type Sex = 'female' | 'male';

export interface NameParts {
  surname: string;
  forenames: string[];
}

/** A place to live; every one is invented. */
export interface Address {
  lines: string[];
  town: string;
  postcode: string;
  uprn: string;
  /** The council it lies in. */
  district: string;
}

export interface Home {
  address: Address;
  from: IsoDate;
  /** Null while the person lives there. */
  to: IsoDate | null;
}

/** A made-up person as they truly are; agencies' records of them are made from this with errors. */
export interface Person extends NameParts {
  id: string;
  tradition: Tradition;
  sex: Sex;
  born: IsoDate;
  title: string;
  /** The surname of documents from before a marriage. */
  birthSurname: string;
  marriedOn?: IsoDate;
  /** Other names in true use (an English name, a name kept from before). */
  aliases: NameParts[];
  nhsNumber?: string;
  niNumber?: string;
  telephones: string[];
  emails: string[];
  household: string;
  /** Oldest first; the last one is where they live. */
  homes: Home[];
  partner?: Person;
  /** A former partner, who lives elsewhere in the county. */
  former?: Person;
  mother?: Person;
  father?: Person;
}

export type HouseholdKind =
  'single' | 'couple' | 'family' | 'lone-parent' | 'adult-children' | 'multi-generation' | 'hmo';

export type Tenure = 'social' | 'private-rent' | 'owned';

export interface Household {
  id: string;
  kind: HouseholdKind;
  district: string;
  tenure: Tenure;
  address: Address;
  /** When the household moved in. */
  since: IsoDate;
  members: Person[];
}

export function currentHome(person: Person): Home {
  const home = person.homes[person.homes.length - 1];
  if (!home) throw new RangeError('a person without a home');
  return home;
}
