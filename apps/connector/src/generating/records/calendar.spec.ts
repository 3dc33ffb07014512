import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AS_OF } from '../county.js';
import { isRealDate } from '../dates.js';
import { dateText, isPlausibleBirth, TODAY } from './calendar.js';

const two = (number: number) => String(number).padStart(2, '0');

describe('isPlausibleBirth', () => {
  it('says of every text of that shape what the slow calendar says, from 1900 to today', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1890, max: 2032 }),
        fc.nat({ max: 14 }),
        fc.nat({ max: 33 }),
        (year, month, day) => {
          const text = `${year}-${two(month)}-${two(day)}`;
          expect(isPlausibleBirth(text)).toBe(year >= 1900 && text <= AS_OF && isRealDate(text));
        },
      ),
      { seed: 1, numRuns: 3000 },
    );
  });
});

describe('dateText', () => {
  it('ends at the day the records are looked at', () => {
    expect(dateText(TODAY)).toBe(AS_OF);
    expect(dateText(TODAY - 1)).toBe('2026-10-31');
  });
});
