import { describe, expect, it } from '@jest/globals';
import { NameFrequencies } from '../names/name-frequencies.js';
import { prepareName } from '../preparing/prepare-name.js';
import type { PreparedName } from '../preparing/prepared-person.js';
import { areSwapped } from './compare-names.js';
import { levelName } from './fields.js';
import { compareForenames, compareMiddleNames } from './forename.js';
import { compareSurnames } from './surname.js';

const frequencies = new NameFrequencies();
const surnames = (a: PreparedName, b: PreparedName) => levelName('surname', compareSurnames(a, b, frequencies));
const forenames = (a: PreparedName, b: PreparedName) => levelName('forename', compareForenames(a, b, frequencies));
const others = (a: PreparedName, b: PreparedName) => levelName('middleNames', compareMiddleNames(a, b));
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
    expect(surnames(named(a, 'A'), named(b, 'A'))).toBe(level);
    expect(surnames(named(b, 'A'), named(a, 'A'))).toBe(level);
  });

  it('meet when one record holds the surname among the forenames', () => {
    expect(surnames(named('Sandhu', 'Gurpreet', 'Kaur'), named('Kaur', 'Gurpreet'))).toBe('part');
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
    const found = forenames(named('X', a), named('X', b));
    expect(found).toBe(forenames(named('X', b), named('X', a)));
    if (level === 'different') expect(['different', 'similar', 'two-names', 'sound']).toContain(found);
    else expect(found).toBe(level);
  });

  it('agree when one is known by the second', () => {
    expect(forenames(named('Ali', 'Mohammed', 'Imran'), named('Ali', 'Imran'))).toBe('other-forename');
  });

  it('and surname may be exchanged', () => {
    expect(areSwapped(named('Mei', 'Chen'), named('Chen', 'Mei'))).toBe(true);
    expect(areSwapped(named('James', 'James'), named('James', 'James'))).toBe(false);
    expect(areSwapped(named('Chen', 'Hoi', 'Yan'), named('Hoi Yan', 'Chen'))).toBe(true);
    expect(areSwapped(named('Longton', 'Thomas'), named('Tom', 'Longton'))).toBe(true);
    expect(areSwapped(named('Thomas', 'Tom'), named('Tom', 'Thomas'))).toBe(true);
    expect(areSwapped(named('Kaur', 'Gurpreet'), named('Kaur', 'Harpreet'))).toBe(false);
  });

  it('after the first compare by themselves', () => {
    expect(others(named('X', 'A', 'Rose'), named('X', 'B', 'Rose'))).toBe('exact');
    expect(others(named('X', 'A', 'Rose'), named('X', 'B', 'R'))).toBe('initial');
    expect(others(named('X', 'A', 'Rose'), named('X', 'B', 'Jane'))).toBe('different');
    expect(others(named('X', 'A', 'Rose'), named('X', 'B'))).toBe('missing');
  });
});
