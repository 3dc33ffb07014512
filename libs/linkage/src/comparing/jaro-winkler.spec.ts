import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isOneEditApart } from './edits.js';
import { jaroWinkler } from './jaro-winkler.js';

describe('Jaro–Winkler', () => {
  it.each([
    ['martha', 'marhta', 0.9611],
    ['dixon', 'dicksonx', 0.8133],
    ['dwayne', 'duane', 0.84],
    ['jellyfish', 'smellyfish', 0.8963],
    ['jones', 'johnson', 0.8324],
    ['abroms', 'abrams', 0.9222],
    ['hardin', 'martinez', 0.7222],
    ['itman', 'smith', 0.4667],
    ['shackleford', 'shackelford', 0.9818],
    ['nichleson', 'nichulson', 0.9556],
    ['massey', 'massie', 0.9333],
    ['', 'anything', 0],
    ['same', 'same', 1],
  ])('of %s and %s is the published value', (a, b, value) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(value, 4);
  });

  it('is symmetric and between 0 and 1', () => {
    const word = fc.string({ maxLength: 80, unit: fc.constantFrom('a', 'b', 'c', 'd') });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const value = jaroWinkler(a, b);
        expect(value).toBeCloseTo(jaroWinkler(b, a), 12);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
      { seed: 1 },
    );
  });
});

describe('one edit apart', () => {
  it.each([
    ['smith', 'smyth', true],
    ['smith', 'smiht', true],
    ['smith', 'smth', true],
    ['smith', 'smithe', true],
    ['smith', 'smith', false],
    ['smith', 'smythe', false],
    ['ab', 'ba', true],
    ['abcd', 'badc', false],
  ])('%s and %s: %s', (a, b, apart) => {
    expect(isOneEditApart(a, b)).toBe(apart);
    expect(isOneEditApart(b, a)).toBe(apart);
  });
});
