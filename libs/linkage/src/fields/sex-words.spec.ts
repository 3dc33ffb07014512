import { describe, expect, it } from '@jest/globals';
import { columnOf, levelNames } from '../linking/made-table.fixture.js';
import { valueComparator } from './values.js';

const related = (cells: string[], i: number, j: number): string =>
  levelNames(valueComparator('category', [columnOf('sex', cells)], cells.length), i, j)[0]!;

describe('a column of sex that is written in several ways', () => {
  it.each([
    [['M', 'Male', 'F', 'FEMALE'], 0, 1],
    [['M', 'Male', 'F', 'FEMALE'], 2, 3],
    [['m', 'M', 'female', 'F'], 2, 3],
    [['M', '1', 'F', '2'], 0, 1],
    [['Male', 'F', '2', '1', '9', '0'], 1, 2],
    [['woman', 'man', 'f', 'm'], 0, 2],
  ])('%j: rows %i and %i agree', (cells, i, j) => {
    expect(related(cells, i, j)).toMatch(/^exact/);
    expect(related(cells, j, i)).toMatch(/^exact/);
  });

  it('the sexes differ all the same, and codes that say nothing are missing', () => {
    const cells = ['Male', 'F', '2', '1', '9'];
    expect(related(cells, 0, 1)).toBe('different');
    expect(related(cells, 0, 2)).toBe('different');
    expect(related(cells, 4, 2)).toBe('missing');
  });
});

describe('what is not a column of sex stays as it is', () => {
  it.each([
    ['sizes', ['m', 'man', 's', 'xl', 'f', 's', 'xl', 's'], 0, 1],
    ['counts', ['1', '2', '0', '9'], 0, 2],
    ['counts beside a letter', ['1', '2', '3', '4', '5', 'm'], 0, 5],
    ['married or not', ['m', 'male', 's', 'd', 's', 'd'], 0, 1],
  ])('%s', (_what, cells, i, j) => {
    expect(related(cells, i, j)).toBe('different');
  });
});
