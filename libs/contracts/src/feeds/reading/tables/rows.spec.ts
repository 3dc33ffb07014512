import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FEEDS, type FeedName } from '../../feed.js';
import { parseRow } from '../../parsing/parse-row.js';
import { guessColumns } from './guess.js';
import { RowReader } from './rows.js';

const now = new Date('2026-11-24T12:00:00Z');
const read = (feed: FeedName, cells: Record<string, string>, more: object = {}) => {
  const headings = Object.keys(cells);
  const columns = Object.fromEntries(guessColumns(feed, headings).columns.map(({ column, to }) => [column, to]));
  const reader = new RowReader(feed, headings, { columns, dates: 'day-first', ...more }, { now });
  const { row, ...told } = reader.read(Object.values(cells));
  return { row: JSON.parse(JSON.stringify(row)), ...told };
};
const rowOf = (feed: FeedName, cells: Record<string, string>, more: object = {}) => read(feed, cells, more).row;

describe('a flat row', () => {
  it.each(['No', 'Yes', 'True', 'Null', '1980', '01/02/1980'])('a person called %s keeps the name', (surname) => {
    expect(rowOf('arrears', { recordRef: 'A', surname })).toMatchObject({ person: { surname } });
  });

  it('a reference that looks like a date stays the agency’s own', () => {
    expect(rowOf('arrears', { recordRef: '01-02-2026', tenancyRef: '3/4/2026' })).toMatchObject({
      recordRef: '01-02-2026',
      tenancyRef: '3/4/2026',
    });
  });

  it('words a system writes with a capital are the feed’s words', () => {
    expect(
      rowOf('housing', { recordRef: 'A', surname: 'Invented', sex: 'Female', tenantStatus: 'Main' }),
    ).toMatchObject({
      person: { sex: 'female' },
      tenantStatus: 'main',
    });
  });

  it('lists of words may be separated by semicolons', () => {
    expect(rowOf('homelessness', { recordRef: 'A', supportNeeds: 'mental-health; domestic-abuse' })).toMatchObject({
      supportNeeds: ['mental-health', 'domestic-abuse'],
    });
  });

  it('columns that contradict each other do not crash', () => {
    for (const cells of [
      { consent: 'Yes', 'consent.status': 'given' },
      { 'consent.status': 'given', consent: 'Yes' },
    ])
      expect(() =>
        rowOf('marac-referral', { recordRef: 'A', ...(cells as unknown as Record<string, string>) }),
      ).not.toThrow();
  });

  it('only a second line, a mobile number or a previous address: nothing is null', () => {
    expect(
      rowOf('arrears', { recordRef: 'A', address2: 'Invented Street', mobile: '07700900123', previousTown: 'Worksop' }),
    ).toEqual({
      recordRef: 'A',
      person: {
        addresses: [
          { lines: ['Invented Street'], type: 'current' },
          { town: 'Worksop', type: 'previous' },
        ],
        telephones: ['07700900123'],
      },
    });
  });

  it('two people in a name cell leave no half of a name behind', () => {
    for (const cells of [
      { 'Tenant Name': 'Smith J & Jones K' },
      { Surname: 'Smith & Jones', Forename: 'John' },
      { Surname: 'Smith', Forename: 'John & Mary' },
    ] as unknown as Record<string, string>[]) {
      const { row, problems } = read('arrears', { recordRef: 'A', ...cells });
      expect(problems).toMatchObject([{ path: 'person.surname', code: 'two_people' }]);
      expect(JSON.stringify(row)).not.toMatch(/Smith|Jones|John|Mary/);
      expect(parseRow('arrears', row, { now }).ok).toBe(false);
    }
  });

  it('a spreadsheet’s errors are left out and told, also in a name', () => {
    const { row, problems } = read('arrears', { recordRef: 'A', surname: '#N/A', Forename: 'Mary', balance: '#REF!' });
    expect(problems.map(({ code }) => code)).toEqual(['spreadsheet_error', 'spreadsheet_error']);
    expect(row).toEqual({ recordRef: 'A', person: { forenames: ['Mary'] } });
  });

  it('digits a spreadsheet lost are told, and never sent as if they were a number', () => {
    const { row, problems } = read('housing', {
      recordRef: 'A',
      surname: 'B',
      'NHS No': '9.99E+09',
      UPRN: '1.00031E+11',
    });
    expect(problems.map(({ code }) => code)).toEqual(['digits_lost', 'digits_lost']);
    expect(row).toEqual({ recordRef: 'A', person: { surname: 'B' } });
  });

  it('an unclear date refuses the row, and says why', () => {
    const { row, problems } = read(
      'housing',
      { recordRef: 'A', surname: 'B', DOB: '01/02/1980' },
      { dates: undefined },
    );
    expect(problems).toMatchObject([{ path: 'person.dateOfBirth', code: 'ambiguous_date' }]);
    expect(parseRow('housing', row, { now }).ok).toBe(false);
  });

  it('"unknown" is nothing, but not for whether an address is confidential', () => {
    const { row } = read('housing', {
      recordRef: 'A',
      surname: 'B',
      'Address Line 1': '1 Made Up Road',
      'Confidential Address': 'unknown',
      tenure: 'Unknown',
    });
    expect(row).toMatchObject({ person: { addresses: [{ confidential: 'unknown' }] } });
    expect(row).not.toHaveProperty('tenure');
  });

  it('the agency’s own codes, and what every row says', () => {
    const mapping = { codes: { tenure: { X9: 'secure' } }, fixed: { tenantStatus: 'Main' } };
    expect(rowOf('housing', { recordRef: 'A', surname: 'B', tenure: 'x9' }, mapping)).toMatchObject({
      tenure: 'secure',
      tenantStatus: 'main',
    });
  });

  it('a deletion is the reference alone', () => {
    expect(rowOf('housing', { recordRef: 'A', surname: 'B', deleted: 'Y' })).toEqual({ recordRef: 'A', deleted: true });
    expect(rowOf('housing', { recordRef: 'A', surname: 'B', deleted: 'N' })).toEqual({
      recordRef: 'A',
      person: { surname: 'B' },
    });
  });

  it('whatever the cells hold, a row comes out and no problem repeats a value', () => {
    const headings =
      'recordRef,Tenant Name,DOB,NHS No,Telephone,Address,Balance,UC,Confidential,Incident date,Role,Orders'.split(',');
    fc.assert(
      fc.property(
        fc.constantFrom(...FEEDS),
        fc.array(fc.string({ maxLength: 30 }), { minLength: 12, maxLength: 12 }),
        (feed, cells) => {
          const columns = Object.fromEntries(
            guessColumns(feed, headings).columns.map(({ column, to }) => [column, to]),
          );
          const { row, problems } = new RowReader(feed, headings, { columns }, { now }).read(cells);
          parseRow(feed, row, { now });
          expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
          for (const { message } of problems)
            for (const cell of cells) if (cell.trim().length > 8) expect(message).not.toContain(cell.trim());
        },
      ),
      { seed: 11, numRuns: 500 },
    );
  });
});
