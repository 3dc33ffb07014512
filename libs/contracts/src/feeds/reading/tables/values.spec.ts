import { describe, expect, it } from '@jest/globals';
import { readCode } from './codes.js';
import { readAddress, readMoney, readNumber, readPhones, readYesNo } from './values.js';

describe('money', () => {
  it.each([
    ['£1,234.56', 1234.56],
    ['1234.56', 1234.56],
    ['(12.50)', -12.5],
    ['(£12.50)', -12.5],
    ['12.50CR', -12.5],
    ['12.50 cr', -12.5],
    ['12.50DR', 12.5],
    ['-12.50', -12.5],
    ['12.50-', -12.5],
    ['-£12.50', -12.5],
    ['£-12.50', -12.5],
    ['GBP 20', 20],
    ['0.00CR', 0],
    ['98.200000000000003', 98.2],
    ['.5', 0.5],
  ])('%s is %d', (text, value) => {
    expect(readMoney(text)).toBe(value);
  });

  it.each(['', '£', '1.234,56', '12,34', '(12.50', '-12.50CR', 'ten', '1.2.3', '12 or 13'])('"%s" is none', (text) => {
    expect(readMoney(text)).toBeUndefined();
  });
});

describe('numbers and answers', () => {
  it('days may be named, weeks are no days', () => {
    expect([readNumber('60'), readNumber('60.0'), readNumber('1,200'), readNumber('60 days')]).toEqual([
      60, 60, 1200, 60,
    ]);
    expect([readNumber('8 weeks'), readNumber('many')]).toEqual([undefined, undefined]);
  });

  it.each([
    ['Y', true],
    ['yes', true],
    ['1', true],
    ['TRUE', true],
    ['ticked', true],
    ['x', true],
    ['-1', true],
    ['✓', true],
    ['N', false],
    ['No', false],
    ['0', false],
    ['False', false],
    ['unticked', false],
    ['maybe', undefined],
    ['2', undefined],
  ])('%s is %s', (text, value) => {
    expect(readYesNo(text)).toBe(value);
  });
});

describe('telephone numbers', () => {
  it('get back the 0 a spreadsheet dropped, and the + a system never wrote', () => {
    expect(readPhones('7700900123')).toEqual(['07700900123']);
    expect(readPhones('447700900123')).toEqual(['+447700900123']);
    expect(readPhones('0115 496 0123 / 07700 900123')).toEqual(['0115 496 0123', '07700 900123']);
    expect(readPhones('07700900123')).toEqual(['07700900123']);
  });
});

describe('a whole address in one cell', () => {
  it('is lines, town and postcode', () => {
    const wanted = { lines: ['12 Made Up Road', 'Invented Estate'], town: 'Mansfield', postcode: 'NG18 1AA' };
    expect(readAddress('12 Made Up Road, Invented Estate, Mansfield, NG18 1AA')).toEqual(wanted);
    expect(readAddress('12 Made Up Road\nInvented Estate\nMansfield NG18 1AA')).toEqual(wanted);
    expect(readAddress('12, Made Up Road, Mansfield')).toEqual({ lines: ['12 Made Up Road'], town: 'Mansfield' });
    expect(readAddress('1 Road')).toEqual({ lines: ['1 Road'] });
  });
});

describe('codes', () => {
  it.each([
    ['person.sex', 'F', 'female'],
    ['person.sex', '1', 'male'],
    ['victim.sex', 'Not known', 'unknown'],
    ['children.0.person.sex', 'Girl', 'female'],
    ['tenure', 'SEC', 'secure'],
    ['tenure', 'Introductory Tenancy', 'introductory'],
    ['tenure', 'AST', 'assured-shorthold'],
    ['tenantStatus', 'Lead Tenant', 'main'],
    ['tenantStatus', 'Former', 'former'],
    ['courtOutcome', 'SPO', 'suspended-possession'],
    ['relatedPeople.0.role', 'Perp', 'perpetrator'],
    ['consent.status', 'Y', 'given'],
    ['tenure', 'Almshouse', 'Almshouse'],
  ])('%s %s is %s', (path, text, value) => {
    expect(readCode(path, text)).toBe(value);
  });
});
