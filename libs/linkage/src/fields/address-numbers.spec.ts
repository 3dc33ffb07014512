import { describe, expect, it } from '@jest/globals';
import { link } from '../linking/link.js';
import { tableOfRows } from '../linking/made-table.fixture.js';
import type { ComparisonSettings } from '../linking/settings.js';
import { seededRandom } from '../training/random-pairs.js';
import { comparatorsFor } from './comparators.js';
import { impliedFields } from './implied.js';

const random = seededRandom(61);
const letters = 'abcdefghijklmnoprstuvwyz'.split('');
const word = (length: number): string =>
  Array.from({ length }, () => letters[Math.floor(random() * letters.length)]!).join('');
const date = (): string =>
  `${1940 + Math.floor(random() * 70)}-0${1 + Math.floor(random() * 9)}-${10 + Math.floor(random() * 18)}`;
/** Invented households of three; every third person is in the file twice. */
const people = Array.from({ length: 120 }, (_, home) => {
  const [surname, street] = [word(7), word(8)];
  return Array.from({ length: 3 }, () => ({
    person: '',
    forename: word(5),
    surname,
    dob: date(),
    address: `${home + 1} ${street} Road`,
    property: `${100_000_000_000 + home * 7919}`,
    number: `${Math.floor(1e9 + random() * 8e9)}`,
  }));
})
  .flat()
  .map((one, at) => ({ ...one, person: `${at}` }));
const rows = people.flatMap((one, at) => (at % 3 === 0 ? [one, { ...one }] : [one]));
const comparisons = (...numbers: string[]): ComparisonSettings[] => [
  { kind: 'name', columns: ['forename', 'surname'] },
  { kind: 'date', columns: ['dob'] },
  { kind: 'address', columns: ['address'] },
  ...numbers.map((number): ComparisonSettings => ({ kind: 'identifier', columns: [number] })),
];
const roleOf = (column: string, of: readonly Record<string, string>[], settings = comparisons(column)): string =>
  comparatorsFor(tableOfRows(of), settings)
    .flatMap(({ fields }) => fields)
    .find(({ name }) => name === column)!.role;

describe('a number', () => {
  it('that people who live together share is of their address, and one that goes with the person is the person’s', () => {
    expect(roleOf('property', rows)).toBe('place');
    expect(roleOf('number', rows)).toBe('identifier');
  });

  it('called UPRN is of an address, in a file too small to show it', () => {
    const few = rows.slice(0, 3).map(({ property, ...one }) => ({ ...one, UPRN: property }));
    expect(roleOf('UPRN', few)).toBe('place');
    expect(roleOf('property', rows.slice(0, 3))).toBe('identifier');
  });

  it('of people stays so where strangers have one dummy number', () => {
    const some = rows.map((one, at) => (at % 4 === 1 ? { ...one, number: '9999999999' } : one));
    expect(roleOf('number', some)).toBe('identifier');
  });

  it('of an address says little where the address agrees: it has levels of its own there', () => {
    const made = comparatorsFor(tableOfRows(rows), comparisons('property'));
    // Fields: given name, surname, date, address, property.
    expect(impliedFields(made, rows.length).map(({ field, by }) => [field, by])).toEqual([[4, 3]]);
  });

  it('of an address does not make a household one person', async () => {
    const table = tableOfRows(rows);
    const { clusters } = await link({
      table,
      leftRows: table.rows,
      settings: {
        type: 'dedupe',
        oneToOne: false,
        comparisons: comparisons('property'),
        blocking: 'auto',
        threshold: 'auto',
        threads: 1,
      },
      keep: 0,
      fast: false,
      seed: 1,
    });
    const found = new Set<string>();
    const wanted = new Set<string>();
    rows.forEach((a, i) =>
      rows.forEach((b, j) => {
        if (i >= j) return;
        if (clusters[i] === clusters[j]) found.add(`${i} ${j}`);
        if (a.person === b.person) wanted.add(`${i} ${j}`);
      }),
    );
    expect([...found].filter((pair) => !wanted.has(pair))).toEqual([]);
    expect([...wanted].filter((pair) => !found.has(pair))).toEqual([]);
  });
});
