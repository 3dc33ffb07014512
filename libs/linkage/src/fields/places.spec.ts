import { describe, expect, it } from '@jest/globals';
import { columnOf, levelNames } from '../linking/made-table.fixture.js';
import { placeComparator } from './places.js';

const CROWD = [
  '1 Sample Road',
  '2 Sample Road',
  '3 Pretend Street',
  '4 Fictive Lane',
  '5 Unreal Close',
  '6 Madeup Way',
  '7 Nowhere Road',
  '8 Invented Street',
];
const address = (a: string, b: string): string => {
  const column = columnOf('address', [a, b, ...CROWD]);
  return levelNames(placeComparator('address', [], [[column]], 2 + CROWD.length), 0, 1)[0]!.replace(
    'no postcode, ',
    '',
  );
};
const postcode = (a: string, b: string): string =>
  levelNames(placeComparator('address', [columnOf('postcode', [a, b])], [], 2), 0, 1)[0]!.replace(', no address', '');

describe('postcodes', () => {
  it.each([
    ['ZZ1 1AB', 'zz11ab', 'same postcode'],
    ['ZZ1 1AB', 'ZZ1 1AC', 'one edit'],
    ['ZZ1 1AB', 'ZZ1 1BA', 'one edit'],
    ['ZZ1 1AB', 'ZZ1 1CD', 'same sector'],
    ['ZZ1 1AB', 'ZZ1 2CD', 'same district'],
    ['ZZ1 1AB', 'ZZ9 2CD', 'same area'],
    ['ZZ1 1AB', 'QX9 2CD', 'other postcode'],
    ['ZZ1 1AB', '', 'missing'],
    ['2000', '2001', 'one edit'],
    ['20000', '20033', 'same area'],
    ['20000', '90033', 'other postcode'],
  ])('%s and %s: %s', (a, b, level) => {
    expect(postcode(a, b)).toBe(level);
    expect(postcode(b, a)).toBe(level);
  });

  it('several columns of them: a postcode of before meets the one of now', () => {
    const columns = [columnOf('postcode', ['ZZ1 1AB', 'QX9 2CD']), columnOf('previous_postcode', ['QX9 2CD', ''])];
    expect(levelNames(placeComparator('address', columns, [], 2), 0, 1)[0]).toMatch(/^same postcode/);
  });
});

describe('addresses', () => {
  it.each([
    ['written shorter', '12 Longwinded Road', '12 Longwinded Rd', 'same address'],
    ['written otherwise', '12, Longwinded Road.', '12 LONGWINDED ROAD', 'same address'],
    ['a slip in a rare word', '12 Longwinded Road', '12 Longwindd Road', 'same address'],
    ['another house', '12 Longwinded Road', '14 Longwinded Road', 'same street'],
    ['no house number on one side', '12 Longwinded Road', 'Longwinded Road', 'same street'],
    ['a flat in one of them', 'Flat 12 Longwinded Road', '12 Longwinded Road', 'same address'],
    ['another street that is a road too', '12 Longwinded Road', '3 Shortish Road', 'other address'],
    ['nothing in common', '12 Longwinded Road', '3 Elsewhere Avenue', 'other address'],
    ['missing', '', '12 Longwinded Road', 'missing'],
    ['no words and no number in it', '--', '12 Longwinded Road', 'missing'],
  ])('%s', (_what, a, b, level) => {
    expect(address(a, b)).toBe(level);
    expect(address(b, a)).toBe(level);
  });

  it('a rare word says more than a common one', () => {
    const rows = [
      '1 Commonly Quaintfold',
      '2 Elsewhere Quaintfold',
      '3 Commonly Otherfold',
      ...Array.from({ length: 40 }, (_, at) => `${at + 10} Commonly Street${at}`),
    ];
    const comparator = placeComparator('address', [], [[columnOf('address', rows)]], rows.length);
    const rank = (i: number, j: number): number =>
      comparator.fields[0]!.levels.findIndex(({ name }) => name === levelNames(comparator, i, j)[0]);
    expect(rank(0, 1)).toBeLessThan(rank(0, 2));
  });

  it('several columns are one address, wherever its parts stand', () => {
    const columns = [
      columnOf('line_1', ['12 Longwinded Road', 'Flat A', ...CROWD]),
      columnOf('line_2', ['', '12 Longwinded Road', ...CROWD.map(() => '')]),
    ];
    expect(levelNames(placeComparator('address', [], [columns], 2 + CROWD.length), 0, 1)[0]).toMatch(
      /same address|same street/,
    );
  });

  it('the same words in another order are alike whichever row comes first', () => {
    expect(address('Longwinded Longwindee Road', 'Longwinded Elsewhere')).toBe(
      address('Longwinded Elsewhere', 'Longwinded Longwindee Road'),
    );
  });
});

describe('addresses of before', () => {
  it('meet the one of now', () => {
    const now = [columnOf('address', ['12 Longwinded Road', '3 Elsewhere Avenue', ...CROWD])];
    const before = [columnOf('previous_address', ['', '12 Longwinded Road', ...CROWD.map(() => '')])];
    const comparator = placeComparator('address', [], [now, before], 2 + CROWD.length);
    expect(levelNames(comparator, 0, 1)[0]).toMatch(/same address/);
  });
});

describe('a place', () => {
  it('is one field with a level for what postcode and address say together', () => {
    const comparator = placeComparator(
      'address',
      [columnOf('postcode', ['ZZ1 1AB', 'ZZ1 1AB', 'QX9 2CD', ''])],
      [[columnOf('address', ['12 Longwinded Road', '12 Longwinded Road', '3 Elsewhere Avenue', '12 Longwinded Road'])]],
      4,
    );
    expect(comparator.fields.map(({ role }) => role)).toEqual(['place']);
    expect(levelNames(comparator, 0, 1)).toEqual(['same postcode, same address']);
    expect(levelNames(comparator, 0, 2)).toEqual(['other postcode, other address']);
    expect(levelNames(comparator, 0, 3)).toEqual(['no postcode, same address']);
  });

  it('records of British postcodes meet by sector and district too', () => {
    const { atoms } = placeComparator('address', [columnOf('postcode', ['ZZ1 1AB', 'ZZ1 1CD', 'ZZ1 2CD', ''])], [], 4);
    const codes = (name: string): number[] => [...(atoms.find((atom) => atom.name === name)?.codes ?? [])];
    expect(codes('postcode sector')[0]).toBe(codes('postcode sector')[1]);
    expect(codes('postcode sector')[0]).not.toBe(codes('postcode sector')[2]);
    expect(codes('postcode district')[0]).toBe(codes('postcode district')[2]);
    expect(atoms.map(({ codes: all }) => all[3])).toEqual(atoms.map(() => 0));
  });
});
