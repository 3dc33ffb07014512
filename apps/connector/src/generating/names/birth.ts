import type { IsoDate } from '../dates.js';
import type { NameParts, Person, Sex, Tradition } from '../people/person.js';
import type { Random } from '../random.js';

export interface Named extends NameParts {
  aliases: NameParts[];
}

/** What a child's name takes from a parent's. */
export type Parent = Pick<Person, 'surname' | 'birthSurname' | 'forenames'>;

export interface Birth {
  tradition: Tradition;
  sex: Sex;
  born: IsoDate;
  mother?: Parent;
  father?: Parent;
}

/** Where single names are drawn from; how a tradition puts them together does not depend on it. */
export interface NameSource {
  forename(random: Random, birth: Pick<Birth, 'tradition' | 'sex' | 'born'>): string;
  familyName(random: Random, tradition: Tradition): string;
}
