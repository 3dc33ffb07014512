import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Email, NhsNumber, NiNumber, PartialDate, Phone, Postcode, Uprn, parseNameText } from './index.js';

const seed = 20261101;
const parsers = {
  nhs: (x: unknown) => NhsNumber.parse(x),
  ni: (x: unknown) => NiNumber.parse(x),
  uprn: (x: unknown) => Uprn.parse(x),
  postcode: (x: unknown) => Postcode.parse(x),
  phone: (x: unknown) => Phone.parse(x),
  email: (x: unknown) => Email.parse(x),
  date: (x: unknown) => PartialDate.parse(x),
  name: (x: unknown) => parseNameText(x),
};

describe.each(Object.entries(parsers))('the %s parser', (_name, parse) => {
  it('never throws, and its message never repeats what it was given', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme', minLength: 6 }),
      fc.anything(),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const parsed = parse(text);
        if (parsed.ok) return;
        expect(parsed.code).toMatch(/^[a-z_]+$/);
        if (typeof text === 'string' && text.trim().length > 5) expect(parsed.message).not.toContain(text.trim());
      }),
      { seed, numRuns: 300 },
    );
  });
});
