/** One name of a person, normalised and cut up; strings are '' where nothing is known. */
export interface PreparedName {
  /** All surname words run together without particles: 'delacruz' of "de la Cruz" is 'cruz'. */
  surname: string;
  standardSurname: string;
  /** Words of a double-barrelled or multi-word surname, in standard spelling. */
  surnameParts: string[];
  surnameSound: string;
  /** As written, normalised: first is the given name. */
  forenames: string[];
  standardForenames: string[];
  forenameSound: string;
  /** Full names the given name may be short for. */
  fullNames: readonly string[];
}

/** Parts of a birth date; 0 is unknown. */
export interface PreparedDate {
  year: number;
  month: number;
  day: number;
}

export interface PreparedPlace {
  uprn: string;
  /** Without space, upper case. */
  postcode: string;
  outward: string;
  /** Outward code and the first digit of the inward one. */
  sector: string;
  /** House and flat numbers in reading order, e.g. '3/12a'; '' when there is none. */
  number: string;
  street: string;
}

/** A person normalised once, ready to be compared many times. Holds person data: never log it. */
export interface PreparedPerson {
  names: PreparedName[];
  dateOfBirth: PreparedDate | null;
  sex: 'F' | 'M' | '';
  nhsNumber: string;
  niNumber: string;
  telephones: string[];
  emails: string[];
  places: PreparedPlace[];
}
