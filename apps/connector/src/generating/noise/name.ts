import type { IsoDate } from '../dates.js';
import { folded, nicknamesOf, spellingsOf } from '../names/spelling.js';
import type { NameParts, Person } from '../people/person.js';
import type { Random } from '../random.js';
import { RATES } from './rates.js';
import { withTypo } from './typo.js';

const rates = RATES.name;

/** A person's name as one agency wrote it down on a day: the name of that time, and what went wrong. */
export function recordedName(random: Random, person: Person, on: IsoDate): NameParts {
  let name: NameParts = { surname: surnameOn(random, person, on), forenames: [...person.forenames] };
  name = random.chance(rates.customVariant) ? customVariant(random, person, name) : name;
  name.forenames = withMiddles(random, person, name.forenames);
  name = otherForms(random, name);
  if (random.chance(rates.typo)) name = slip(random, name);
  if (random.chance(rates.withoutAccents)) name = each(name, folded);
  if (random.chance(rates.swapped) && name.forenames.length === 1) {
    name = { surname: name.forenames[0] as string, forenames: [name.surname] };
  }
  if (random.chance(rates.upperCaseSurname)) name.surname = name.surname.toUpperCase();
  return name;
}

function surnameOn(random: Random, person: Person, on: IsoDate): string {
  if (person.marriedOn && on < person.marriedOn) return person.birthSurname;
  if (random.chance(rates.oldSurname)) return person.birthSurname;
  const other = person.aliases.find((alias) => alias.surname !== person.surname);
  return other && random.chance(0.25) ? other.surname : person.surname;
}

/** Names a form has no box for: what clerks make of them. */
export function customVariant(
  random: Random,
  person: Pick<Person, 'tradition' | 'aliases'>,
  name: NameParts,
): NameParts {
  const [first = '', ...rest] = name.forenames;
  switch (person.tradition) {
    case 'chinese': {
      const english = person.aliases[0]?.forenames[0];
      if (english && random.chance(0.3)) return { ...name, forenames: [english] };
      const joined = name.forenames.join(random.pick([' ', '-', '']));
      const lower = joined[0] + joined.slice(1).toLowerCase();
      return { ...name, forenames: [random.chance(0.5) ? joined : lower] };
    }
    case 'sikh':
      if (rest.length > 0 && random.chance(0.5)) return { forenames: [first], surname: rest[0] as string };
      return { ...name, forenames: [first] };
    case 'iberian': {
      const [one = '', two = one] = name.surname.split(' ');
      return {
        ...name,
        surname:
          random.weighted({ one: 55, two: 25, hyphen: 20 } as const) === 'one'
            ? one
            : random.chance(0.55)
              ? two
              : `${one}-${two}`,
      };
    }
    case 'arabic-somali':
      if (random.chance(0.5) && rest.length > 0) return { forenames: [first], surname: rest[0] as string };
      return { ...name, surname: random.chance(0.25) ? `Al-${name.surname}` : name.surname };
    case 'south-asian-muslim':
      if (first === 'Mohammed' && rest.length > 0) {
        return { ...name, forenames: random.chance(0.6) ? rest : ['Mohammed'] };
      }
      return name;
    case 'west-african':
      return rest.length > 0 && random.chance(0.4) ? { ...name, forenames: [...rest, first] } : name;
    case 'irish':
      return { ...name, surname: name.surname.replace("O'", random.pick(['O ', 'O', "O'"])) };
    default:
      return name.surname.includes('-') ? doubleBarrelled(random, name) : name;
  }
}

function doubleBarrelled(random: Random, name: NameParts): NameParts {
  const parts = name.surname.split('-');
  return { ...name, surname: random.chance(0.35) ? parts.join(' ') : random.pick(parts) };
}

/** Middle names are kept, cut to a letter or left out. */
function withMiddles(random: Random, person: Person, forenames: string[]): string[] {
  const [first = '', ...middle] = forenames;
  if (middle.length === 0 || ['sikh', 'chinese'].includes(person.tradition)) return forenames;
  if (random.chance(rates.middleKept)) return forenames;
  if (random.chance(rates.middleInitial / (1 - rates.middleKept))) return [first, (middle[0] as string).slice(0, 1)];
  return [first];
}

function otherForms(random: Random, name: NameParts): NameParts {
  const [first = '', ...rest] = name.forenames;
  const short = nicknamesOf(first);
  const other = (text: string) =>
    random.chance(rates.otherSpelling) && spellingsOf(text).length > 0 ? random.pick(spellingsOf(text)) : text;
  const called = short.length > 0 && random.chance(rates.nickname) ? random.pickRanked(short, 2) : other(first);
  return { surname: other(name.surname), forenames: [called, ...rest] };
}

function slip(random: Random, name: NameParts): NameParts {
  if (random.chance(0.5)) return { ...name, surname: withTypo(random, name.surname) };
  const [first = '', ...rest] = name.forenames;
  return { ...name, forenames: [withTypo(random, first), ...rest] };
}

function each(name: NameParts, change: (text: string) => string): NameParts {
  return { surname: change(name.surname), forenames: name.forenames.map(change) };
}
