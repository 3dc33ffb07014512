import type { IsoDate } from '../../dates.js';
import type { NameParts, Sex, Tradition } from '../../people/person.js';

/** A place to live. Everyone who lives there shares the object, so its telephone too. */
export interface Dwelling {
  /** As the rates office would write it: `Flat 2, 14 Marlbeck Road`. */
  address: string;
  town: string;
  postcode: string;
  /** The part of the postcode before the space. */
  outward: string;
  inCounty: boolean;
  landline?: string;
}

/** A made-up person as they truly are; their records are made from this, with errors. */
export interface Resident extends NameParts {
  tradition: Tradition;
  sex: Sex;
  /** Day number, and the same as text. */
  born: number;
  bornOn: IsoDate;
  title: string;
  birthSurname: string;
  aliases: NameParts[];
  /** Everyone calls them by their middle name. */
  byMiddleName: boolean;
  /** Married under ten years: early records have the name and often the address of before. */
  marriedLately: boolean;
  home?: Dwelling;
  /** Where they lived at the time of early records, for those who have moved since. */
  before?: Dwelling;
  /** Whose telephone and e-mail stand on a child's record. */
  guardian?: Resident;
  twin: boolean;
  /** Made when a record first needs them. */
  mobile?: string;
  earlierMobile?: string;
  email?: string;
  earlierEmail?: string;
  nhsNumber?: string;
}

export interface Household {
  members: Resident[];
  home: Dwelling;
}
