import { describe, expect, it } from '@jest/globals';
import type { FeedName } from '#contracts';
import { COLUMNS } from '../generating/writing/columns.js';
import { guessMapping } from './columns.js';

describe('guessing what a column is', () => {
  it.each(Object.keys(COLUMNS) as FeedName[])('places every column of the %s export', (feed) => {
    const names = COLUMNS[feed as keyof typeof COLUMNS].map(({ name }) => name);
    const { mapping, unknown } = guessMapping(feed, names);
    expect(unknown).toEqual([]);
    expect(new Set(Object.values(mapping)).size).toBe(names.length);
  });

  it('knows the headers of a council’s housing system', () => {
    const { mapping, unknown } = guessMapping('arrears', [
      'Reference',
      'Surname',
      'First Name',
      'DOB',
      'Post Code',
      'Mobile',
      'Telephone',
      'E-mail',
      'Address Line 1',
      'NI No',
      'Current Balance',
      'Officer',
    ]);
    expect(mapping).toMatchObject({
      Reference: 'recordRef',
      Surname: 'person.surname',
      'First Name': 'person.forenames',
      DOB: 'person.dateOfBirth',
      'Post Code': 'person.addresses.0.postcode',
      'Address Line 1': 'person.addresses.0.lines.0',
      'E-mail': 'person.emails.0',
      'NI No': 'person.niNumber',
    });
    expect(unknown).toEqual(['Current Balance', 'Officer']);
  });

  it('puts a referral’s person under the victim', () => {
    expect(guessMapping('marac-referral', ['Surname']).mapping).toEqual({ Surname: 'victim.surname' });
  });

  it('never gives two columns one place: a second telephone goes beside the first, another surname is not sent', () => {
    const { mapping, unknown } = guessMapping('housing', ['Telephone', 'Phone', 'Mobile', 'Surname', 'Family name']);
    const places = Object.values(mapping);
    expect(new Set(places).size).toBe(places.length);
    expect(places.filter((place) => place.startsWith('person.telephones'))).toHaveLength(3);
    expect(unknown).toEqual(['Family name']);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', ''])(
    'a column called "%s" is just unknown',
    (name) => {
      expect(guessMapping('arrears', [name])).toMatchObject({ unknown: [name] });
    },
  );
});
