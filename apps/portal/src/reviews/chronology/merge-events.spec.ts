import { describe, expect, it } from '@jest/globals';
import type { AgencyHistoryRow, HistoryEvent } from '#contracts';
import { lanesSvg } from './lanes-svg.js';
import { mergeEvents, type OpenedAnswer } from './merge-events.js';

const event = (ref: string, start: string, rest: Partial<HistoryEvent> = {}): HistoryEvent => ({
  ref,
  start,
  source: 'File',
  event: `What happened, ${ref}`,
  ...rest,
});
const answer = (agency: string, ...events: HistoryEvent[]): OpenedAnswer => ({
  agency,
  recordId: agency,
  receivedAt: new Date('2026-11-01'),
  row: { recordRef: agency, requestRef: 'r', known: 'yes', events } as AgencyHistoryRow,
});
const scope = { from: null, to: null };
const refs = (entries: ReturnType<typeof mergeEvents>) =>
  entries.map((entry) => (entry.kind === 'gap' ? `gap ${entry.days}` : entry.ref));

describe('the integrated chronology', () => {
  it('puts every agency’s events in one order and keeps where each is from', () => {
    const entries = mergeEvents(
      [
        answer('police', event('p2', '2026-03-04'), event('p1', '2026-03-01')),
        answer('gedling', event('g1', '2026-03-02')),
      ],
      scope,
    );
    expect(entries.map((entry) => entry.kind === 'event' && [entry.ref, entry.agency])).toEqual([
      ['p1', 'police'],
      ['g1', 'gedling'],
      ['p2', 'police'],
    ]);
  });

  it('puts a day without a time before its times, and a month before its days', () => {
    const day = answer(
      'a',
      event('late', '2026-03-01', { startTime: '23:10' }),
      event('early', '2026-03-01', { startTime: '07:05' }),
      event('day', '2026-03-01'),
    );
    expect(refs(mergeEvents([day, answer('b', event('month', '2026-03'))], scope))).toEqual([
      'month',
      'day',
      'early',
      'late',
    ]);
  });

  it('marks what is uncertain, by the agency’s word or because the day is not known', () => {
    const entries = mergeEvents(
      [
        answer(
          'a',
          event('said', '2026-03-01', { uncertain: true }),
          event('month', '2026-04'),
          event('sure', '2026-05-01'),
        ),
      ],
      scope,
    );
    expect(entries.map((entry) => entry.kind === 'event' && entry.uncertain)).toEqual([true, true, false]);
  });

  it('shows a gap of more than 90 days, and none of exactly 90', () => {
    expect(refs(mergeEvents([answer('a', event('x', '2026-01-01'), event('y', '2026-04-02'))], scope))).toEqual([
      'x',
      'y',
    ]);
    expect(refs(mergeEvents([answer('a', event('x', '2026-01-01'), event('y', '2026-04-03'))], scope))).toEqual([
      'x',
      'gap 91',
      'y',
    ]);
  });

  it('an event that lasted, or is known to the month only, covers its whole span', () => {
    const lasted = answer(
      'a',
      event('x', '2026-01-01', { end: '2026-06-01' }),
      event('y', '2026-02-01'),
      event('z', '2026-08-01'),
    );
    expect(refs(mergeEvents([lasted], scope))).toEqual(['x', 'y', 'z']);
    expect(refs(mergeEvents([answer('a', event('x', '2026'), event('z', '2027-02-01'))], scope))).toEqual(['x', 'z']);
  });

  it('keeps what an agency makes of an event apart from the event', () => {
    const [entry] = mergeEvents(
      [answer('a', event('x', '2026-01-01', { comment: 'Nobody asked', missedOpportunity: true }))],
      scope,
    );
    expect(entry).toMatchObject({
      event: 'What happened, x',
      opinion: { comment: 'Nobody asked', missedOpportunity: 'Yes' },
    });
  });

  it('says where two agencies tell of the same day, and what lies outside the time looked at', () => {
    const entries = mergeEvents([answer('a', event('x', '2020-01-01')), answer('b', event('y', '2020-01-01'))], {
      from: '2021-01-01',
      to: null,
    });
    expect(entries).toMatchObject([
      { ref: 'x', alsoToldBy: ['b'], outOfScope: true },
      { ref: 'y', alsoToldBy: ['a'], outOfScope: true },
    ]);
  });

  it('is drawn without a word of what happened', () => {
    const entries = mergeEvents(
      [answer('police', event('secret', '2026-01-01')), answer('gedling', event('hidden', '2026-09-01'))],
      scope,
    );
    const svg = lanesSvg({ entries, number: 'R-2026-001' });
    expect(svg).toContain('Gedling');
    expect(svg).toContain('url(#lanes-gap)');
    expect(svg).not.toMatch(/What happened|secret|style=/);
    expect(lanesSvg({ entries: [], number: 'R-2026-001' })).toBe('');
  });
});
