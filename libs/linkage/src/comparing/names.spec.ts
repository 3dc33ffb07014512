import { describe, expect, it } from '@jest/globals';
import { NameFrequencies } from '../names/name-frequencies.js';
import { prepareName } from '../preparing/prepare-name.js';
import { areSwapped, compareForenames, compareMiddleNames } from './forename.js';
import { compareSurnames } from './surname.js';

const frequencies = new NameFrequencies();
const named = (surname: string, ...forenames: string[]) => prepareName(surname, forenames)!;

describe('surnames', () => {
  it.each([
    ["O'Brien", 'OBRIEN', 'exact'],
    ['van der Berg', 'Berg', 'exact'],
    ['Mc Donald', 'MacDonald', 'spelling'],
    ['Hussain', 'Hussein', 'spelling'],
    ['Kowalska', 'Kowalski', 'spelling'],
    ['Smith-Jones', 'Jones', 'part'],
    ['Ashworthy', 'Ashworty', 'typo'],
    ['Ward', 'Wood', 'different'],
    ['Wright', 'Knight', 'different'],
    ['Pietrzak', 'Petrzak', 'typo'],
  ])('%s and %s: %s', (a, b, level) => {
    expect(compareSurnames(named(a, 'A'), named(b, 'A'), frequencies)).toBe(level);
    expect(compareSurnames(named(b, 'A'), named(a, 'A'), frequencies)).toBe(level);
  });

  it('meet when one record holds the surname among the forenames', () => {
    expect(compareSurnames(named('Sandhu', 'Gurpreet', 'Kaur'), named('Kaur', 'Gurpreet'), frequencies)).toBe('part');
  });
});

describe('forenames', () => {
  it.each([
    ['Elizabeth', 'Liz', 'nickname'],
    ['Bill', 'William', 'nickname'],
    ['Alex', 'Alexandra', 'nickname'],
    ['Alexander', 'Alexandra', 'different'],
    ['Muhammad', 'Mohammed', 'spelling'],
    ['Catherine', 'Kathryn', 'spelling'],
    ['Siân', 'Sian', 'exact'],
    ['J', 'James', 'initial'],
    ['J', 'Robert', 'different-initial'],
    ['Ann', 'Anne', 'nickname'],
    ['Christopher', 'Chrsitopher', 'typo'],
    ['Joan', 'Jean', 'two-names'],
    ['Dean', 'Sean', 'typo'],
  ])('%s and %s: %s', (a, b, level) => {
    const found = compareForenames(named('X', a), named('X', b), frequencies);
    expect(found).toBe(compareForenames(named('X', b), named('X', a), frequencies));
    if (level === 'different') expect(['different', 'similar', 'two-names', 'sound']).toContain(found);
    else expect(found).toBe(level);
  });

  it('agree when one is known by the second', () => {
    expect(compareForenames(named('Ali', 'Mohammed', 'Imran'), named('Ali', 'Imran'), frequencies)).toBe(
      'other-forename',
    );
  });

  it('and surname may be exchanged', () => {
    expect(areSwapped(named('Mei', 'Chen'), named('Chen', 'Mei'))).toBe(true);
    expect(areSwapped(named('James', 'James'), named('James', 'James'))).toBe(false);
  });

  it('after the first compare by themselves', () => {
    expect(compareMiddleNames(named('X', 'A', 'Rose'), named('X', 'B', 'Rose'))).toBe('exact');
    expect(compareMiddleNames(named('X', 'A', 'Rose'), named('X', 'B', 'R'))).toBe('initial');
    expect(compareMiddleNames(named('X', 'A', 'Rose'), named('X', 'B', 'Jane'))).toBe('different');
    expect(compareMiddleNames(named('X', 'A', 'Rose'), named('X', 'B'))).toBeNull();
  });
});
