import { agencyById } from '#contracts';
import type { ChronologyView } from './chronology.js';
import { daysOf, isoDay } from './event-dates.js';
import type { Gap, MergedEvent } from './merge-events.js';

const WIDTH = 960;
const LABEL = 210;
const RIGHT = 14;
const TOP = 34;
const LANE = 34;

/**
 * The chronology drawn: one lane an agency, a mark an event, hollow with `?` where the date is uncertain, a bar where it lasted, hatched
 * bands where nobody knew of anything. Only agencies and dates stand in it, no words of an event.
 * @returns SVG text; empty without events
 */
export function lanesSvg(view: Pick<ChronologyView, 'entries' | 'number'>): string {
  const events = view.entries.filter((entry) => entry.kind === 'event');
  if (events.length === 0) return '';
  const agencies = [...new Set(events.map(({ agency }) => agency))].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  const scale = scaleOf(events);
  const height = TOP + agencies.length * LANE + 10;
  const gaps = view.entries.filter((entry) => entry.kind === 'gap');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="lanes-title lanes-desc">`,
    `<title id="lanes-title">Timeline of review ${escape(view.number)}</title>`,
    `<desc id="lanes-desc">${events.length} events of ${agencies.length} agencies, ${gaps.length} gaps. The table below says the same in words.</desc>`,
    '<defs><pattern id="lanes-gap" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" stroke="#8a8d8f" stroke-width="1.4"/></pattern></defs>',
    ...gaps.map((gap) => gapBand(gap, scale, height)),
    ...axis(scale, height),
    ...agencies.map((agency, lane) => laneLine(agency, lane)),
    ...events.map((event) => mark(event, agencies.indexOf(event.agency), scale)),
    '</svg>',
  ].join('\n');
}

type Scale = { x(day: number): number; first: number; last: number };

function scaleOf(events: readonly MergedEvent[]): Scale {
  const first = Math.min(...events.map((event) => event.first));
  const last = Math.max(...events.map((event) => event.last));
  const margin = Math.max(5, (last - first) * 0.02);
  const [from, to] = [first - margin, last + margin];
  return { first, last, x: (day) => LABEL + ((day - from) / (to - from)) * (WIDTH - LABEL - RIGHT) };
}

/** Years; months where the whole is under two years. */
function axis(scale: Scale, height: number): string[] {
  const step = scale.last - scale.first > 730 ? 12 : scale.last - scale.first > 200 ? 3 : 1;
  const marks: string[] = [];
  const start = isoDay(scale.first);
  let [year, month] = [Number(start.slice(0, 4)), step === 12 ? 1 : Number(start.slice(5, 7))];
  let lastLabel = -Infinity;
  for (let guard = 0; guard < 400; guard++) {
    const day = daysOf(`${year}-${String(month).padStart(2, '0')}-01`).first;
    if (day > scale.last) break;
    const x = Math.round(scale.x(day));
    if (x >= LABEL && x < WIDTH - 30) {
      marks.push(`<path d="M${x} ${TOP - 8}V${height - 6}" stroke="#cecece"/>`);
      if (x - lastLabel > 64) {
        const text = step === 12 ? String(year) : `${MONTHS[month - 1]} ${year}`;
        marks.push(`<text x="${x}" y="${TOP - 14}" font-size="14" fill="#484949">${text}</text>`);
        lastLabel = x;
      }
    }
    month += step;
    while (month > 12) [month, year] = [month - 12, year + 1];
  }
  return marks;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function gapBand(gap: Gap, scale: Scale, height: number): string {
  const [from, to] = [scale.x(daysOf(gap.from).first), scale.x(daysOf(gap.to).first)];
  return `<rect x="${from.toFixed(1)}" y="${TOP - 4}" width="${Math.max(1, to - from).toFixed(1)}" height="${height - TOP - 4}" fill="url(#lanes-gap)" fill-opacity="0.6"/>`;
}

function laneLine(agency: string, lane: number): string {
  const y = TOP + lane * LANE + LANE / 2;
  return `<text x="0" y="${y + 5}" font-size="15" fill="#0b0c0c">${escape(short(nameOf(agency)))}</text><path d="M${LABEL - 8} ${y}H${WIDTH - RIGHT}" stroke="#8a8d8f"/>`;
}

function mark(event: MergedEvent, lane: number, scale: Scale): string {
  const y = TOP + lane * LANE + LANE / 2;
  const [from, to] = [scale.x(event.first), scale.x(event.last)];
  const colour = event.outOfScope ? '#767778' : '#1d3a5f';
  const bar =
    to - from > 8
      ? `<rect x="${from.toFixed(1)}" y="${y - 4}" width="${(to - from).toFixed(1)}" height="8" rx="4" fill="${colour}" fill-opacity="0.3"/>`
      : '';
  const fill = event.uncertain ? '#ffffff' : colour;
  const dot = `<circle cx="${from.toFixed(1)}" cy="${y}" r="7.5" fill="${fill}" stroke="${colour}" stroke-width="2"/>`;
  const doubt = event.uncertain
    ? `<text x="${from.toFixed(1)}" y="${y + 4.5}" font-size="12" font-weight="700" text-anchor="middle" fill="${colour}">?</text>`
    : '';
  return bar + dot + doubt;
}

function nameOf(agency: string): string {
  return agencyById(agency)?.name ?? agency;
}

function short(name: string): string {
  return name.replace(/ (District|Borough|City) Council$/, '').replace(/^Newark and Sherwood$/, 'Newark & Sherwood');
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
}
