import { readFileSync } from 'node:fs';
import type { Birth, NameSource } from '../../names/birth.js';
import { forename as countyForename, list } from '../../names/naming.js';
import { spellingsOf } from '../../names/spelling.js';
import type { Tradition } from '../../people/person.js';
import type { Random } from '../../random.js';
import { surnameOf } from './surname-tables.js';

const rare = JSON.parse(readFileSync(new URL('./rare-forenames.json', import.meta.url), 'utf8')) as Record<
  'male' | 'female' | 'doubles',
  string
>;
const RARE = { male: rare.male.split(' '), female: rare.female.split(' ') };
const DOUBLES = rare.doubles.split(' ');
const ERAS = ['Old', 'Mid', 'New'] as const;

const BRITISH = { male: byEra('male'), female: byEra('female') };

/** The commonest name of a generation is one in sixteen of it. */
const FLATNESS = 6;
/** Shares of British births: a name of another generation, a rare one, a double one (Lily-Mae, since 2000). */
const OTHER_ERA = 0.1;
const RARE_NAME = 0.06;
const DOUBLE = 0.04;
/** Of those whose name is spelt in several ways: spelt the other way by their parents. */
const SPELT_OTHERWISE = 0.15;
/** Of children born here since 1990 to families of these traditions: a British forename. */
const ADOPTED = 0.3;
const ADOPTING: readonly Tradition[] = ['irish', 'polish', 'romanian', 'west-african', 'caribbean', 'iberian'];

/** Names with the frequencies of a population: common ones truly common, and a long tail. */
export const populationNames: NameSource = { forename, familyName: surnameOf };

function forename(random: Random, birth: Pick<Birth, 'tradition' | 'sex' | 'born'>): string {
  const named = birth.tradition === 'british' ? british(random, birth) : ofTradition(random, birth);
  const others = spellingsOf(named);
  return others.length > 0 && random.chance(SPELT_OTHERWISE) ? random.pick(others) : named;
}

function ofTradition(random: Random, birth: Pick<Birth, 'tradition' | 'sex' | 'born'>): string {
  const adopts = birth.born > '1990' && ADOPTING.includes(birth.tradition) && random.chance(ADOPTED);
  return adopts ? british(random, birth) : countyForename(random, birth);
}

function british(random: Random, birth: Pick<Birth, 'sex' | 'born'>): string {
  const { sex, born } = birth;
  if (random.chance(RARE_NAME)) return random.pickRanked(RARE[sex], 60);
  const era = random.chance(OTHER_ERA) ? random.pick(ERAS) : born < '1962' ? 'Old' : born < '1988' ? 'Mid' : 'New';
  const name = random.pickRanked(BRITISH[sex][era], FLATNESS);
  return sex === 'female' && born > '2000' && random.chance(DOUBLE) ? `${name}-${random.pickRanked(DOUBLES, 4)}` : name;
}

function byEra(sex: 'male' | 'female'): Record<(typeof ERAS)[number], string[]> {
  return {
    Old: list('british', `${sex}Old`),
    Mid: list('british', `${sex}Mid`),
    New: list('british', `${sex}New`),
  };
}
