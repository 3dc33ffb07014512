import { describe, expect, it } from '@jest/globals';
import type { PersonInput } from '../person-input.js';
import { prepare } from '../preparing/prepare.js';
import { blockingKeys } from './blocking-keys.js';

const keysOf = (surname: string, forename: string, more: Partial<PersonInput> = {}): string[] =>
  blockingKeys(
    prepare({
      names: [{ surname, forenames: forename.split(' ') }],
      telephones: [],
      emails: [],
      addresses: [],
      ...more,
    }),
  );
const shared = (a: string[], b: string[]): string[] => a.filter((key) => b.includes(key));
const dateOfBirth = '1986-04-17';
const addresses = [{ lines: ['12 Example Street'], postcode: 'NG18 9ZZ' }];

describe('blocking keys', () => {
  it.each([
    [
      'a nickname',
      keysOf('Ashworthy', 'Chris', { dateOfBirth }),
      keysOf('Ashworthy', 'Christopher', { dateOfBirth: '1986' }),
    ],
    ['a changed surname', keysOf('Ashworthy', 'Ros', { dateOfBirth }), keysOf('Bell', 'Rosalind', { dateOfBirth })],
    ['exchanged names', keysOf('Dave', 'Longton', { addresses }), keysOf('Longton', 'David', { addresses })],
    [
      'a wrong birth year',
      keysOf('Bell', 'Ann', { dateOfBirth }),
      keysOf('Bell', 'Ann', { dateOfBirth: '1985-04-17' }),
    ],
    [
      'a missing postcode',
      keysOf('Bell', 'Ann', { addresses }),
      keysOf('Lee', 'Ann', { addresses: [{ lines: ['12 Example St'] }] }),
    ],
    ['a typing error and nothing else', keysOf('Longland', 'Ian'), keysOf('Lobgland', 'Ian')],
    ['a joined given name', keysOf('Xu', 'Yan Fang', { dateOfBirth }), keysOf('Xu', 'Yanfang', { dateOfBirth })],
  ])('are shared in spite of %s', (_what, a, b) => {
    expect(shared(a, b)).not.toEqual([]);
  });

  it('never stand for a common name alone', () => {
    expect(keysOf('Khan', 'Mohammed')).toEqual([]);
    expect(keysOf('Smith', 'John')).toEqual([]);
  });

  it('are the same every time, each once, and no more than eighteen', () => {
    const more: Partial<PersonInput> = {
      dateOfBirth,
      nhsNumber: '9990000018',
      niNumber: 'QQ123456C',
      telephones: ['07700 900123', '07700 900124'],
      emails: ['a.person@example.org'],
      addresses: [...addresses, { lines: ['3 Sample Rd'], postcode: 'S80 9ZX' }],
    };
    const keys = keysOf('Smith-Ashworthy', 'Chris', more);
    expect(keysOf('Smith-Ashworthy', 'Chris', more)).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeLessThanOrEqual(18);
  });
});
