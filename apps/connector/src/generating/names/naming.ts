import { readFileSync } from 'node:fs';
import type { NameParts, Person, Sex, Tradition } from '../people/person.js';
import type { Random } from '../random.js';
import type { Birth, Named, NameSource, Parent } from './birth.js';

type Lists = Record<string, string>;
const source = JSON.parse(readFileSync(new URL('./names.json', import.meta.url), 'utf8')) as Record<Tradition, Lists>;
const lists = new Map<string, string[]>();
for (const [tradition, of] of Object.entries(source)) {
  for (const [key, text] of Object.entries(of)) lists.set(`${tradition}.${key}`, text.split(' '));
}

/** The names of a list in names.json, the commonest first. */
export function list(tradition: Tradition, key: string): string[] {
  const found = lists.get(`${tradition}.${key}`);
  if (!found) throw new RangeError(`no names for ${tradition} ${key}`);
  return found;
}

/** A forename of the tradition, for the British one of the generation. */
export function forename(random: Random, { tradition, sex, born }: Pick<Birth, 'tradition' | 'sex' | 'born'>): string {
  let key: string = sex;
  if (tradition === 'british') key += born < '1962' ? 'Old' : born < '1988' ? 'Mid' : 'New';
  return random.pickRanked(list(tradition, key), 14).replace('|', ' ');
}

/** A family's surname, in the form a man has. */
export function familyName(random: Random, tradition: Tradition): string {
  // A third of the county is called after a village: a long tail of rare names, as in life.
  if (tradition === 'british' && random.chance(0.45)) {
    return random.pick(list('british', 'surnameStarts')) + random.pick(list('british', 'surnameEnds'));
  }
  return random.pickRanked(list(tradition, 'surnames'), tradition === 'british' ? 30 : 14);
}

const ofTheCounty: NameSource = { forename, familyName };

/** The name someone is given at birth, as their tradition forms it. Without parents the family is invented. */
export function nameAtBirth(random: Random, birth: Birth, { forename, familyName } = ofTheCounty): Named {
  const { tradition, sex, father, mother } = birth;
  const given = forename(random, birth);
  const another = () => forename(random, birth);
  const inherited = father?.surname ?? mother?.surname ?? familyName(random, tradition);
  const none: NameParts[] = [];
  switch (tradition) {
    case 'polish':
      return {
        forenames: random.chance(0.3) ? [given, another()] : [given],
        surname: inSex(inherited, sex),
        aliases: none,
      };
    case 'south-asian-muslim':
      return { ...southAsianMuslim(random, sex, given, inherited, familyName), aliases: none };
    case 'sikh':
      return { ...sikh(random, sex, given, inherited, familyName), aliases: none };
    case 'hindu': {
      // Gujarati custom: the father's forename in the middle.
      const middle = father?.forenames[0] ?? forename(random, { ...birth, sex: 'male' });
      return { forenames: random.chance(0.55) ? [given, middle] : [given], surname: inherited, aliases: none };
    }
    case 'chinese': {
      const aliases = random.chance(0.4)
        ? [{ surname: inherited, forenames: [random.pick(list('chinese', 'english'))] }]
        : none;
      return { forenames: given.split(' '), surname: inherited, aliases };
    }
    case 'arabic-somali': {
      // Own, father's and grandfather's name; nobody but full siblings shares the last.
      const second = father?.forenames[0] ?? forename(random, { ...birth, sex: 'male' });
      return {
        forenames: [given, second],
        surname: father?.forenames[1] ?? familyName(random, tradition),
        aliases: none,
      };
    }
    case 'iberian': {
      const first = (father?.surname ?? familyName(random, tradition)).split(' ')[0] as string;
      const second = (mother?.birthSurname ?? familyName(random, tradition)).split(' ')[0] as string;
      return {
        forenames: random.chance(0.5) ? [given, another()] : [given],
        surname: `${first} ${second}`,
        aliases: none,
      };
    }
    case 'west-african':
      return { forenames: random.chance(0.7) ? [given, another()] : [given], surname: inherited, aliases: none };
    default: {
      const forenames = random.chance(0.75) ? [given, another()] : [given];
      if (random.chance(0.08)) forenames.push(another());
      return { forenames, surname: maybeDoubled(random, inherited, mother, father), aliases: none };
    }
  }
}

type Spouse = Pick<Person, 'tradition' | 'surname'>;

/** The surname after a wedding: taken, doubled or kept, as custom and the year have it. */
export function marriedSurname(random: Random, wife: Spouse, husband: Spouse, year: number): string {
  const { tradition } = wife;
  if (['south-asian-muslim', 'chinese', 'arabic-somali', 'iberian'].includes(tradition)) return wife.surname;
  if (husband.tradition !== tradition && random.chance(0.5)) return wife.surname;
  if (random.chance(year < 1990 ? 0.01 : 0.07)) return `${wife.surname.split('-')[0]}-${husband.surname.split('-')[0]}`;
  if (random.chance(year < 1990 ? 0.96 : 0.8)) return inSex(husband.surname, 'female');
  return wife.surname;
}

export function titleFor(random: Random, sex: Sex, age: number, married: boolean): string {
  if (random.chance(0.012) && age > 26) return 'Dr';
  if (sex === 'male') return age < 16 ? 'Master' : 'Mr';
  if (age < 18) return 'Miss';
  if (married) return random.chance(0.85) ? 'Mrs' : 'Ms';
  return random.chance(0.6) ? 'Miss' : 'Ms';
}

/** Polish surnames in -ski, -cki, -dzki end in -a for a woman. */
export function inSex(surname: string, sex: Sex): string {
  return sex === 'female' ? surname.replace(/(sk|ck|dzk)i$/, '$1a') : surname.replace(/(sk|ck|dzk)a$/, '$1i');
}

type Family = NameSource['familyName'];

function southAsianMuslim(random: Random, sex: Sex, given: string, inherited: string, family: Family): NameParts {
  if (sex === 'male') {
    const forenames = random.chance(0.3) ? ['Mohammed', given] : [given];
    return { forenames, surname: random.chance(0.7) ? inherited : family(random, 'south-asian-muslim') };
  }
  const own = random.chance(0.35) ? random.pick(['Bibi', 'Begum', 'Kauser', 'Akhtar', 'Khatoon']) : inherited;
  return { forenames: [given], surname: own };
}

function sikh(random: Random, sex: Sex, given: string, inherited: string, family: Family): NameParts {
  const religious = sex === 'male' ? 'Singh' : 'Kaur';
  const surname = ['Singh', 'Kaur'].includes(inherited) ? family(random, 'sikh') : inherited;
  return random.chance(0.7) ? { forenames: [given, religious], surname } : { forenames: [given], surname: religious };
}

function maybeDoubled(random: Random, inherited: string, mother?: Parent, father?: Parent): string {
  const differ = mother && father && mother.surname !== father.surname;
  const plain = differ && !mother.surname.includes('-') && !father.surname.includes('-');
  return plain && random.chance(0.2) ? `${mother.surname}-${father.surname}` : inherited;
}
