import { describe, expect, it } from '@jest/globals';
import { comparatorsFor } from '../fields/comparators.js';
import { inventedPeople, INVENTED_COMPARISONS } from '../linking/invented-people.fixture.js';
import { tableOfRows } from '../linking/made-table.fixture.js';
import { PairComparer } from '../scoring/pair-levels.js';
import { randomAgreement, seededRandom } from './random-pairs.js';

const { rows } = inventedPeople(200, 2, 121);
const comparer = new PairComparer(
  comparatorsFor(
    tableOfRows(rows),
    INVENTED_COMPARISONS.map((one) => ({ ...one, columns: [...one.columns] })),
  ),
  [],
);

describe('shares of random pairs', () => {
  it('are probabilities that sum to one, missing left out', async () => {
    for (const [f, shares] of (await randomAgreement(comparer, rows.length, 5000, 1)).entries()) {
      expect(shares.length).toBe(comparer.fields[f]!.levels.length);
      for (const share of shares) expect(share > 0 && share <= 1).toBe(true);
      expect(shares.slice(1).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
    }
  });

  it('from a sample are near those from all pairs, and the same again with the same seed', async () => {
    const all = await randomAgreement(comparer, rows.length, 1e9, 1);
    const some = await randomAgreement(comparer, rows.length, 20_000, 7);
    all.forEach((shares, f) =>
      shares.forEach((share, level) => expect(Math.abs(share - some[f]![level]!)).toBeLessThan(0.02)),
    );
    expect(await randomAgreement(comparer, rows.length, 20_000, 7)).toEqual(some);
  });

  it.each([0, 1, 2])('of %d rows are probabilities too', async (few) => {
    const table = tableOfRows(rows.slice(0, few), Object.keys(rows[0]!));
    const small = new PairComparer(
      comparatorsFor(
        table,
        INVENTED_COMPARISONS.map((one) => ({ ...one, columns: [...one.columns] })),
      ),
      [],
    );
    for (const shares of await randomAgreement(small, few, 1000, 1))
      for (const share of shares) expect(share > 0 && share <= 1).toBe(true);
  });

  it('the generator gives numbers from 0 to 1, the same for the same seed', () => {
    const [a, b] = [seededRandom(5), seededRandom(5)];
    const drawn = Array.from({ length: 1000 }, () => a());
    expect(drawn).toEqual(Array.from({ length: 1000 }, () => b()));
    expect(Math.min(...drawn) >= 0 && Math.max(...drawn) < 1).toBe(true);
    expect(drawn.reduce((sum, one) => sum + one, 0) / 1000).toBeCloseTo(0.5, 1);
  });
});
