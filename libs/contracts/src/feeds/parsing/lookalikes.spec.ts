import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRow, sampleRows } from '../../index.js';
import { disguisedNames, plainForm } from './lookalikes.js';

const now = new Date('2026-11-03T12:00:00Z');
const codesOf = (person: object) => {
  const result = parseRow('arrears', { ...sampleRows.arrears, person }, { now });
  return result.ok ? [] : result.errors.map(({ path, code }) => `${path} ${code}`);
};

describe('a name written to look like another', () => {
  it.each([
    [{ surname: 'Sаmple' }, 'person.surname mixed_scripts'], // Cyrillic а
    [{ surname: 'Sample', forenames: ['Mary', 'Αnn'] }, 'person.forenames.1 mixed_scripts'], // Greek Α
    [{ surname: 'Sample', aliases: [{ surname: 'Јones' }] }, 'person.aliases.0.surname mixed_scripts'], // Cyrillic Ј
    [{ surname: 'Sample\u202e' }, 'person.surname invalid_name'],
    [{ surname: 'Sam\u2066ple\u2069' }, 'person.surname invalid_name'],
    [{ surname: 'Sam\u200bple' }, 'person.surname invalid_name'],
    [{ surname: 'Sam\u0007ple' }, 'person.surname invalid_name'],
    [{ surname: `Sa${'\u0335\u0336\u0337\u0338\u0334'}mple` }, 'person.surname invalid_name'],
  ])('%j is refused: %s', (person, expected) => {
    expect(codesOf(person)).toEqual([expected]);
  });

  it.each([
    { surname: 'Иванова', forenames: ['Анна'] },
    { surname: 'Παπαδοπούλου', forenames: ['Eleni'] },
    { surname: 'Nguyễn', forenames: ['Thị Hồng'] },
    { surname: 'Żółć-O’Brien' },
    { surname: 'میرزا\u200cخانی' },
    { surname: 'प्रिया' },
    { surname: '山田', forenames: ['Taro'] },
    { surname: 'Ｊａｎｅ' },
    { surname: 'Smith 2nd' },
  ])('%j is a name like any other', (person) => {
    expect(codesOf(person)).toEqual([]);
  });

  it('is found wherever a person stands in a row, and no message repeats it', () => {
    const row = {
      person: { surname: 'Ok' },
      household: [{ name: 'Mаry Sample' }],
      parties: [{ person: { forenames: ['Рat'] } }],
    };
    const found = disguisedNames(row);
    expect(found.map(({ path }) => path)).toEqual(['household.0.name', 'parties.0.person.forenames.0']);
    expect(JSON.stringify(found)).not.toMatch(/а|Р/);
  });

  it('the look never throws, whatever JSON it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => void disguisedNames(value)),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('the plain form of a text', () => {
  it.each([
    ['Rеfuge', 'Refuge'], // Cyrillic е
    ['Ｒｅｆｕｇｅ', 'Refuge'],
    ['Ref\u200buge', 'Refuge'],
    ['Re\u0301fuge', 'Refuge'],
    ['ѕаfе һоuѕе', 'safe house'],
    ['Women’s Aid', "Women's Aid"],
  ])('of %s is %s', (text, plain) => {
    expect(plainForm(text)).toBe(plain);
  });

  it('finds a refuge in disguise', () => {
    for (const line of ['The Rеfuge', 'Ｒｅｆｕｇｅ', 'ѕаfе һоuѕе', 'Cоnfidentiаl']) {
      const row = { recordRef: 'W', role: 'victim', person: { surname: 'Sample', addresses: [{ lines: [line] }] } };
      const result = parseRow('dv-service', row, { now });
      expect(result).toMatchObject({
        ok: false,
        errors: [{ code: 'confidential_address', path: 'person.addresses.0' }],
      });
    }
  });
});
