import { describe, expect, it } from '@jest/globals';
import {
  FEEDS,
  fieldCatalogue,
  householdIn,
  itemsOf,
  parseRow,
  peopleIn,
  type FeedName,
  type FeedRows,
} from '../../index.js';
import { sampleRows } from '../sample-rows.js';

function taken<F extends FeedName>(feed: F): FeedRows[F] {
  const result = parseRow(feed, sampleRows[feed], { now: new Date('2026-11-03T12:00:00Z') });
  if (!result.ok || result.deleted) throw new Error('not taken');
  return result.row;
}
const shown = <F extends FeedName>(feed: F, field: string, part?: string) =>
  itemsOf(feed, taken(feed), part ? { part } : {})
    .filter((item) => item.field === field)
    .map((item) => item.value);

describe.each(FEEDS)('items of %s', (feed) => {
  it('have a catalogued field and a path of their own, for everybody in the row', () => {
    const row = taken(feed);
    for (const { part } of peopleIn(feed, row)) {
      const items = itemsOf(feed, row, { part });
      expect(items.length).toBeGreaterThan(2);
      expect(new Set(items.map((item) => item.path)).size).toBe(items.length);
      for (const item of items)
        expect(fieldCatalogue[feed][item.field]).toMatchObject({ label: item.label, kind: item.kind });
      expect(itemsOf(feed, row, { part })).toEqual(items);
    }
  });

  it('cover the whole catalogue between them when every field is given', () => {
    const row = taken(feed);
    const fields = peopleIn(feed, row).flatMap(({ part }) => itemsOf(feed, row, { part }).map((item) => item.field));
    expect([...new Set(fields)].sort()).toEqual(Object.keys(fieldCatalogue[feed]).sort());
  });

  it('tell addresses as location and telephone and email as contact', () => {
    expect(fieldCatalogue[feed]).toMatchObject({
      'person.addresses': { kind: 'location' },
      'person.telephones': { kind: 'contact' },
      'person.emails': { kind: 'contact' },
    });
  });
});

describe('values are shown in words', () => {
  it('of a person', () => {
    expect(shown('housing', 'person.dateOfBirth')).toEqual(['29 February 1984']);
    expect(shown('housing', 'person.nhsNumber')).toEqual(['999 100 0038']);
    expect(shown('housing', 'person.telephones')).toEqual(['07700 900123', '0115 496 0123']);
    expect(shown('housing', 'person.addresses')).toEqual([
      '12 Made Up Road, Mansfield, NG18 1AA (current, from May 2024, UPRN 100031000001)',
      '3 Pretend Lane, Worksop, S80 1AA (previous, from 2019 to May 2024)',
    ]);
  });

  it('of money, lists and times', () => {
    expect(shown('arrears', 'balance')).toEqual(['£1,234.56']);
    expect(shown('arrears', 'agreement')).toEqual([
      'Live; Started: 10 September 2026; £20.00 weekly; Balance: £900.00',
    ]);
    expect(shown('housing', 'repairs')).toEqual(['Locks; Doors']);
    expect(shown('asb', 'reportedAt')).toEqual(['1 July 2026 22:15']);
    expect(shown('asb', 'incidents.location')).toEqual(['1 July 2026 21:00: Made Up Road, UPRN 100031000001']);
    expect(shown('marac-referral', 'referredAt')).toEqual(['1 October 2026 09:30']);
  });

  it('of an event apart from what is made of it, with its uncertainty', () => {
    expect(shown('agency-history', 'events')).toEqual([
      '4 March 2025 14:30 to 4 March 2025 15:00 ?: Lock change asked for; Concerns: Mary; Action taken: Lock changed next day; Seen: victim: Yes, child: No; Source: Housing file',
    ]);
    expect(shown('agency-history', 'events.comment')).toEqual([
      '4 March 2025: Nobody asked why; Missed opportunity: Yes',
    ]);
  });
});

describe('people in a row', () => {
  const parts = (feed: FeedName) => peopleIn(feed, taken(feed)).map(({ part, role }) => `${part} ${role}`);

  it('are everybody with a person block, each in a role', () => {
    expect(parts('housing')).toEqual(['person other']);
    expect(parts('asb')).toEqual(['person other', 'parties.0 other', 'parties.1 other']);
    expect(parts('dv-service')).toEqual(['person victim', 'children.0 child', 'relatedPeople.0 perpetrator']);
    expect(parts('marac-referral')).toEqual(['victim victim', 'perpetrators.0 perpetrator', 'children.0 child']);
  });

  it('do not include the household, which is told apart', () => {
    expect(householdIn('housing', taken('housing'))).toMatchObject([{ name: 'Minnie Sample' }]);
    expect(householdIn('asb', taken('asb'))).toEqual([]);
  });

  it('have their own items and nobody else’s', () => {
    expect(shown('marac-referral', 'children.school', 'children.0')).toEqual(['Pretend Primary']);
    expect(shown('marac-referral', 'person.forenames', 'perpetrators.0')).toEqual(['Mark']);
    expect(shown('marac-referral', 'reason', 'perpetrators.0')).toEqual([]);
    expect(itemsOf('housing', taken('housing'), { part: 'children.0' })).toEqual([]);
    expect(itemsOf('marac-referral', taken('marac-referral'), { part: 'children.9' })).toEqual([]);
  });
});

describe('what an item is', () => {
  it('follows its source in a history', () => {
    const kinds = (sourceKind: 'police' | 'health' | 'council') =>
      itemsOf('agency-history', taken('agency-history'), { sourceKind }).find((item) => item.field === 'events')?.kind;
    expect([kinds('police'), kinds('health'), kinds('council')]).toEqual(['criminal', 'health', 'ordinary']);
  });

  it('is confidential when it says that somebody is in a refuge', () => {
    const row: FeedRows['homelessness'] = {
      ...taken('homelessness'),
      temporaryAccommodation: { kind: 'refuge', area: 'Mansfield' },
    };
    const item = itemsOf('homelessness', row).find(({ field }) => field === 'temporaryAccommodation');
    expect(item).toMatchObject({ confidential: true, kind: 'location' });
  });
});
