import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NhsNumber, NiNumber, Postcode, Uprn, nhsCheckDigit, type Parsed } from '../index.js';

const seed = 20261101;
const value = <T>(parsed: Parsed<T>): T => {
  if (!parsed.ok) throw new Error(parsed.code);
  return parsed.value;
};
const nineDigits = fc.stringMatching(/^\d{9}$/);
const goodNhsNumber = nineDigits
  .filter((nine) => nhsCheckDigit(nine) !== null)
  .map((nine) => nine + nhsCheckDigit(nine))
  .filter((ten) => !/^(\d)\1{9}$/.test(ten));

describe('an NHS number', () => {
  it('with the right check digit is accepted, spaced or not', () => {
    fc.assert(
      fc.property(goodNhsNumber, (ten) => {
        expect(value(NhsNumber.parse(ten))).toBe(ten);
        expect(value(NhsNumber.parse(NhsNumber.format(ten)))).toBe(ten);
      }),
      { seed },
    );
  });

  it('with one digit changed is refused', () => {
    fc.assert(
      fc.property(goodNhsNumber, fc.nat(9), fc.integer({ min: 1, max: 9 }), (ten, at, by) => {
        const changed = ten.slice(0, at) + ((Number(ten[at]) + by) % 10) + ten.slice(at + 1);
        expect(NhsNumber.parse(changed)).toMatchObject({ ok: false, code: 'invalid_nhs_number' });
      }),
      { seed },
    );
  });

  it('of the NHS Data Dictionary example is accepted and placeholders are not', () => {
    expect(value(NhsNumber.parse('943 476 5919'))).toBe('9434765919');
    for (const text of ['0000000000', '1111111111', '943476591', '', '94347659190', 9434765919, null]) {
      expect(NhsNumber.parse(text).ok).toBe(false);
    }
  });
});

describe('a National Insurance number', () => {
  const prefix = fc
    .tuple(fc.constantFrom(...'ABCEGHJKLMNOPRSTWXYZ'), fc.constantFrom(...'ABCEGHJKLMNPRSTWXYZ'))
    .map((letters) => letters.join(''));

  it('is accepted with an allowed prefix and suffix, and refused when its prefix is not given to people', () => {
    fc.assert(
      fc.property(prefix, fc.stringMatching(/^\d{6}$/), fc.constantFrom(...'ABCD'), (letters, digits, suffix) => {
        const unused = ['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ'].includes(letters) || letters.startsWith('O');
        const parsed = NiNumber.parse(`${letters} ${digits}${suffix}`.toLowerCase());
        if (['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ'].includes(letters)) expect(parsed.ok).toBe(false);
        else if (!unused) expect(value(parsed)).toBe(letters + digits + suffix);
      }),
      { seed },
    );
  });

  it.each(['QQ123456C', 'DA123456A', 'AO123456A', 'AB123456E', 'AB12345A', 'AB1234567', ''])(
    '%s is refused',
    (text) => {
      expect(NiNumber.parse(text)).toMatchObject({ ok: false, code: 'invalid_ni_number' });
    },
  );
});

describe('a UPRN', () => {
  it('is 1 to 12 digits, without padding', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 999_999_999_999n }), (n) => {
        expect(value(Uprn.parse(String(n).padStart(12, '0')))).toBe(String(n));
      }),
      { seed },
    );
    for (const text of ['0', '1234567890123', '12a', '-1', '']) expect(Uprn.parse(text).ok).toBe(false);
  });
});

describe('a postcode', () => {
  it('is taken apart whatever its spacing and case', () => {
    for (const text of ['NG17 1AA', 'ng171aa', ' ng17  1aa ']) {
      expect(value(Postcode.parse(text))).toEqual({
        full: 'NG17 1AA',
        outward: 'NG17',
        inward: '1AA',
        sector: 'NG17 1',
        district: 'NG17',
        area: 'NG',
      });
    }
    expect(value(Postcode.parse('M1 1AE')).area).toBe('M');
    expect(value(Postcode.parse('EC1A 1BB')).outward).toBe('EC1A');
    expect(value(Postcode.parse('W1A 0AX')).sector).toBe('W1A 0');
    expect(value(Postcode.parse('GIR 0AA')).area).toBe('GIR');
  });

  it('is its own normal form', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$/), (text) => {
        const parsed = Postcode.parse(text);
        if (parsed.ok) expect(value(Postcode.parse(parsed.value.full.toLowerCase()))).toEqual(parsed.value);
      }),
      { seed },
    );
  });

  it.each(['NG17', 'NG17 1A', 'NG17 1CI', 'QA1 1AA', 'ZZ99 3VZ', 'GIR 1AB', 'NG17 AAA', '12345'])(
    '%s is refused',
    (text) => {
      expect(Postcode.parse(text)).toMatchObject({ ok: false, code: 'invalid_postcode' });
    },
  );
});
