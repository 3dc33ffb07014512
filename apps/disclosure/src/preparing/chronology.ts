import type { ChronologyEvent } from '#contracts';
import type { DecidedItem } from '../deciding/decide-pack.js';

/**
 * The integrated chronology: every agency's released events in the order of their dates, each with its source. An event known only to
 * the month or year stands before those of a day in it; at the same moment, agencies stand in the order of their ids.
 */
export function chronologyOf(items: readonly DecidedItem[]): ChronologyEvent[] {
  const events = items.flatMap((decided) => {
    const event = decided.decision.outcome !== 'withhold' && decided.item.event;
    return event ? [toEvent(decided, event)] : [];
  });
  return events.sort(byMoment);
}

function toEvent({ item, decision }: DecidedItem, event: NonNullable<DecidedItem['item']['event']>): ChronologyEvent {
  const redacted = decision.outcome === 'redact';
  const text = (value: string) => (redacted ? item.hide(value) : value);
  const { start, startTime, end, endTime, uncertain, seen } = event;
  return {
    id: `${item.recordId.slice(0, 8)}-${event.ref}`.slice(0, 64),
    start,
    ...(startTime ? { startTime } : {}),
    ...(end ? { end } : {}),
    ...(endTime ? { endTime } : {}),
    ...(uncertain ? { uncertain } : {}),
    agency: item.source,
    source: text(event.source),
    ...(event.person ? { person: text(event.person) } : {}),
    event: text(event.event),
    ...(event.actionTaken ? { actionTaken: text(event.actionTaken) } : {}),
    ...(seen ? { seen } : {}),
    outcome: redacted ? 'redact' : 'release',
    basis: decision.basis!,
    rule: decision.rule,
  };
}

function byMoment(a: ChronologyEvent, b: ChronologyEvent): number {
  const moment = ({ start, startTime }: ChronologyEvent) => `${start} ${startTime ?? ''}`;
  return moment(a).localeCompare(moment(b)) || a.agency.localeCompare(b.agency) || a.id.localeCompare(b.id);
}
