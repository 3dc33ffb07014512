import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Email, Phone, groupPhone } from '../index.js';

const seed = 20261101;

describe('a telephone number', () => {
  it.each([
    '0115 496 0123',
    '(0115) 496 0123',
    '+44 115 496 0123',
    '+44 (0)115 496 0123',
    '0044 115 496 0123',
    '01154960123',
  ])('%s is one and the same British number', (text) => {
    expect(Phone.parse(text)).toEqual({ ok: true, value: '+441154960123' });
  });

  it('keeps another country and is grouped for pages', () => {
    expect(Phone.parse('+48 22 123 45 67')).toEqual({ ok: true, value: '+48221234567' });
    expect(groupPhone('+48221234567')).toBe('+48 22 123 45 67');
    expect(groupPhone('+447700900123')).toBe('07700 900123');
    expect(groupPhone('+441154960123')).toBe('0115 496 0123');
    expect(groupPhone('not known')).toBe('not known');
  });

  it('can be a short freephone number', () => {
    expect(Phone.parse('0800 1111')).toEqual({ ok: true, value: '+448001111' });
  });

  it.each(['', '123', '0115', 'call mum', '0115 496 0123 ext 4', '07700 900123 07700 900124', '+', '00'])(
    '%p is refused',
    (text) => {
      expect(Phone.parse(text)).toMatchObject({ ok: false, code: 'invalid_phone' });
    },
  );

  it('of any British shape parses back from what is shown', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[12357]\d{9}$/), (digits) => {
        const parsed = Phone.parse(`0${digits}`);
        if (!parsed.ok) throw new Error(parsed.message);
        expect(Phone.parse(groupPhone(parsed.value))).toEqual(parsed);
      }),
      { seed },
    );
  });
});

describe('an email address', () => {
  it('is trimmed and put in lower case', () => {
    expect(Email.parse(" Mary.O'Example@Mail.Example.ORG ")).toEqual({
      ok: true,
      value: "mary.o'example@mail.example.org",
    });
  });

  it('of any ordinary shape is accepted', () => {
    fc.assert(
      fc.property(fc.emailAddress({ size: 'small' }), (address) => {
        const parsed = Email.parse(address);
        if (address.length <= 254 && !/"/.test(address)) expect(parsed.ok).toBe(true);
      }),
      { seed },
    );
  });

  it.each(['', 'a', 'a@b', '@example.org', 'a@', 'a b@example.org', 'a..b@example.org', 'a@-b.org', 'a@1.2.3.4'])(
    '%p is refused',
    (text) => {
      expect(Email.parse(text)).toMatchObject({ ok: false, code: 'invalid_email' });
    },
  );
});
