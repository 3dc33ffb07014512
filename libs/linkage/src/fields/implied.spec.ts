import { describe, expect, it } from '@jest/globals';
import { tableOfRows } from '../linking/made-table.fixture.js';
import { PairComparer } from '../scoring/pair-levels.js';
import { seededRandom } from '../training/random-pairs.js';
import { comparatorsFor } from './comparators.js';
import { impliedFields } from './implied.js';

const random = seededRandom(51);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const GIVEN = { F: ['Zorka', 'Gribella', 'Fennia'], M: ['Zorko', 'Gribbold', 'Fennick'] };
const rows = Array.from({ length: 600 }, () => {
  const sex = pick(['F', 'M'] as const);
  // Whole words: letters of codes are compared elsewhere.
  return {
    given_name: pick(GIVEN[sex]),
    surname: `Inventley${pick('abcdefghijklmnopqrstuvwxyz'.split(''))}${pick('abcdefghijklmnopqrstuvwxyz'.split(''))}`,
    sex: { F: 'female', M: 'gentleman' }[sex],
    pet: pick(['Cat', 'Dog']),
  };
});
const comparators = comparatorsFor(tableOfRows(rows), [
  { kind: 'name', columns: ['given_name', 'surname'] },
  { kind: 'category', columns: ['sex'] },
  { kind: 'category', columns: ['pet'] },
]);
const implied = impliedFields(comparators, rows.length);
const comparer = new PairComparer(comparators, implied);

describe('a field that another tells', () => {
  it('is found: sex by given name, and not what has nothing to do with it', () => {
    expect(implied.map(({ field, by }) => [field, by])).toEqual([[2, 0]]);
  });

  it('has levels of its own where the other agrees, and only there', () => {
    const levelOf = (i: number, j: number): string => {
      const levels = comparer.compare({ left: Uint32Array.of(i), right: Uint32Array.of(j), count: 1 });
      return comparer.fields[2]!.levels[levels[2]!]!.name;
    };
    const other = (row: number, same: (a: (typeof rows)[0], b: (typeof rows)[0]) => boolean): number =>
      rows.findIndex((one, at) => at !== row && same(one, rows[row]!));
    expect(
      levelOf(
        0,
        other(0, (a, b) => a.given_name === b.given_name),
      ),
    ).toBe('exact (given name agrees)');
    expect(
      levelOf(
        0,
        other(0, (a, b) => a.given_name !== b.given_name && a.sex === b.sex && a.surname !== b.surname),
      ),
    ).toBe('exact');
    expect(
      levelOf(
        0,
        other(0, (a, b) => a.sex !== b.sex && a.surname !== b.surname),
      ),
    ).toBe('different');
  });
});
