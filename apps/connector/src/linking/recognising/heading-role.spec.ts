import { describe, expect, it } from '@jest/globals';
import { headingOf } from './heading-role.js';
import { sameHeadings } from './same-heading.js';

describe('a heading', () => {
  it.each([
    ['first_name', 'forename'],
    ['FirstName', 'forename'],
    ['Given Name', 'forename'],
    ['tenant.forenames', 'forename'],
    ['given_name_2', 'forename'],
    ['Christian name', 'forename'],
    ['SURNAME', 'surname'],
    ['applicant_last_name', 'surname'],
    ['familyName', 'surname'],
    ['full_name', 'fullName'],
    ['name', 'fullName'],
    ['first_and_surname', 'fullName'],
    ['D.O.B.', 'birthDate'],
    ['dateOfBirth', 'birthDate'],
    ['birth_year', 'birthYear'],
    ['postcode_fake', 'postcode'],
    ['Post Code', 'postcode'],
    ['address_1', 'addressLine'],
    ['Address Line 2', 'addressLine'],
    ['street_number', 'houseNumber'],
    ['street_name', 'street'],
    ['suburb', 'locality'],
    ['city', 'town'],
    ['telephone2', 'phone'],
    ['home_phone_number', 'phone'],
    ['E-mail', 'email'],
    ['nhsNumber', 'identifier'],
    ['NI No', 'identifier'],
    ['soc_sec_id', 'identifier'],
    ['addressUprn', 'identifier'],
    ['gender', 'category'],
    ['birth_place', 'category'],
    ['rec_id', 'recordId'],
    ['unique_id', 'recordId'],
    ['cluster', 'apart'],
    ['name_of_school', null],
    ['balance', null],
    ['col3', null],
  ])('%s says %s', (text, role) => {
    expect(headingOf(text).role).toBe(role);
  });

  it('knows former things and other people’s', () => {
    expect(headingOf('previousPostcode')).toMatchObject({ role: 'postcode', formerly: true });
    expect(headingOf('mother_surname')).toMatchObject({ ofOthers: true });
    expect(headingOf('maiden_name')).toEqual({ role: 'formerName', formerly: false, ofOthers: false });
  });
});

describe('two files’ headings', () => {
  it('mean the same when only spelt otherwise, or when each file has one that means it', () => {
    const left = ['id', 'first_name', 'surname', 'dob', 'phone'];
    const right = ['ID', 'Forename', 'Surname', 'Date of Birth', 'home phone', 'mobile'];
    expect(right.map(sameHeadings(right, left))).toEqual(['id', 'first_name', 'surname', 'dob', undefined, undefined]);
  });

  it('two that mean one thing are told apart', () => {
    expect(sameHeadings(['given name', 'first name'], ['forename'])('given name')).toBeUndefined();
  });
});
