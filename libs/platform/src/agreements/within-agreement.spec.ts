import { describe, expect, it } from '@jest/globals';
import { FEEDS, parseRow, sampleRows } from '#contracts';
import { agreeableFields, withinAgreement } from './within-agreement.js';

const all = (feed: (typeof FEEDS)[number]) => new Set(agreeableFields(feed).map(({ name }) => name));

describe('a row held against its agreement', () => {
  it.each(FEEDS)('of %s is given back whole where every field is agreed', (feed) => {
    expect(withinAgreement(feed, sampleRows[feed], null)).toEqual({ row: sampleRows[feed], left: [] });
    expect(withinAgreement(feed, sampleRows[feed], all(feed))).toEqual({ row: sampleRows[feed], left: [] });
  });

  it.each(FEEDS)('of %s can still be read when no field beyond the necessary is agreed', (feed) => {
    const { row, left } = withinAgreement(feed, sampleRows[feed], new Set());
    expect(left.length).toBeGreaterThan(0);
    const parsed = parseRow(feed, row);
    expect(parsed).toMatchObject({ ok: true });
    expect(withinAgreement(feed, row, new Set())).toEqual({ row, left: [] });
  });

  it('loses a field that is not named, and the receipt says which, never what stood in it', () => {
    const fields = all('arrears');
    fields.delete('balance');
    fields.delete('person.nhsNumber');
    const given = { ...sampleRows.arrears, balance: 12.5, person: { surname: 'Sample', nhsNumber: '9434765919' } };
    const { row, left } = withinAgreement('arrears', given, fields);
    expect(row).not.toHaveProperty('balance');
    expect(row.person).toEqual({ surname: 'Sample' });
    expect(left.map(({ path, code }) => ({ path, code }))).toEqual([
      { path: 'balance', code: 'field_not_agreed' },
      { path: 'person.nhsNumber', code: 'field_not_agreed' },
    ]);
    expect(JSON.stringify(left)).not.toMatch(/12\.5|9434765919/);
    expect(given.person.nhsNumber).toBe('9434765919');
  });

  it('loses it of every person the row names, however deep', () => {
    const fields = all('dv-service');
    fields.delete('person.dateOfBirth');
    const { row, left } = withinAgreement('dv-service', sampleRows['dv-service'], fields);
    expect(JSON.stringify(row)).not.toContain('dateOfBirth');
    expect(left.every(({ path }) => path.endsWith('.dateOfBirth'))).toBe(true);
  });

  it('a feed’s necessary fields are part of every agreement', () => {
    for (const feed of FEEDS)
      expect(
        agreeableFields(feed)
          .filter(({ always }) => always)
          .map(({ name }) => name),
      ).toEqual(expect.arrayContaining(['person.surname', 'person.forenames', 'recordRef']));
  });
});
