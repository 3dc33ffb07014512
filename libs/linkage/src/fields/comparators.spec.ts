import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COMPARISON_KINDS, type ComparisonKind } from '../linking/settings.js';
import { levelsBetween, tableOf } from '../linking/made-table.fixture.js';
import type { Comparator } from './field.js';
import { comparatorsFor } from './comparators.js';

const WORDS = [
  'Gribble',
  'Gribbel',
  'Gribbles',
  'G',
  'Bob',
  'Robert',
  'Mohammed',
  'Muhammad',
  'Inventley',
  'Invently',
  "O'Fictive",
  'Smith-Inventley',
  'de la Pretend',
  'Zoë',
  'Dr',
];
const cell: Record<ComparisonKind, fc.Arbitrary<string>> = {
  name: fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }).map((words) => words.join(' ')),
  date: fc.oneof(
    fc.constantFrom('1980', '1980-05', '1980-01-01', '07/05/1980', '17 May 1980', 'unknown'),
    fc
      .tuple(fc.integer({ min: 1950, max: 1990 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
      .map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`),
  ),
  postcode: fc.constantFrom('ZZ1 1AB', 'ZZ1 1AC', 'ZZ1 1CD', 'ZZ1 2CD', 'ZZ9 9ZZ', 'QX1 1AB', '20000', '20033', 'Z'),
  address: fc
    .array(
      fc.constantFrom(
        '12',
        '12a',
        '14',
        'Flat 2',
        'Longwinded',
        'Longwindee',
        'Longwindd',
        'Road',
        'Rd',
        'Close',
        'Longwinded',
      ),
      { maxLength: 5 },
    )
    .map((words) => words.join(' ')),
  identifier: fc.constantFrom('9990000018', '999 000 0018', '9990000081', '9990000019', '1234567890', 'QQ123456C', '-'),
  email: fc.constantFrom(
    'a.person@example.org',
    'a.persn@example.org',
    'a.person@exmple.org',
    'zork@example.org',
    'a.person',
    'a.person@',
    '@example.org',
    'none',
    '.',
  ),
  phone: fc.constantFrom('07700 900123', '+447700900123', '900123', '07700 900132', '07700955555', '1'),
  category: fc.constantFrom('Pretend Baker', 'Pretend Bakers', 'Baker', 'Tinker', 'F', 'M'),
  text: fc
    .array(fc.constantFrom('seen', 'at', 'the', 'invented', 'library', 'librari', 'twice', '12'), { maxLength: 6 })
    .map((words) => words.join(' ')),
  exact: fc.constantFrom('A-1', 'a 1', 'A-2', '?'),
};
const rowsOf = (kind: ComparisonKind): fc.Arbitrary<[string, string][]> => {
  const some = fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 6, arbitrary: cell[kind] });
  return fc.array(fc.tuple(some, some), { minLength: 2, maxLength: 10 });
};
const comparatorOf = (kind: ComparisonKind, rows: [string, string][], columns = ['first', 'second']): Comparator => {
  const table = tableOf({ first: rows.map(([a]) => a), second: rows.map(([, b]) => b) });
  return comparatorsFor(table, [{ kind, columns }])[0]!;
};
const everyPair = (rows: number, look: (i: number, j: number) => void): void => {
  for (let i = 0; i < rows; i++) for (let j = 0; j < rows; j++) if (i !== j) look(i, j);
};

describe.each(COMPARISON_KINDS)('comparing %s', (kind) => {
  const columnsTried = kind === 'date' ? [['first']] : [['first'], ['first', 'second']];

  it.each(columnsTried.map((columns) => [columns]))('of %j is symmetric and never out of range', (columns) => {
    fc.assert(
      fc.property(rowsOf(kind), (rows) => {
        const comparator = comparatorOf(kind, rows, columns);
        everyPair(rows.length, (i, j) => {
          const levels = levelsBetween(comparator, i, j);
          expect(levelsBetween(comparator, j, i)).toEqual(levels);
          levels.forEach((level, f) => expect(level).toBeLessThan(comparator.fields[f]!.levels.length));
        });
      }),
      { seed: 44, numRuns: 40 },
    );
  });

  it('a row without a value is missing in every field, and disagrees with nobody', () => {
    fc.assert(
      fc.property(rowsOf(kind), (rows) => {
        const comparator = comparatorOf(kind, [['', ''], ...rows], kind === 'date' ? ['first'] : ['first', 'second']);
        for (let row = 1; row <= rows.length; row++)
          expect(levelsBetween(comparator, 0, row).every((level) => level === 0)).toBe(true);
      }),
      { seed: 45, numRuns: 20 },
    );
  });

  it('only equal values agree exactly', () => {
    fc.assert(
      fc.property(rowsOf(kind), (rows) => {
        const comparator = comparatorOf(kind, rows, ['first']);
        const keys = comparator.atoms[0]?.codes;
        if (
          keys === undefined ||
          kind === 'name' ||
          kind === 'date' ||
          kind === 'address' ||
          kind === 'text' ||
          kind === 'postcode'
        )
          return;
        everyPair(rows.length, (i, j) => {
          const exact = comparator.fields[0]!.levels[levelsBetween(comparator, i, j)[0]!]!.name === 'exact';
          expect(exact).toBe(keys[i] !== 0 && keys[i] === keys[j]);
        });
      }),
      { seed: 46, numRuns: 40 },
    );
  });

  it('is the same whatever order the rows stand in', () => {
    fc.assert(
      fc.property(rowsOf(kind), (rows) => {
        const columns = kind === 'date' ? ['first'] : ['first', 'second'];
        const [here, there] = [comparatorOf(kind, rows, columns), comparatorOf(kind, [...rows].reverse(), columns)];
        const last = rows.length - 1;
        everyPair(rows.length, (i, j) =>
          expect(levelsBetween(there, last - i, last - j)).toEqual(levelsBetween(here, i, j)),
        );
      }),
      { seed: 47, numRuns: 40 },
    );
  });
});

describe('comparators of a table', () => {
  it('pairs written in one go are as one by one, at the places asked for, and nothing else is touched', () => {
    const table = tableOf({
      given_name: ['Gribble', 'Bob', 'Robert', ''],
      surname: ['Inventley', 'Fictive', 'Fictive', 'Zork'],
    });
    const comparator = comparatorsFor(table, [{ kind: 'name', columns: ['given_name', 'surname'] }])[0]!;
    const out = new Uint8Array(5 * 6).fill(99);
    comparator.compare(Uint32Array.of(0, 1, 0, 1, 2, 3), Uint32Array.of(1, 2, 3, 3, 0, 1), 6, out, 5, 2);
    for (const [k, [i, j]] of [
      [0, 1],
      [1, 2],
      [0, 3],
      [1, 3],
      [2, 0],
      [3, 1],
    ].entries()) {
      expect([...out.subarray(k * 5, k * 5 + 5)]).toEqual([99, 99, ...levelsBetween(comparator, i!, j!), 99]);
    }
  });

  it('postcode and address are one comparison, where the first of them stands', () => {
    const table = tableOf({ postcode: ['ZZ1 1AB'], dob: ['1980'], street: ['1 Sample Road'] });
    const made = comparatorsFor(table, [
      { kind: 'postcode', columns: ['postcode'] },
      { kind: 'date', columns: ['dob'] },
      { kind: 'address', columns: ['street'] },
    ]);
    expect(made.map(({ columns }) => columns)).toEqual([['postcode', 'street'], ['dob']]);
  });

  it('a column that is not there is an error that names it', () => {
    expect(() => comparatorsFor(tableOf({ a: ['x'] }), [{ kind: 'exact', columns: ['b'] }])).toThrow(
      'the table has no column "b"',
    );
  });

  it.each(COMPARISON_KINDS)(
    'a %s column that is all empty, or of a table without rows, is missing throughout',
    (kind) => {
      for (const rows of [0, 1, 3]) {
        const table = tableOf({ column: Array.from({ length: rows }, () => '') });
        const comparator = comparatorsFor({ ...table, rows }, [{ kind, columns: ['column'] }])[0]!;
        for (const { levels } of comparator.fields)
          for (const level of levels) expect(Number.isFinite(level.share) && Number.isFinite(level.u)).toBe(true);
        if (rows > 1) expect(levelsBetween(comparator, 0, 1).every((level) => level === 0)).toBe(true);
      }
    },
  );
});

describe('cells as long as a book', () => {
  const WORDY = Array.from({ length: 60_000 }, (_, at) => `word${at.toString(36)}`);

  it.each(COMPARISON_KINDS.map((kind) => [kind]))('are compared as %s by how they begin, in no time', (kind) => {
    const start = performance.now();
    for (const [one, other] of [
      ['x'.repeat(900_000), `${'x'.repeat(899_000)}y`],
      [WORDY.join(' '), WORDY.slice(1).join(' ')],
      [WORDY.join(';'), WORDY.slice(1).join(';')],
      ['a b '.repeat(200_000), 'b c '.repeat(200_000)],
    ] as const) {
      const [comparator] = comparatorsFor(tableOf({ a: [one, other, one] }), [{ columns: ['a'], kind }]);
      expect(levelsBetween(comparator!, 0, 1)).toHaveLength(comparator!.fields.length);
    }
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
