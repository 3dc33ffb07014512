import { describe, expect, it } from '@jest/globals';
import { guessMapping } from './columns.js';
import { unflatten } from './flat-row.js';
import type { FeedName } from '#contracts';

const rowOf = (feed: FeedName, cells: Record<string, string>) =>
  JSON.parse(JSON.stringify(unflatten(cells, guessMapping(feed, Object.keys(cells)).mapping)));

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

  it.each([
    ['Y', true],
    ['Yes', true],
    ['TRUE', true],
    ['N', false],
    ['no', false],
  ])('%s in a yes-or-no field is %s', (text, value) => {
    expect(rowOf('arrears', { recordRef: 'A', universalCredit: text })).toMatchObject({ universalCredit: value });
  });

  it('British dates with and without a time', () => {
    expect(rowOf('asb', { recordRef: 'A', reportedAt: '3/7/2026 21:15', closedAt: '04-07-2026' })).toMatchObject({
      reportedAt: '2026-07-03T21:15',
      closedAt: '2026-07-04',
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

  it('columns that contradict each other do not crash: a value where another column needs an object', () => {
    for (const cells of [
      { consent: 'Yes', 'consent.status': 'given' },
      { 'consent.status': 'given', consent: 'Yes' },
      { agreement: 'live', 'agreement.start': '2026-01-01' },
    ])
      expect(() =>
        rowOf('marac-referral', { recordRef: 'A', ...(cells as unknown as Record<string, string>) }),
      ).not.toThrow();
  });

  it('only a second line, a mobile number or a previous address: nothing is null', () => {
    const row = rowOf('arrears', {
      recordRef: 'A',
      address2: 'Invented Street',
      mobile: '07700900123',
      previousTown: 'Worksop',
    });
    expect(row).toEqual({
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
});
