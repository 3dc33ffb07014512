import { describe, expect, it } from '@jest/globals';
import { comparatorsFor } from '../fields/comparators.js';
import { tableOfRows } from '../linking/made-table.fixture.js';
import { PairComparer } from '../scoring/pair-levels.js';
import { startMixture } from '../training/classes.js';
import { randomAgreement } from '../training/random-pairs.js';
import { twins } from './twin-guard.js';

const one = {
  given_name: 'Gribble',
  surname: 'Inventley',
  dob: '2001-05-17',
  postcode: 'ZZ1 1AB',
  address: '12 Sample Road',
  number: '',
  uprn: '',
};
type Row = typeof one;
/** Whether the guard holds the two apart. */
const guarded = async (a: Row, b: Row, { households = 100, weight = 1 } = {}): Promise<boolean> => {
  const table = tableOfRows([
    a,
    b,
    {
      ...one,
      given_name: 'Zork',
      surname: 'Fictive',
      dob: '1970-02-03',
      postcode: 'QX9 2CD',
      address: '3 Pretend Street',
    },
  ]);
  const comparer = new PairComparer(
    comparatorsFor(table, [
      { kind: 'name', columns: ['given_name', 'surname'] },
      { kind: 'date', columns: ['dob'] },
      { kind: 'postcode', columns: ['postcode'] },
      { kind: 'address', columns: ['address'] },
      { kind: 'identifier', columns: ['number'] },
      { kind: 'identifier', columns: ['uprn'] },
    ]),
    [],
  );
  const pairs = { left: Uint32Array.of(0), right: Uint32Array.of(1), count: 1 };
  const mixture = startMixture(comparer.fields, await randomAgreement(comparer, 3, 10, 1), 3, 3);
  mixture.classes.find(({ name }) => name === 'household')!.pairs = households;
  return twins(comparer.fields, mixture, pairs, comparer.compare(pairs), [weight], 3).length === 1;
};

describe('the twin guard', () => {
  it('parts two of one surname, birth date and address with different first names', async () => {
    expect(await guarded(one, { ...one, given_name: 'Zorka' })).toBe(true);
  });

  it.each<[string, Partial<Row>]>([
    ['the same first name', {}],
    ['a slip in it', { given_name: 'Gribblo' }],
    ['an initial', { given_name: 'G' }],
    ['no first name', { given_name: '' }],
    ['another surname', { given_name: 'Zorka', surname: 'Madeup' }],
    ['another birth date', { given_name: 'Zorka', dob: '2003-11-02' }],
    ['another address', { given_name: 'Zorka', postcode: 'QX9 2CD', address: '3 Pretend Street' }],
  ])('does not part two with %s', async (_what, other) => {
    expect(await guarded(one, { ...one, ...other })).toBe(false);
  });

  it('does not part two that a number of their own says are one', async () => {
    expect(await guarded({ ...one, number: '9990000018' }, { ...one, given_name: 'Zorka', number: '9990000018' })).toBe(
      false,
    );
    expect(await guarded({ ...one, number: '9990000018' }, { ...one, given_name: 'Zorka', number: '9990000026' })).toBe(
      true,
    );
  });

  it('parts two who share the number of their home, where the address is not known', async () => {
    const home = { ...one, postcode: '', address: '', uprn: '100012345678' };
    expect(await guarded(home, { ...home, given_name: 'Zorka' })).toBe(true);
    expect(await guarded(home, { ...home, given_name: 'Zorka', uprn: '100087654321' })).toBe(false);
    expect(await guarded(home, { ...home, given_name: 'Zorka', uprn: '' })).toBe(false);
  });

  it('does not part two of one middle name', async () => {
    const named = (given_name: string): Row => ({ ...one, given_name });
    expect(await guarded(named('Gribble Tendrik'), named('Zorka Tendrik'))).toBe(false);
    expect(await guarded(named('Gribble Tendrik'), named('Zorka Fenella'))).toBe(true);
  });

  it('is off where the data has no families, and where the rest is beyond doubt', async () => {
    expect(await guarded(one, { ...one, given_name: 'Zorka' }, { households: 0 })).toBe(false);
    expect(await guarded(one, { ...one, given_name: 'Zorka' }, { weight: 12 })).toBe(false);
  });
});
