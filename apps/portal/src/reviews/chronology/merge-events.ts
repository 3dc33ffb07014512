import type { AgencyHistoryRow, HistoryEvent } from '#contracts';
import { daysOf, isoDay } from './event-dates.js';

/** One agency's answer about one person, opened. */
export interface OpenedAnswer {
  agency: string;
  recordId: string;
  receivedAt: Date;
  row: AgencyHistoryRow;
}

/** What an agency says happened, kept as it was told; what it makes of it stands apart, in `opinion`. */
export interface MergedEvent {
  kind: 'event';
  agency: string;
  recordId: string;
  ref: string;
  start: string;
  startTime: string | null;
  end: string | null;
  endTime: string | null;
  /** the agency says so, or the day is not known */
  uncertain: boolean;
  /** where the agency has it from */
  source: string;
  person: string | null;
  event: string;
  actionTaken: string | null;
  seen: { victim?: boolean | undefined; child?: boolean | undefined } | null;
  opinion: { comment: string | null; missedOpportunity: string | null } | null;
  /** before or after the time the review looks at */
  outOfScope: boolean;
  /** other agencies with an event on the same day: compare what they say */
  alsoToldBy: string[];
  /** days since 1970, for drawing */
  first: number;
  last: number;
}

/** A stretch with no event of any agency. */
export interface Gap {
  kind: 'gap';
  /** the day after the last event before it, and the day before the next one */
  from: string;
  to: string;
  days: number;
}

export interface Scope {
  from: string | null;
  to: string | null;
}

/** Longer than this without any event is shown: three months is what reviews ask about. */
export const GAP_DAYS = 90;

/** All agencies' events in the order they happened, with the gaps between them. Nothing is merged away: two accounts stay two. */
export function mergeEvents(answers: readonly OpenedAnswer[], scope: Scope): (MergedEvent | Gap)[] {
  const events = answers.flatMap((answer) => (answer.row.events ?? []).map((event) => merged(answer, event, scope)));
  events.sort(inOrder);
  for (const event of events) event.alsoToldBy = tellers(event, events);
  return withGaps(events);
}

function merged({ agency, recordId }: OpenedAnswer, event: HistoryEvent, scope: Scope): MergedEvent {
  const start = daysOf(event.start);
  const end = event.end ? daysOf(event.end) : start;
  const missed = event.missedOpportunity;
  const missedOpportunity = missed === true ? 'Yes' : missed === false ? 'No' : (missed ?? null);
  return {
    kind: 'event',
    agency,
    recordId,
    ref: event.ref,
    start: event.start,
    startTime: event.startTime ?? null,
    end: event.end ?? null,
    endTime: event.endTime ?? null,
    uncertain: event.uncertain === true || event.start.length < 10,
    source: event.source,
    person: event.person ?? null,
    event: event.event,
    actionTaken: event.actionTaken ?? null,
    seen: event.seen ?? null,
    opinion: event.comment || missedOpportunity ? { comment: event.comment ?? null, missedOpportunity } : null,
    outOfScope:
      (scope.from !== null && end.last < daysOf(scope.from).first) ||
      (scope.to !== null && start.first > daysOf(scope.to).last),
    alsoToldBy: [],
    first: start.first,
    last: Math.max(end.last, start.last),
  };
}

/** By the first day it may have been; a day without a time before its times; the less exact before the exact. */
function inOrder(a: MergedEvent, b: MergedEvent): number {
  return (
    a.first - b.first ||
    a.start.length - b.start.length ||
    (a.startTime ?? '').localeCompare(b.startTime ?? '') ||
    a.agency.localeCompare(b.agency) ||
    a.ref.localeCompare(b.ref)
  );
}

function tellers(event: MergedEvent, events: readonly MergedEvent[]): string[] {
  if (event.start.length < 10) return [];
  return [
    ...new Set(
      events
        .filter((other) => other.start === event.start && other.agency !== event.agency)
        .map((other) => other.agency),
    ),
  ];
}

function withGaps(events: readonly MergedEvent[]): (MergedEvent | Gap)[] {
  const entries: (MergedEvent | Gap)[] = [];
  let until = -Infinity;
  for (const event of events) {
    const days = event.first - until - 1;
    if (Number.isFinite(days) && days > GAP_DAYS)
      entries.push({ kind: 'gap', from: isoDay(until + 1), to: isoDay(event.first - 1), days });
    entries.push(event);
    until = Math.max(until, event.last);
  }
  return entries;
}
