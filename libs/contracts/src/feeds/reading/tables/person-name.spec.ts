import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { namesTwoPeople, readFullName, readTitle } from './person-name.js';

describe('a name in one column', () => {
  it.each([
    ['SMITH, John Paul (Mr)', { surname: 'SMITH', forenames: ['John', 'Paul'], title: 'Mr' }],
    ['Smith, Mr John', { surname: 'Smith', forenames: ['John'], title: 'Mr' }],
    ['SMITH, John, Mr', { surname: 'SMITH', forenames: ['John'], title: 'Mr' }],
    ['Mr J P Smith', { surname: 'Smith', forenames: ['J', 'P'], title: 'Mr' }],
    ['MRS. Mary Ann Sample', { surname: 'Sample', forenames: ['Mary', 'Ann'], title: 'Mrs' }],
    ['Smith J', { surname: 'Smith', forenames: ['J'] }],
    ['SMITH John', { surname: 'SMITH', forenames: ['John'] }],
    ['Mary-Ann van der Berg', { surname: 'van der Berg', forenames: ['Mary-Ann'] }],
    ["Dr Niamh O'Invented", { surname: "O'Invented", forenames: ['Niamh'], title: 'Dr' }],
    ['Jane Sample (née Pretend)', { surname: 'Sample', forenames: ['Jane'], aliases: [{ surname: 'Pretend' }] }],
    ['Jane Sample (Deceased)', { surname: 'Sample', forenames: ['Jane'] }],
    ['Solo', { surname: 'Solo' }],
    ['Mr Sample', { surname: 'Sample', title: 'Mr' }],
  ])('%s', (text, parts) => {
    expect(readFullName(text)).toEqual(parts);
  });

  it.each([
    'Smith J & Jones K',
    'Mr and Mrs Sample',
    'Smith, J; Jones, K',
    'Smith J/Jones K',
    'Smith, J, Jones, K',
    'A Sample + B Sample',
  ])('%s is two people, and neither is invented', (text) => {
    expect(readFullName(text)).toEqual({ problem: 'two_people' });
  });

  it('names with "and" in them are one person', () => {
    expect(['Anderson', 'Sandra Rowland', 'Andy'].map(namesTwoPeople)).toEqual([false, false, false]);
  });

  it('titles are written one way; others stay', () => {
    expect(['MRS', 'mr.', 'Revd', 'Baron'].map(readTitle)).toEqual(['Mrs', 'Mr', 'Revd', 'Baron']);
  });

  it('no letter of a name is lost or added, whatever it is', () => {
    const word = fc
      .stringMatching(/^[A-Z][a-z]{2,8}$/)
      .filter((one) => readTitle(one) === one && !/^(?:And|With)$/.test(one));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const name = readFullName(words.join(' ')) as { surname?: string; forenames?: string[] };
        expect([...(name.forenames ?? []), name.surname].join(' ')).toBe(words.join(' '));
      }),
      { seed: 7 },
    );
  });
});
