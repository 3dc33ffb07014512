import { describe, expect, it } from '@jest/globals';
import { itemsOf, parseRow, sampleRows, type FeedName } from '#contracts';
import type { OpenedRecord } from './gathered.js';
import { plain } from './names.js';
import { namesIn } from './third-parties.js';

function record(feed: FeedName, change: (row: never) => void): OpenedRecord {
  const raw = structuredClone(sampleRows[feed]);
  change(raw as never);
  const parsed = parseRow(feed, raw);
  if (!parsed.ok || parsed.deleted) throw new Error('refused');
  return { id: 'r', agency: 'mansfield', feed, row: parsed.row as never, receivedAt: new Date() };
}

function told(
  from: OpenedRecord,
  field: string,
  caseNames: string[] = [],
  part = from.feed === 'marac-referral' ? 'victim' : 'person',
) {
  const naming = namesIn(from, (other) => other === part, new Set(caseNames.map(plain)));
  return itemsOf(from.feed, from.row as never, { part })
    .filter((item) => item.field === field)
    .map((item) => ({ item, ...naming(item) }))
    .map(({ item, thirdParties, hide, redacted }) => [thirdParties.length, redacted ?? hide(item.value)]);
}

describe('people an item names who are not of the case', () => {
  it('are household members, each a line; the case’s own stay', () => {
    const housing = record('housing', (row: { household: object[] }) =>
      row.household.push({ name: 'Nadia Stranger', dateOfBirth: '1990-01-09', relationship: 'lodger' }),
    );
    expect(told(housing, 'household', ['Minnie Sample'])).toEqual([
      [0, 'Minnie Sample, daughter, born 9 January 2015'],
      [1, '[name removed], lodger'],
    ]);
  });

  it('are found in free text by every name the record knows them by', () => {
    const asb = record(
      'asb',
      (row: { actions: string[] }) => (row.actions = ['Letter to MARK SAMPLE', 'Visit to Mark', 'Marking of the wall']),
    );
    expect(told(asb, 'actions')).toEqual([
      [1, 'Letter to [name removed]'],
      [1, 'Visit to [name removed]'],
      [0, 'Marking of the wall'],
    ]);
    expect(told(asb, 'actions', ['Mark Sample', 'Mark', 'Sample'])[0]).toEqual([0, 'Letter to MARK SAMPLE']);
  });

  it('are the referrer, of whom the office stays', () => {
    expect(
      told(
        record('marac-referral', () => undefined),
        'referrer',
      ),
    ).toEqual([[1, 'IDVA, idva']]);
  });

  it('are nobody in fields that name nobody', () => {
    expect(
      told(
        record('arrears', () => undefined),
        'daysInArrears',
      ),
    ).toEqual([[0, '60']]);
  });
});
