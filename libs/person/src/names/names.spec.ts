import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { displayName, nameTokens, normaliseName, parseNameText } from '../index.js';

const seed = 20261101;

describe('the normal form of a name', () => {
  it.each([
    ['O’Brien', 'obrien'],
    ["O'BRIEN", 'obrien'],
    ['O Brien', 'obrien'],
    ['Mc Donald', 'mcdonald'],
    ['Smith-Jones', 'smith jones'],
    ['Smith – Jones', 'smith jones'],
    ['Łukasz Żółć', 'lukasz zolc'],
    ['José', 'jose'],
    ['Jose\u0301', 'jose'],
    ['Straße', 'strasse'],
    ['Bjørn Ærlig', 'bjorn aerlig'],
    ['J.R. Example', 'j r example'],
    ['Ｊａｎｅ', 'jane'],
    ['İpek', 'ipek'],
    ['प्रिया', 'प्रिया'],
    ["'", ''],
  ])('of %s is %s', (text, normal) => {
    expect(normaliseName(text)).toBe(normal.normalize('NFC'));
  });

  it('is its own normal form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = normaliseName(text);
        expect(normaliseName(once)).toBe(once);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('splits into words without particles, unless nothing else is left', () => {
    expect(nameTokens('van der Berg')).toEqual(['berg']);
    expect(nameTokens('al-Hassan')).toEqual(['hassan']);
    expect(nameTokens('van der Berg', { particles: true })).toEqual(['van', 'der', 'berg']);
    expect(nameTokens('Le')).toEqual(['le']);
    expect(nameTokens('De La')).toEqual(['de', 'la']);
    expect(nameTokens(' - ')).toEqual([]);
  });
});

describe('a name as given', () => {
  it('is kept, but for its spacing and composition', () => {
    expect(parseNameText('  Jose\u0301  Mari\u0301a ')).toEqual({ ok: true, value: 'José María' });
    expect(parseNameText('Ng')).toEqual({ ok: true, value: 'Ng' });
  });

  it.each([
    ['', 'required'],
    ['   ', 'required'],
    ['\u202eenaJ', 'invalid_name'],
    ['Ja\u200bne', 'invalid_name'],
    ['Ja\u0000ne', 'invalid_name'],
    ['Ja\nne', 'invalid_name'],
    ['\ud800', 'invalid_name'],
    ['--', 'invalid_name'],
    ['a'.repeat(101), 'too_long'],
    [42, 'invalid_name'],
  ])('%j is refused', (text, code) => {
    expect(parseNameText(text)).toMatchObject({ ok: false, code });
  });

  it('is shown forenames first', () => {
    expect(displayName({ surname: 'Example', forenames: ['Mary', 'Ann'] })).toBe('Mary Ann Example');
    expect(displayName({ surname: 'Budi' })).toBe('Budi');
    expect(displayName({})).toBe('Name not known');
  });
});
