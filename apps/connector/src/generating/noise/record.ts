import type { PersonBlock } from '#contracts';
import { ageOn, type IsoDate } from '../dates.js';
import type { Person } from '../people/person.js';
import type { Random } from '../random.js';
import { recordedAddresses } from './address.js';
import { recordedBirth } from './birth.js';
import { recordedName } from './name.js';
import { RATES } from './rates.js';
import type { Sighting } from './sighting.js';

/** A person as one agency's record has them, with that record's own errors. Reads no clock: `asOf` bounds birth dates. */
export function recorded(random: Random, person: Person, asOf: IsoDate, seen: Sighting): PersonBlock {
  const block: PersonBlock = recordedName(random, person, seen.on);
  const keep = (likelihood: number | undefined) => random.chance(likelihood ?? 0);
  const adult = ageOn(person.born, seen.on) >= 16;
  if (person.aliases.length > 0 && keep(seen.alias)) block.aliases = person.aliases.map((alias) => ({ ...alias }));
  if (adult && seen.care !== 'poor' && !random.chance(RATES.name.titleMissing)) block.title = person.title;
  const born = recordedBirth(random, person.born, asOf, seen.care ?? 'usual');
  if (born !== undefined) block.dateOfBirth = born;
  if (!random.chance(RATES.sex.missing)) {
    block.sex = random.chance(RATES.sex.wrong) ? (person.sex === 'male' ? 'female' : 'male') : person.sex;
  }
  if (person.nhsNumber && keep(seen.nhsNumber)) block.nhsNumber = person.nhsNumber;
  if (person.niNumber && keep(seen.niNumber)) block.niNumber = person.niNumber;
  const numbers = person.telephones.slice(0, random.chance(0.2) ? 2 : 1);
  if (numbers.length > 0 && keep(seen.telephone)) block.telephones = numbers;
  if (person.emails.length > 0 && keep(seen.email)) block.emails = [...person.emails];
  const unknown = seen.noAddress || (seen.care === 'poor' && random.chance(RATES.poor.noAddress));
  if (!unknown) block.addresses = recordedAddresses(random, person, seen);
  return block;
}

/** The same record's name and birth date only, as another part of the file repeats them. */
export function inShort(block: PersonBlock): PersonBlock {
  const { surname, forenames, dateOfBirth, sex } = block;
  return {
    ...(surname ? { surname } : {}),
    ...(forenames ? { forenames } : {}),
    ...(dateOfBirth ? { dateOfBirth } : {}),
    ...(sex ? { sex } : {}),
  };
}
