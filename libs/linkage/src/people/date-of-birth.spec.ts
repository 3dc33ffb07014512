import { describe, expect, it } from '@jest/globals';
import { prepare } from '../preparing/prepare.js';
import { compareDates } from './date-of-birth.js';
import { levelName } from './fields.js';

const dateOf = (dateOfBirth?: string) =>
  prepare({ names: [], dateOfBirth: dateOfBirth!, telephones: [], emails: [], addresses: [] }).dateOfBirth;

describe('birth dates', () => {
  it.each([
    ['1984-05-13', '1984-05-13', 'exact'],
    ['1984-01-01', '1984-01-01', 'first-of-january'],
    ['1984-05', '1984-05-13', 'year-and-month'],
    ['1984', '1984-05-13', 'year-only'],
    ['1984-01-01', '1984-05-13', 'placeholder'],
    ['1984-05-03', '1984-03-05', 'swapped'],
    ['1984-05-13', '1984-05-18', 'one-digit'],
    ['1984-05-13', '1948-05-13', 'one-digit'],
    ['1984-05-13', '1985-05-13', 'year-slip'],
    ['1984-05-13', '1994-05-13', 'year-slip'],
    ['1984-05-13', '1984-05-29', 'one-part'],
    ['1984-05-13', '1985-11-29', 'near'],
    ['1984-05-13', '1991-11-29', 'different'],
    ['1984-05-13', '2007-11-29', 'generation'],
    ['1984', '2007-11-29', 'generation'],
    ['1984', '1985', 'near'],
  ])('%s and %s: %s, either way round', (a, b, level) => {
    expect(levelName('dateOfBirth', compareDates(dateOf(a), dateOf(b)))).toBe(level);
    expect(compareDates(dateOf(b), dateOf(a))).toBe(compareDates(dateOf(a), dateOf(b)));
  });

  it('have no level when one is missing', () => {
    expect(compareDates(dateOf('1984'), dateOf(undefined))).toBe(0);
  });
});
