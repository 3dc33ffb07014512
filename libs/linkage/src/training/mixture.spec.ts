import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bandLevels, bandsOf } from '../fields/bands.js';
import { type Field, MISSING, plain } from '../fields/field.js';
import { fitClasses, guessShares, startMixture } from './classes.js';
import { drawnPatterns, plainField, sharesOf } from './made-patterns.fixture.js';
import { fitMixture, type Mixture, smoothed } from './mixture.js';

const FIELDS = [
  plainField('given', 'given'),
  plainField('surname', 'surname'),
  plainField('date', 'date'),
  plainField('place', 'place'),
];
const U = [
  sharesOf(0.01, 0.04, 0.95),
  sharesOf(0.005, 0.045, 0.95),
  sharesOf(0.002, 0.018, 0.98),
  sharesOf(0.01, 0.09, 0.9),
];
const M = [sharesOf(0.85, 0.1, 0.05), sharesOf(0.9, 0.05, 0.05), sharesOf(0.8, 0.15, 0.05), sharesOf(0.6, 0.1, 0.3)];
const [MATCHES, STRANGERS, ROWS] = [2_000, 200_000, 4_000];
const DRAWN = drawnPatterns(
  [
    { pairs: MATCHES, shares: M },
    { pairs: STRANGERS, shares: U },
  ],
  92,
);
const copies = (shares: Float64Array[]): Float64Array[] => shares.map((one) => one.slice());
const sumTo1 = (shares: Float64Array): number => shares.slice(1).reduce((sum, one) => sum + one, 0);

const fresh = (): Mixture => startMixture(FIELDS, copies(U), STRANGERS, ROWS);
/** Matches and strangers alone. */
const plainMixture = (): Mixture => ({ classes: fresh().classes.slice(0, 2) });

const checkShares = ({ classes }: Mixture): void => {
  for (const { pairs, shares } of classes) {
    expect(pairs).toBeGreaterThan(0);
    for (const field of shares) {
      for (const share of field) {
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(1);
      }
      expect(sumTo1(field)).toBeCloseTo(1, 4);
    }
  }
};

describe('expectation–maximisation', () => {
  it('recovers the shares of matches and how many there are', () => {
    const mixture = plainMixture();
    const { matches } = fitMixture(mixture, DRAWN.patterns, FIELDS, 60);
    expect(matches.at(-1)! / MATCHES).toBeCloseTo(1, 1);
    M.forEach((wanted, f) =>
      wanted.forEach((share, level) =>
        expect(Math.abs(mixture.classes[0]!.shares[f]![level]! - share)).toBeLessThan(0.03),
      ),
    );
    checkShares(mixture);
  });

  it('recovers them from candidates alone, chosen for their agreement: strangers are not fitted', () => {
    // Only pairs that agree on something, as blocking gives them.
    const { levels, counts, count, fields, of } = DRAWN.patterns;
    const some = Array.from({ length: count }, (_, p) => p).filter((p) =>
      levels.subarray(p * fields, (p + 1) * fields).includes(1),
    );
    const chosen = {
      levels: Uint8Array.from(some.flatMap((p) => [...levels.subarray(p * fields, (p + 1) * fields)])),
      counts: Float64Array.from(some, (p) => counts[p]!),
      count: some.length,
      fields,
      of: of.slice(0, 0),
    };
    const mixture = plainMixture();
    fitMixture(mixture, chosen, FIELDS, 60);
    expect(Math.abs(mixture.classes[0]!.pairs / MATCHES - 1)).toBeLessThan(0.1);
    M.forEach((wanted, f) => expect(Math.abs(mixture.classes[0]!.shares[f]![1]! - wanted[1]!)).toBeLessThan(0.04));
    expect(mixture.classes[1]).toMatchObject({ pairs: STRANGERS, shares: U });
  });

  it('expects all but no matches where all are strangers', () => {
    const mixture = plainMixture();
    fitMixture(mixture, drawnPatterns([{ pairs: STRANGERS, shares: U }], 93).patterns, FIELDS, 60);
    expect(mixture.classes[0]!.pairs).toBeLessThan(60);
    checkShares(mixture);
  });

  it('shares stay probabilities that sum to one, whatever it is shown', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 4, maxLength: 400 }),
        fc.integer({ min: 1, max: 20 }),
        (numbers, rounds) => {
          const pairs = Math.floor(numbers.length / 4);
          const patterns = drawnPatterns([{ pairs: 1, shares: U }], 1).patterns;
          const levels = Uint8Array.from(numbers.slice(0, pairs * 4));
          const mixture = fresh();
          fitMixture(
            mixture,
            { ...patterns, levels, counts: new Float64Array(pairs).fill(3), count: pairs },
            FIELDS,
            rounds,
          );
          checkShares(mixture);
        },
      ),
      { seed: 94, numRuns: 60 },
    );
  });

  it('of no pairs at all gives probabilities too', () => {
    const mixture = fresh();
    fitMixture(
      mixture,
      { levels: new Uint8Array(0), counts: new Float64Array(0), count: 0, fields: 4, of: new Uint32Array(0) },
      FIELDS,
      20,
    );
    checkShares(mixture);
  });
});

describe('kinds of non-match', () => {
  const strangers = { pairs: STRANGERS, shares: U };
  const matches = { pairs: MATCHES, shares: M };
  const household = {
    pairs: 4_000,
    shares: [U[0]!, sharesOf(0.9, 0.05, 0.05), sharesOf(0.0001, 0.0099, 0.99), sharesOf(0.9, 0.05, 0.05)],
  };

  it('that the data lacks go away, or hold hardly a pair', () => {
    const mixture = fresh();
    expect(mixture.classes.map(({ name }) => name)).toEqual([
      'match',
      'random',
      'household',
      'namesake',
      'twin',
      'chance namesake',
    ]);
    fitClasses(mixture, drawnPatterns([matches, strangers], 95).patterns, FIELDS, 60);
    // What is left of them is noise, a few pairs in a hundred of the matches.
    const left = mixture.classes.slice(2).reduce((sum, { pairs }) => sum + pairs, 0);
    expect(left / MATCHES).toBeLessThan(0.05);
    expect(mixture.classes.length).toBeLessThan(6);
    expect(Math.abs(mixture.classes[0]!.pairs / MATCHES - 1)).toBeLessThan(0.1);
  });

  it('that the data has stay, and are told from the matches', () => {
    const mixture = fresh();
    fitClasses(mixture, drawnPatterns([matches, strangers, household], 96).patterns, FIELDS, 60);
    const found = mixture.classes.find(({ name }) => name === 'household')!;
    expect(Math.abs(found.pairs / household.pairs - 1)).toBeLessThan(0.15);
    expect(Math.abs(mixture.classes[0]!.pairs / MATCHES - 1)).toBeLessThan(0.1);
    // Without the class, EM takes another birth date for a match's habit.
    expect(mixture.classes[0]!.shares[2]![3]).toBeLessThan(0.08);
    checkShares(mixture);
  });

  it('are not looked for where there is no place, or no birth date, to tell them by', () => {
    expect(startMixture(FIELDS.slice(0, 3), U.slice(0, 3), 100, 10).classes.map(({ name }) => name)).toEqual([
      'match',
      'random',
    ]);
  });
});

describe('shares of levels', () => {
  const bands = bandsOf([0, 50, 20, 5, 1, 1, 1], 1.25);
  const banded: Field = {
    name: 'banded',
    role: 'surname',
    levels: [MISSING, ...bandLevels('exact', bands, true, 'agrees'), plain('different', 'differs')],
  };

  it('a first guess is a probability for each level, in bands too', () => {
    for (const field of [banded, ...FIELDS]) {
      const shares = guessShares(field, 0.8, 0.05);
      expect(sumTo1(shares)).toBeCloseTo(1, 9);
      for (const share of shares) expect(share >= 0 && share <= 1).toBe(true);
    }
  });

  it('bands of one group share what the group has as their values are spread', () => {
    const sums = Float64Array.from(banded.levels, ({ name }) => (name === 'different' ? 100 : 0));
    sums[1] = 900;
    const shares = smoothed(banded, sums, guessShares(banded, 0.8, 0.05), 2);
    const present = banded.levels
      .map((_, at) => at)
      .filter((at) => at > 0 && banded.levels[at]!.share > 0 && banded.levels[at]!.band >= 0);
    for (const at of present)
      expect(shares[at]! / banded.levels[at]!.share).toBeCloseTo(
        shares[present[0]!]! / banded.levels[present[0]!]!.share,
        9,
      );
    expect(shares.at(-1)).toBeCloseTo(0.1, 2);
  });
});
