import { describe, expect, it } from '@jest/globals';
import type { FeedName } from '../../feed.js';
import { guessColumns } from './guess.js';
import { ColumnProfile } from './profile.js';

const placed = (feed: FeedName, columns: string[], values: string[][] = []) => {
  const profiles = columns.map(() => new ColumnProfile(true));
  for (const row of values) row.forEach((cell, i) => cell !== '' && profiles[i]!.take(cell));
  const { columns: guesses, missing } = guessColumns(feed, columns, values.length > 0 ? profiles : [], values.length);
  return {
    places: Object.fromEntries(guesses.map(({ column, to }) => [column, to.join('+')])),
    sure: Object.fromEntries(guesses.map(({ column, sure }) => [column, sure])),
    why: Object.fromEntries(guesses.map(({ column, why }) => [column, why])),
    missing,
  };
};

describe('headings of real housing systems', () => {
  it('of an arrears report', () => {
    const { places } = placed(
      'arrears',
      'Tenancy Ref,Tenant Name,DOB,NINO,NHS No,Tel No,Mobile No,E-mail,Addr1,Addr2,Addr3,Addr4,Post Code,Current Balance,Net Rent,NOSP Served,NOSP Expiry Date,UC,Last Action,Prop Ref,Housing Officer'.split(
        ',',
      ),
    );
    expect(places).toEqual({
      'Tenancy Ref': 'tenancyRef',
      'Tenant Name': 'person.name',
      DOB: 'person.dateOfBirth',
      NINO: 'person.niNumber',
      'NHS No': 'person.nhsNumber',
      'Tel No': 'person.telephones.0',
      'Mobile No': 'person.telephones.1',
      'E-mail': 'person.emails.0',
      Addr1: 'person.addresses.0.lines.0',
      Addr2: 'person.addresses.0.lines.1',
      Addr3: 'person.addresses.0.lines.2',
      Addr4: 'person.addresses.0.lines.3',
      'Post Code': 'person.addresses.0.postcode',
      'Current Balance': 'balance',
      'Net Rent': 'weeklyRent',
      'NOSP Served': 'noticeServed',
      'NOSP Expiry Date': 'noticeExpiryDate',
      UC: 'universalCredit',
      'Last Action': 'lastContact.action',
      'Prop Ref': '',
      'Housing Officer': '',
    });
  });

  it('of a housing table with database names', () => {
    const { places } = placed('housing', [
      'PAR_REFNO',
      'PAR_PER_SURNAME',
      'PAR_PER_FORENAME',
      'PAR_PER_TITLE',
      'PAR_PER_DATE_OF_BIRTH',
      'PAR_PER_NI_NO',
      'TCY_ALT_REF',
      'PRO_PROPREF',
      'TENANCY_TYPE',
      'TENANCY_START_DATE',
      'TERMINATION_DATE',
      'UPRN',
    ]);
    expect(places).toMatchObject({
      PAR_REFNO: 'recordRef',
      PAR_PER_SURNAME: 'person.surname',
      PAR_PER_FORENAME: 'person.forenames',
      PAR_PER_TITLE: 'person.title',
      PAR_PER_DATE_OF_BIRTH: 'person.dateOfBirth',
      PAR_PER_NI_NO: 'person.niNumber',
      TCY_ALT_REF: 'tenancyRef',
      PRO_PROPREF: 'propertyRef',
      TENANCY_TYPE: 'tenure',
      TENANCY_START_DATE: 'tenancyStart',
      TERMINATION_DATE: 'tenancyEnd',
      UPRN: 'uprn',
    });
  });

  it('of a Women’s Aid case system', () => {
    const { places, missing } = placed('dv-service', [
      'Client ID',
      'On Track ID',
      'Client Surname',
      'Client First Name',
      'Client DOB',
      'Safe to contact',
      'Safe telephone number',
      'DASH RIC Score',
      'Consent to share information',
      'Support start date',
      'Perpetrator Name',
      'Perpetrator DOB',
      'Local Authority',
      'Case worker',
    ]);
    expect(places).toMatchObject({
      'Client ID': 'recordRef',
      'On Track ID': 'clientRef',
      'Client Surname': 'person.surname',
      'Client DOB': 'person.dateOfBirth',
      'Safe to contact': 'safeContact.safe',
      'Safe telephone number': 'safeContact.number',
      'DASH RIC Score': 'dashScore',
      'Consent to share information': 'consent.status',
      'Support start date': 'opened',
      'Perpetrator Name': 'relatedPeople.0.person.name',
      'Perpetrator DOB': 'relatedPeople.0.person.dateOfBirth',
      'Local Authority': 'area',
      'Case worker': '',
    });
    expect(missing).toMatchObject([{ path: 'role' }]);
  });

  it('one heading may be written many ways', () => {
    for (const heading of [
      'DOB',
      'D.O.B.',
      'Date of Birth',
      'dateOfBirth',
      'DATE_OF_BIRTH',
      'Tenant DOB',
      'BirthDate',
      'Birth Dt',
    ])
      expect(placed('housing', [heading]).places[heading]).toBe('person.dateOfBirth');
  });

  it('nobody else’s details are taken for the person’s', () => {
    const others = [
      'Officer Name',
      'Next of Kin Name',
      'NOK Telephone',
      'Landlord Name',
      'Emergency Contact Tel',
      'GP Name',
      'Created By',
    ];
    expect(Object.values(placed('housing', others).places).every((place) => place === '')).toBe(true);
  });
});

describe('what the values say', () => {
  it('places columns whose headings say nothing', () => {
    const { places, sure } = placed(
      'housing',
      ['Ref', 'Field1', 'Field2', 'Field3'],
      [
        ['H-1', 'SAMPLE, Mary', '943 476 5919', 'NG18 1AA'],
        ['H-2', 'INVENTED, Mark (Mr)', '999 100 0038', 'S80 1AA'],
        ['H-3', 'PRETEND, Minnie', '', 'NG18 1AB'],
      ],
    );
    expect(places).toEqual({
      Ref: 'recordRef',
      Field1: 'person.name',
      Field2: 'person.nhsNumber',
      Field3: 'person.addresses.0.postcode',
    });
    expect(sure['Field2']).toBe('guess');
  });

  it('contradict a heading: dates are no towns', () => {
    const { places, why } = placed(
      'housing',
      ['Ref', 'Surname', 'Town'],
      [
        ['H-1', 'A', '13/02/1980'],
        ['H-2', 'B', '14/02/1980'],
        ['H-3', 'C', '15/02/1980'],
      ],
    );
    expect(places['Town']).toBe('');
    expect(why['Town']).toContain('dates');
  });

  it('never take a next of kin’s e-mail for the tenant’s', () => {
    const rows = [
      ['H-1', 'A', 'a@example.org'],
      ['H-2', 'B', 'b@example.org'],
      ['H-3', 'C', 'c@example.org'],
    ];
    expect(placed('housing', ['Ref', 'Surname', 'NOK Mail'], rows).places['NOK Mail']).toBe('');
  });

  it('make a tenancy reference the record’s where every row has another, and only there', () => {
    const unique = placed(
      'arrears',
      ['Tenancy Ref', 'Surname'],
      [
        ['T1', 'A'],
        ['T2', 'B'],
      ],
    );
    expect(unique.places['Tenancy Ref']).toBe('tenancyRef+recordRef');
    expect(unique.missing).toEqual([]);
    const joint = placed(
      'arrears',
      ['Tenancy Ref', 'Surname'],
      [
        ['T1', 'A'],
        ['T1', 'B'],
      ],
    );
    expect(joint.missing).toMatchObject([{ path: 'recordRef', likely: 'Tenancy Ref' }]);
  });

  it('a name beside forenames is the surname, beside both it says nothing new', () => {
    expect(placed('housing', ['Ref', 'Name', 'Forename']).places).toMatchObject({ Name: 'person.surname' });
    expect(placed('housing', ['Ref', 'Tenant Name', 'Surname', 'Forename']).places['Tenant Name']).toBe('');
  });

  it('a missing name tells which column may be meant', () => {
    expect(placed('housing', ['Ref', 'Name of somebody']).missing).toMatchObject([
      { path: 'person.surname', likely: 'Name of somebody' },
    ]);
  });
});
