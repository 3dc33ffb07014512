import { describe, expect, it } from '@jest/globals';
import { NhsNumber, NiNumber, Phone, Postcode, Uprn, Email } from '#person';
import { Random } from '../random.js';
import { emailAddress, Identifiers, landlineNumber, mobileNumber } from './identifiers.js';
import { AddressBook, COUNCILS } from './places.js';

describe('made-up identifiers', () => {
  it('NHS numbers have their check digit, lie in the test range and are given out once', () => {
    const identifiers = new Identifiers();
    const numbers = Array.from({ length: 20_000 }, () => identifiers.nhsNumber());
    expect(new Set(numbers).size).toBe(20_000);
    for (const number of numbers) {
      expect(number).toMatch(/^999\d{7}$/);
      expect(NhsNumber.parse(number).ok).toBe(true);
    }
  });

  it('NHS numbers run out rather than repeat', () => {
    const identifiers = new Identifiers();
    const seen = new Set<string>();
    for (let number = identifiers.nhsNumber(); number; number = identifiers.nhsNumber()) seen.add(number);
    expect(seen.size).toBeGreaterThan(900_000);
    expect(identifiers.nhsNumber()).toBeUndefined();
  });

  it('National Insurance numbers have the form of true ones and are given out once', () => {
    const identifiers = new Identifiers();
    const numbers = Array.from({ length: 20_000 }, () => identifiers.niNumber());
    expect(new Set(numbers).size).toBe(20_000);
    expect(numbers.filter((number) => !NiNumber.parse(number).ok)).toEqual([]);
  });

  it('telephones come from the ranges kept for drama, e-mail from the domains kept for examples', () => {
    const random = new Random('contact');
    for (let i = 0; i < 200; i++) {
      expect(mobileNumber(random)).toMatch(/^07700 900\d{3}$/);
      expect(landlineNumber(random)).toMatch(/^0115 496 0\d{3}$/);
      expect(Phone.parse(mobileNumber(random)).ok).toBe(true);
      const email = emailAddress(random, 'Łukasz', "O'Neill Ruiz", '1980');
      expect(Email.parse(email).ok).toBe(true);
      expect(email).toMatch(/@([a-z]+\.)?example(\.(com|org|net))?$/);
    }
  });

  it('addresses have a possible postcode of the county and a property number nobody else has', () => {
    const book = new AddressBook(new Random('streets'));
    const addresses = COUNCILS.flatMap((council) => Array.from({ length: 400 }, () => book.take(council)));
    expect(new Set(addresses.map((address) => address.uprn)).size).toBe(addresses.length);
    for (const { postcode, uprn } of addresses) {
      expect(postcode).toMatch(/^(NG([1-9]|1\d|2[0-5])|DN22|S8[01]) /);
      expect(Postcode.parse(postcode).ok).toBe(true);
      expect(Uprn.parse(uprn).ok).toBe(true);
    }
    const perPostcode = addresses.length / new Set(addresses.map((address) => address.postcode)).size;
    expect(perPostcode).toBeGreaterThan(5);
    expect(perPostcode).toBeLessThan(25);
  });
});
