import { describe, expect, it } from '@jest/globals';
import { identifying } from './identifying.js';

const block = {
  surname: "O'Sample",
  forenames: ['Mary', 'Ann'],
  dateOfBirth: '1984-02-29',
  telephones: ['+447700900123'],
  emails: ['mary@example.org'],
  addresses: [{ lines: ['12 Made Up Road'], town: 'Mansfield', postcode: 'NG18 1AA', uprn: '1' }],
};

describe('what an agency is told to find somebody by', () => {
  it('is never a telephone number or e-mail, nor the address of anybody but the alleged perpetrator', () => {
    for (const role of ['victim', 'child', 'other']) {
      const told = JSON.stringify(identifying([block], { role }));
      expect(told).not.toMatch(/7700|example|Made Up|NG18/);
      expect(told).toContain('1984-02-29');
    }
  });

  it('is the alleged perpetrator’s address too', () => {
    expect(identifying([block], { role: 'perpetrator' }).addresses).toEqual([
      { lines: ['12 Made Up Road'], town: 'Mansfield', postcode: 'NG18 1AA' },
    ]);
  });

  it('is every name the hub has of them, the fullest first', () => {
    const other = { surname: 'Invented', forenames: ['Mary'] };
    expect(identifying([other, block], { role: 'victim' })).toMatchObject({
      surname: "O'Sample",
      forenames: ['Mary', 'Ann'],
      aliases: [other],
    });
  });
});
