import { folded, nicknamesOf, spellingsOf } from '../../names/spelling.js';
import { customVariant } from '../../noise/name.js';
import { withTypo } from '../../noise/typo.js';
import type { NameParts } from '../../people/person.js';
import { TODAY } from '../calendar.js';
import type { Resident } from '../population/resident.js';
import { RATES } from './rates.js';
import { errs, type Writing } from './writing.js';

const rates = RATES.name;

export interface WrittenName {
  title: string;
  forename: string;
  middle: string;
  surname: string;
}

/** A person's name as one record has it. */
export function writtenName(writing: Writing, person: Resident): WrittenName {
  const { random } = writing;
  const name = withMiddle(writing, person, nameOfTheTime(writing, person));
  name.forename = otherForm(writing, name.forename);
  name.surname = errs(writing, rates.otherSpelling) ? respelt(writing, name.surname) : name.surname;
  if (TODAY - person.born < 365 && random.chance(rates.baby)) name.forename = 'Baby';
  if (errs(writing, rates.forenameTypo)) name.forename = withTypo(random, name.forename);
  if (errs(writing, rates.surnameTypo)) name.surname = withTypo(random, name.surname);
  if (errs(writing, rates.initialOnly)) name.forename = name.forename.slice(0, 1);
  if (errs(writing, rates.swapped)) [name.forename, name.surname] = [name.surname, name.forename];
  if (errs(writing, rates.noForename)) name.forename = name.middle = '';
  else if (errs(writing, rates.noSurname)) name.surname = '';
  const title = errs(writing, rates.noTitle) ? '' : writing.early && person.marriedLately ? 'Miss' : person.title;
  return inStyle(writing, { title, ...name });
}

function nameOfTheTime(writing: Writing, person: Resident): NameParts {
  const { random, early } = writing;
  const { forenames, birthSurname, surname, aliases } = person;
  const old = early && person.marriedLately ? random.chance(rates.earlySurname) : errs(writing, rates.oldSurname);
  let name: NameParts = { forenames, surname: old ? birthSurname : surname };
  const alias = aliases[0];
  if (alias && random.chance(rates.otherAlias)) name = alias;
  return random.chance(rates.customVariant) ? customVariant(random, person, name) : name;
}

function withMiddle(writing: Writing, person: Resident, { forenames, surname }: NameParts): Omit<WrittenName, 'title'> {
  const { random } = writing;
  const [first = '', second = '', ...rest] = forenames;
  // A Chinese or Sikh second part belongs to the forename.
  if (['chinese', 'sikh'].includes(person.tradition)) {
    const parts = forenames.join(' ');
    return random.chance(0.7) ? { forename: parts, middle: '', surname } : { forename: first, middle: second, surname };
  }
  if (second && person.byMiddleName && random.chance(rates.byMiddleName))
    return { forename: second, middle: '', surname };
  const middle = [second, ...rest].join(' ').trim();
  if (middle && errs(writing, rates.middleWithForename)) return { forename: `${first} ${middle}`, middle: '', surname };
  if (random.chance(rates.middleKept)) return { forename: first, middle, surname };
  const initial = random.chance(rates.middleInitial / (1 - rates.middleKept));
  return { forename: first, middle: initial ? middle.slice(0, 1) : '', surname };
}

function otherForm(writing: Writing, forename: string): string {
  const { random } = writing;
  const short = nicknamesOf(forename);
  if (short.length > 0 && random.chance(rates.nickname)) return random.pickRanked(short, 2);
  return errs(writing, rates.otherSpelling) ? respelt(writing, forename) : forename;
}

function respelt({ random }: Writing, name: string): string {
  const others = spellingsOf(name);
  return others.length > 0 ? random.pick(others) : name;
}

const PLAIN = /^[ -~]*$/;

function inStyle({ random, style }: Writing, name: WrittenName): WrittenName {
  const { capitals } = style;
  const plain = PLAIN.test(name.forename) && PLAIN.test(name.surname) && PLAIN.test(name.middle);
  const fold = !plain && random.chance(rates.withoutAccents);
  if (fold)
    name = {
      ...name,
      forename: folded(name.forename),
      middle: folded(name.middle),
      surname: folded(name.surname),
    };
  if (capitals === 'none') return name;
  const { title, forename, middle, surname } = name;
  if (capitals === 'surname') return { title, forename, middle, surname: surname.toUpperCase() };
  return {
    title: title.toUpperCase(),
    forename: forename.toUpperCase(),
    middle: middle.toUpperCase(),
    surname: surname.toUpperCase(),
  };
}
