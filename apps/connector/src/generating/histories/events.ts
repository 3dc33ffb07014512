import { readFileSync } from 'node:fs';
import type { FeedRows } from '#contracts';
import { addDays, dayNumber, fromDayNumber, type IsoDate } from '../dates.js';
import type { Random } from '../random.js';

type HistoryEvent = NonNullable<FeedRows['agency-history']['events']>[number];
type Source =
  | 'police'
  | 'probation'
  | 'health'
  | 'womens-aid'
  | 'idva'
  | 'childrens-services'
  | 'adult-services'
  | 'landlord'
  | 'council';
type Templates = Partial<Record<Source, Partial<Record<About, [event: string, action: string][]>>>>;
type About = 'victim' | 'perpetrator';

const templates = JSON.parse(readFileSync(new URL('./templates.json', import.meta.url), 'utf8')) as Templates;
const FILES: Record<Source, string> = {
  police: 'Incident log',
  probation: 'Case record',
  health: 'Patient record',
  'womens-aid': 'Client record',
  idva: 'Client record',
  'childrens-services': 'Child record',
  'adult-services': 'Enquiry log',
  landlord: 'Housing file',
  council: 'Housing options record',
};

export interface Span {
  from: IsoDate;
  to: IsoDate;
}

/** The events one kind of agency has on its file about one of the two people, by date; empty when it has none. */
export function eventsOf(random: Random, source: Source, about: About, span: Span): HistoryEvent[] {
  const known = templates[source]?.[about] ?? [];
  const days = Math.max(1, dayNumber(span.to) - dayNumber(span.from));
  return known
    .flatMap((template) => (random.chance(0.8) ? [template] : []))
    .map((template) => ({ template, on: addDays(span.from, random.int(0, days - 1)) }))
    .sort((a, b) => dayNumber(a.on) - dayNumber(b.on))
    .map(({ template: [event, actionTaken], on }, i) => ({
      ref: `${source}-${about[0]}${i + 1}`,
      ...whenOf(random, on, source),
      source: FILES[source],
      person: about === 'victim' ? 'the victim' : 'the alleged perpetrator',
      event,
      actionTaken,
      ...(random.chance(0.5) ? { seen: { victim: about === 'victim', child: random.chance(0.2) } } : {}),
      ...(random.chance(0.15) ? { missedOpportunity: true } : {}),
    }));
}

/** Police logs know the minute; other files often only the month, and say so. */
function whenOf(
  random: Random,
  on: IsoDate,
  source: Source,
): Pick<HistoryEvent, 'start' | 'startTime' | 'end' | 'uncertain'> {
  if (source === 'police') {
    return {
      start: on,
      startTime: `${String(random.int(0, 23)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}`,
    };
  }
  if (random.chance(0.2)) return { start: on.slice(0, 7), uncertain: true };
  if (random.chance(0.1)) return { start: on, uncertain: true };
  return random.chance(0.1) ? { start: on, end: fromDayNumber(dayNumber(on) + 1) } : { start: on };
}
