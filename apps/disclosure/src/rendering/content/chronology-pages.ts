import type { ChronologyEvent } from '#contracts';
import { formatPartialDate } from '#person';
import { BODY, heading, table } from '../sheet/blocks.js';
import type { Sheet } from '../sheet/sheet.js';

const DAY_MS = 86_400_000;
/** A silence longer than this is pointed out: a gap may be the learning. */
const GAP_DAYS = 180;

/** The integrated chronology: a band for each year, uncertain dates with their question mark, long silences told. */
export function chronologyPages(
  sheet: Sheet,
  events: readonly ChronologyEvent[],
  names: ReadonlyMap<string, string>,
): void {
  heading(sheet, 'Integrated chronology', 1);
  sheet.y += 4;
  if (events.length === 0) return sheet.paragraph('No agency’s event was shared with you.', BODY);
  const bands = new Map<number, string>();
  events.forEach((event, i) => {
    const year = event.start.slice(0, 4);
    const before = events[i - 1];
    const gap = before ? gapDays(before, event) : 0;
    const silence = gap > GAP_DAYS ? `no event for ${Math.round(gap / 30.4)} months before this` : '';
    if (year !== before?.start.slice(0, 4) || silence) bands.set(i, [year, silence].filter(Boolean).join('  ·  '));
  });
  const rows = events.map((event) => [dateText(event), names.get(event.agency) ?? event.agency, eventText(event)]);
  const columns = [
    { title: 'When', width: 96, bold: true },
    { title: 'Who knew', width: 104 },
    { title: 'What happened', width: 0 },
  ];
  table(sheet, columns, rows, { bands });
}

function gapDays(before: ChronologyEvent, event: ChronologyEvent): number {
  const time = (date: string) => Date.parse(date.padEnd(10, '-01').slice(0, 10));
  const days = (time(event.start) - time(before.end ?? before.start)) / DAY_MS;
  return Number.isFinite(days) ? days : 0;
}

function dateText({ start, startTime, end, endTime, uncertain }: ChronologyEvent): string {
  const from = [formatPartialDate(start), startTime].filter(Boolean).join(' ');
  const to =
    end && end !== start
      ? ` to ${[formatPartialDate(end), endTime].filter(Boolean).join(' ')}`
      : endTime
        ? ` to ${endTime}`
        : '';
  return `${from}${to}${uncertain ? ' ?' : ''}`;
}

function eventText({ event, actionTaken, person, seen, source }: ChronologyEvent): string {
  const yesNo = (value: boolean | undefined) => (value === undefined ? undefined : value ? 'yes' : 'no');
  const saw = [
    ['victim', yesNo(seen?.victim)],
    ['child', yesNo(seen?.child)],
  ].flatMap(([who, value]) => (value ? [`${who}: ${value}`] : []));
  return [
    event,
    actionTaken && `Action taken: ${actionTaken}`,
    [person && `Concerns: ${person}`, saw.length > 0 && `Seen ${saw.join(', ')}`, `Source: ${source}`]
      .filter(Boolean)
      .join(' · '),
  ]
    .filter(Boolean)
    .join('\n');
}
