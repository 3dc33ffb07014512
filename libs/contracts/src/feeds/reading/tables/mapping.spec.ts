import { describe, expect, it } from '@jest/globals';
import { parseMapping, writeMapping } from './mapping.js';
import { nearest } from './nearest.js';

describe('a saved mapping', () => {
  it('comes back as it was written', () => {
    const mapping = {
      columns: { 'Tenancy Ref': ['tenancyRef', 'recordRef'], Name: ['person.name'], Officer: [] },
      dates: { DOB: 'day-first' as const },
      codes: { Type: { X9: 'secure' } },
      fixed: { tenure: 'secure' },
      sheet: 'Tenants',
      headings: 4,
    };
    const text = writeMapping('housing', mapping);
    expect(parseMapping('housing', JSON.parse(text))).toEqual({ ok: true, mapping });
    expect(text).toContain('"Officer": null');
  });

  it('may be just the columns', () => {
    expect(parseMapping('arrears', { Nachname: 'person.surname' })).toMatchObject({
      ok: true,
      mapping: { columns: { Nachname: ['person.surname'] } },
    });
  });

  it('tells an unknown place once, with the nearest names', () => {
    const read = parseMapping('arrears', { A: 'person.surnam', B: 'person.surnam', C: 'recordRef' });
    expect(read).toEqual({
      ok: false,
      problems: ['"person.surnam" is no field of arrears; did you mean person.surname?'],
    });
  });

  it('two columns may not fill one field, but may both be forenames', () => {
    expect(parseMapping('arrears', { A: 'balance', B: 'balance' })).toMatchObject({ ok: false });
    expect(parseMapping('arrears', { A: 'person.forenames', B: 'person.forenames' })).toMatchObject({ ok: true });
  });

  it.each([
    null,
    [],
    3,
    'x',
    { A: 3 },
    { A: '__proto__.x' },
    { A: 'person.constructor' },
    { format: 'mash.mapping/2', columns: {} },
    { format: 'mash.mapping/1', columns: {}, extra: 1 },
  ])('%j is refused', (json) => {
    expect(parseMapping('arrears', json).ok).toBe(false);
  });

  it('of another feed is refused', () => {
    expect(parseMapping('housing', JSON.parse(writeMapping('arrears', { columns: {} })))).toMatchObject({ ok: false });
  });
});

describe('nearest names', () => {
  it('finds slips of the finger and parts of names', () => {
    const names = ['person.surname', 'person.dateOfBirth', 'balance', 'weeklyRent'];
    expect(nearest('surnmae', names)[0]).toBe('person.surname');
    expect(nearest('dateofbirth', names)[0]).toBe('person.dateOfBirth');
    expect(nearest('zzzzzzzz', names)).toEqual([]);
  });
});
