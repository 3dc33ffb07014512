import type { Field, FieldRole, Level } from '../fields/field.js';
import { fitMixture, follow, type Mixture, type PairClass, type ShareSource } from './mixture.js';
import type { Patterns } from './patterns.js';

/** What levels get that nothing is known of. */
const EVEN = 1e-6;

/** A first guess of a class's shares: mostly agreeing, or mostly not. */
export function guessShares({ levels }: Field, agree: number, differ: number): Float64Array {
  const wanted = [agree, differ, 1 - agree - differ];
  const shares = new Float64Array(levels.length);
  for (const segment of [undefined, 1] as const) {
    const mass = [0, 0, 0];
    const mine = levels.map((level, at) => (at > 0 && level.segment === segment ? kindOf(level) : -1));
    mine.forEach((kind, at) => (kind === -1 ? undefined : (mass[kind]! += levels[at]!.share)));
    let sum = 0;
    mine.forEach((kind, at) => {
      if (kind === -1) return;
      shares[at] = mass[kind]! > 0 ? (wanted[kind]! * levels[at]!.share) / mass[kind]! : EVEN;
      sum += shares[at]!;
    });
    mine.forEach((kind, at) => (kind === -1 ? undefined : (shares[at]! /= sum)));
  }
  shares[0] = 1;
  return shares;
}

function kindOf({ stance }: Level): 0 | 1 | 2 {
  return stance === 'agrees' ? 0 : stance === 'differs' ? 1 : 2;
}

type Shape = Partial<Record<FieldRole, ShareSource>>;

/**
 * Kinds of non-match that look like matches. What is not named is as in random pairs.
 * Household: people of one address. Namesake: parent and child of one name. Twin: one birth date. Chance namesake:
 * strangers of one name.
 */
const KINDS: Record<string, Shape> = {
  household: { surname: 'own', middle: 'own', date: 'own', place: 'own', contact: 'own' },
  namesake: {
    given: { as: 'match' },
    surname: { as: 'match' },
    middle: { as: 'match' },
    date: 'own',
    place: { as: 'household' },
    contact: { as: 'household' },
  },
  twin: {
    surname: { as: 'household' },
    middle: { as: 'household' },
    date: { as: 'match' },
    place: { as: 'household' },
    contact: { as: 'household' },
  },
  'chance namesake': { given: { as: 'match' }, surname: { as: 'match' }, middle: { as: 'match' }, contact: 'own' },
};

/** A kind of non-match with less than this share of the matches' pairs is noise that explains away a few of them. */
const LEAST_SHARE = 0.005;

/** Fits the mixture, leaves out the kinds of non-match the data does not have, and fits what is left. */
export function fitClasses(mixture: Mixture, patterns: Patterns, fields: readonly Field[], rounds: number): void {
  fitMixture(mixture, patterns, fields, rounds);
  const least = LEAST_SHARE * mixture.classes[0]!.pairs;
  const kept = mixture.classes.filter(
    ({ name, pairs }, at) => at < 2 || pairs >= least || isNeeded(name, mixture, least),
  );
  if (kept.length === mixture.classes.length) return;
  mixture.classes = kept;
  fitMixture(mixture, patterns, fields, rounds);
}

/** Another kind that stays takes its shares from this one. */
function isNeeded(name: string, { classes }: Mixture, least: number): boolean {
  return classes.some(
    ({ sources, pairs }) =>
      pairs >= least && sources.some((source) => typeof source === 'object' && source.as === name && name !== 'match'),
  );
}

/** In: u per field, how many pairs of rows there are, and how many matches to begin with. */
export function startMixture(fields: readonly Field[], u: Float64Array[], allPairs: number, rows: number): Mixture {
  const has = (role: FieldRole): boolean => fields.some((field) => field.role === role);
  const match: PairClass = {
    name: 'match',
    pairs: rows * 0.3,
    shares: fields.map((field) => guessShares(field, 0.8, 0.05)),
    sources: fields.map(() => 'own'),
  };
  const random: PairClass = { name: 'random', pairs: allPairs, shares: u, sources: fields.map(() => 'random') };
  const mixture: Mixture = { classes: [match, random] };
  if (has('place') && has('given') && has('surname') && has('date')) {
    for (const [name, shape] of Object.entries(KINDS)) {
      const sources = fields.map(({ role }): ShareSource => shape[role] ?? 'random');
      const shares = fields.map((field) =>
        field.role === 'date'
          ? guessShares(field, 0.001, 0.9)
          : field.role === 'contact'
            ? guessShares(field, 0.2, 0.6)
            : guessShares(field, 0.8, 0.05),
      );
      mixture.classes.push({ name, pairs: rows * 0.1, shares, sources });
    }
  }
  follow(mixture);
  return mixture;
}
