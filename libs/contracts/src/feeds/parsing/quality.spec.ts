import { describe, expect, it } from '@jest/globals';
import { FEEDS, parseRow, sampleRows, type PersonBlock } from '../../index.js';
import { mainPerson, personMeasures, QUALITY_MEASURES } from './quality.js';

const whole: PersonBlock = {
  surname: 'Sample',
  forenames: ['Mary'],
  dateOfBirth: '1980-05-06',
  sex: 'female',
  nhsNumber: '9434765919',
  niNumber: 'AB123456C',
  telephones: ['+447700900123'],
  addresses: [{ lines: ['1 Made Up Road'], postcode: 'NG17 1AA', uprn: '100' }],
};
const of = (change: Partial<PersonBlock>) => personMeasures({ ...whole, ...change }, 2026);

describe('the quality of what is known of a person', () => {
  it('a person of whom all is known adds to no measure', () => {
    expect(of({})).toEqual([]);
  });

  it('what is missing is counted under its own name', () => {
    expect(personMeasures({ surname: 'Sample' }, 2026)).toEqual([
      'forename_missing',
      'birth_date_missing',
      'sex_missing',
      'address_missing',
      'postcode_missing',
      'uprn_missing',
      'nhs_number_missing',
      'ni_number_missing',
      'contact_missing',
    ]);
  });

  it.each([
    [{ dateOfBirth: '1980-01-01' }, ['birth_date_1_january']],
    [{ dateOfBirth: '1900-01-01' }, ['birth_date_1_january', 'birth_date_unlikely']],
    [{ dateOfBirth: '1910-03-04' }, ['birth_date_unlikely']],
    [{ dateOfBirth: '1980-05' }, ['birth_date_partial']],
    [{ surname: 'UNKNOWN' }, ['name_placeholder']],
    [{ forenames: ['Baby'] }, ['name_placeholder']],
    [{ sex: 'unknown' as const }, ['sex_missing']],
    [{ telephones: [], emails: ['a@example.org'] }, []],
  ])('%j counts as %j', (change, measures) => {
    expect(of(change)).toEqual(measures);
  });

  it.each(FEEDS)('the main person of %s is the one the row is about', (feed) => {
    const parsed = parseRow(feed, sampleRows[feed]);
    if (!parsed.ok || parsed.deleted) throw new Error('the sample is refused');
    expect(mainPerson(feed, parsed.row as never)).toBeTruthy();
  });

  it('every measure has words', () => {
    for (const { label } of Object.values(QUALITY_MEASURES)) expect(label).toMatch(/^[A-Z]/);
  });
});
