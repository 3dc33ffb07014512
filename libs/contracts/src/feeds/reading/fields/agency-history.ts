import type { AgencyHistoryRow, HistoryEvent } from '../../agency-history.js';
import type { FeedReaders } from '../reader.js';
import { day, named, together, words, yesNo } from '../words.js';

function seenText(seen: HistoryEvent['seen']): string | undefined {
  return seen && together(', ', named('victim', yesNo(seen.victim)), named('child', yesNo(seen.child)));
}

/** "3 November 2026 14:30 ?: what happened. Action taken: …". An uncertain date carries its question mark everywhere. */
function eventText(event: HistoryEvent): string | undefined {
  const start = together(' ', day(event.start), event.startTime);
  const end = together(' ', day(event.end), event.endTime);
  const date = together(' ', together(' to ', start, end), event.uncertain ? '?' : undefined);
  return together(
    '; ',
    `${date}: ${event.event}`,
    named('Concerns', event.person),
    named('Action taken', event.actionTaken),
    named('Seen', seenText(event.seen)),
    named('Source', event.source),
  );
}

/** What someone makes of an event is kept apart from the event (product.md: a fact and an opinion are two things). */
function opinionText(event: HistoryEvent): string | undefined {
  const missed =
    typeof event.missedOpportunity === 'boolean' ? yesNo(event.missedOpportunity) : event.missedOpportunity;
  const said = together('; ', event.comment, named('Missed opportunity', missed));
  return said && `${day(event.start)}: ${said}`;
}

export const agencyHistoryFields: FeedReaders<AgencyHistoryRow> = {
  whole: [
    { field: 'requestRef', label: 'Request', kind: 'ordinary', read: (r) => r.requestRef },
    { field: 'known', label: 'Known to the agency', kind: 'ordinary', read: (r) => words(r.known) },
    { field: 'events', label: 'Event', kind: 'ordinary', namesThirdParty: true, read: (r) => r.events?.map(eventText) },
    {
      field: 'events.comment',
      label: "Agency's comment",
      kind: 'ordinary',
      namesThirdParty: true,
      read: (r) => r.events?.map(opinionText),
    },
    {
      field: 'recordsSecured',
      label: 'Records secured',
      kind: 'ordinary',
      read: (r) => (typeof r.recordsSecured === 'boolean' ? yesNo(r.recordsSecured) : day(r.recordsSecured)),
    },
    { field: 'imrNeeded', label: 'IMR needed', kind: 'ordinary', read: (r) => yesNo(r.imrNeeded) },
    { field: 'lastContact', label: 'Last contact', kind: 'ordinary', read: (r) => day(r.lastContact) },
  ],
};
