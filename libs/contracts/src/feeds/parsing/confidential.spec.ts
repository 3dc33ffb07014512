import { describe, expect, it } from '@jest/globals';
import { FEEDS, parseRow, type FeedName } from '../../index.js';
import { sampleRows } from '../sample-rows.js';

const now = new Date('2026-11-03T12:00:00Z');
const person = (lines: string[], more: object = {}) => ({
  surname: 'Sample',
  addresses: [{ lines, type: 'current', ...more }],
});
const confidentialPaths = (feed: FeedName, row: unknown) => {
  const result = parseRow(feed, row, { now });
  return result.ok
    ? []
    : result.errors.filter((error) => error.code === 'confidential_address').map((error) => error.path);
};

describe.each(FEEDS)('in %s', (feed) => {
  it('an address flagged confidential costs the row, however it is flagged', () => {
    for (const flag of [true, 'yes', 'Y', 1]) {
      const row = JSON.parse(JSON.stringify(sampleRows[feed])) as any;
      (row.person ?? row.victim).addresses[1].confidential = flag;
      expect(confidentialPaths(feed, row)).toEqual([`${feed === 'marac-referral' ? 'victim' : 'person'}.addresses.1`]);
    }
  });

  it('an address flagged as not confidential is taken', () => {
    const row = JSON.parse(JSON.stringify(sampleRows[feed])) as any;
    (row.person ?? row.victim).addresses[1].confidential = false;
    expect(parseRow(feed, row, { now }).ok).toBe(true);
  });
});

describe('a refuge', () => {
  it.each([
    "Women's Aid, PO Box 1",
    'WOMEN’S REFUGE',
    'The Refuge',
    'Safe house 2',
    'CONFIDENTIAL',
    'address undisclosed',
  ])('is seen in "%s" of any feed', (line) => {
    expect(confidentialPaths('housing', { recordRef: 'H', person: person([line]) })).toEqual(['person.addresses.0']);
  });

  it.each(['c/o Example Service', 'C / O somebody', 'Care of the office', 'Withheld'])(
    'is suspected in "%s" of a service only',
    (line) => {
      expect(confidentialPaths('housing', { recordRef: 'H', person: person([line]) })).toEqual([]);
      expect(confidentialPaths('dv-service', { recordRef: 'W', role: 'victim', person: person([line]) })).toEqual([
        'person.addresses.0',
      ]);
    },
  );

  it('is not seen in a street of that name', () => {
    expect(confidentialPaths('housing', { recordRef: 'H', person: person(['4 Refuge Lane']) })).toEqual([]);
  });

  it('is found though the row is broken otherwise, and in children and related people', () => {
    const row = {
      recordRef: 5,
      person: { surname: 'Sample' },
      children: [{ person: person(['12 Refuge']) }],
      relatedPeople: [{ role: 'victim', person: person(['x'], { town: 'Safe House' }), location: 'in refuge' }],
    };
    expect(confidentialPaths('dv-service', row)).toEqual([
      'children.0.person.addresses.0',
      'relatedPeople.0.person.addresses.0',
      'relatedPeople.0.location',
    ]);
  });

  it('as the service means that only previous addresses may be sent, until the service is closed', () => {
    const row = { recordRef: 'W', role: 'victim', serviceType: 'refuge', person: person(['12 Made Up Road']) };
    expect(confidentialPaths('dv-service', row)).toEqual(['person.addresses.0']);
    expect(confidentialPaths('dv-service', { ...row, closed: '2026-10-01' })).toEqual([]);
    expect(
      confidentialPaths('dv-service', { ...row, person: person(['12 Made Up Road'], { type: 'previous' }) }),
    ).toEqual([]);
  });

  it('as temporary accommodation is known by area only', () => {
    const row = {
      recordRef: 'C',
      person: { surname: 'Sample' },
      temporaryAccommodation: { kind: 'refuge', area: 'Mansfield' },
    };
    expect(confidentialPaths('homelessness', row)).toEqual([]);
    expect(confidentialPaths('homelessness', { ...row, person: person(['1 Road']) })).toEqual(['person.addresses.0']);
    expect(
      confidentialPaths('homelessness', { ...row, temporaryAccommodation: { kind: 'refuge', area: 'NG18 1AA' } }),
    ).toEqual(['temporaryAccommodation.area']);
  });

  it('cannot be told by the area of a service: a postcode there is refused', () => {
    const row = { recordRef: 'W', role: 'victim', person: { surname: 'Sample' }, area: 'near NG18 1AA' };
    expect(confidentialPaths('dv-service', row)).toEqual(['area']);
  });
});
