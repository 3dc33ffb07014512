import { z } from 'zod';
import { FEEDS, type FeedName } from '../../feed.js';
import type { DayOrder } from './dates.js';
import { nearest } from './nearest.js';
import { targetOf, targetsOf } from './targets.js';

const MAX_COLUMNS = 1000;
const columnName = z.string().max(500);
const place = z.string().min(1).max(200);
const dayOrder = z.enum(['day-first', 'month-first']);

/** A saved mapping (docs/sending-feeds.md, "The mapping file"). Also taken: the bare columns, `{"Surname": "person.surname"}`. */
export const mappingSchema = z.strictObject({
  format: z.literal('mash.mapping/1'),
  feed: z.string().optional().meta({ description: 'The feed it was made for' }),
  columns: z
    .record(columnName, z.union([place, z.array(place).min(1).max(5), z.null()]))
    .refine((columns) => Object.keys(columns).length <= MAX_COLUMNS)
    .meta({ description: 'Heading in the file → place in the row, several places, or null: not sent' }),
  dates: z
    .union([dayOrder, z.record(columnName, dayOrder)])
    .optional()
    .meta({ description: 'Which number of 01/02/2026 is the day: for all columns, or by heading' }),
  codes: z
    .record(columnName, z.record(z.string().max(100), z.string().max(100)))
    .optional()
    .meta({ description: "By heading: the agency's own code → the feed's value" }),
  fixed: z
    .record(place, z.string().max(300))
    .optional()
    .meta({ description: 'Place → what every row says there, where no column does' }),
  sheet: z.string().max(100).optional().meta({ description: 'Which sheet of a workbook' }),
  headings: z.int().min(1).max(1000).optional().meta({ description: 'The line the headings stand on' }),
});

/** How the columns of a file become places of a row. */
export interface FeedMapping {
  /** Heading → places; an empty list is left out on purpose. */
  columns: Record<string, string[]>;
  dates?: DayOrder | Record<string, DayOrder> | undefined;
  codes?: Record<string, Record<string, string>> | undefined;
  fixed?: Record<string, string> | undefined;
  sheet?: string | undefined;
  headings?: number | undefined;
}

export type ReadMapping = { ok: true; mapping: FeedMapping } | { ok: false; problems: string[] };

const SHAPE =
  'a mapping is JSON like {"format": "mash.mapping/1", "columns": {"Surname": "person.surname", "Officer": null}}';

/** A mapping from parsed JSON. Every unknown place is told once, with the places it may mean; without a feed only the shape is looked at. */
export function parseMapping(feed: FeedName | undefined, json: unknown): ReadMapping {
  const bare = z.record(columnName, z.union([place, z.array(place).min(1).max(5), z.null()])).safeParse(json);
  const whole = typeof json === 'object' && json !== null && 'format' in json;
  const parsed = mappingSchema.safeParse(
    whole ? json : { format: 'mash.mapping/1', columns: bare.success ? bare.data : null },
  );
  if (!parsed.success) return { ok: false, problems: whole ? parsed.error.issues.map(issueWords) : [SHAPE] };
  const { columns, dates, codes, fixed, sheet, headings } = parsed.data;
  if (feed !== undefined && parsed.data.feed !== undefined && parsed.data.feed !== feed)
    return { ok: false, problems: [`it was made for the feed ${parsed.data.feed.slice(0, 40)}, not ${feed}`] };
  const lists: Record<string, string[]> = Object.fromEntries(
    Object.entries(columns).map(([column, to]) => [column, to === null ? [] : typeof to === 'string' ? [to] : to]),
  );
  const places = [...Object.values(lists).flat(), ...Object.keys(fixed ?? {})];
  const unknown = unknownPlaces(feed, places);
  const problems = unknown.length > 0 ? unknown : doubled(lists);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, mapping: { columns: lists, dates, codes, fixed, sheet, headings } };
}

/** A mapping as it is saved: readable, editable, and read back as the same. */
export function writeMapping(feed: FeedName, mapping: FeedMapping): string {
  const { columns, dates, codes, fixed, sheet, headings } = mapping;
  const saved = {
    format: 'mash.mapping/1',
    feed,
    columns: Object.fromEntries(
      Object.entries(columns).map(([column, to]) => [column, to.length === 0 ? null : to.length === 1 ? to[0] : to]),
    ),
    dates,
    codes,
    fixed,
    sheet,
    headings,
  };
  return `${JSON.stringify(saved, null, 2)}\n`;
}

function issueWords(issue: z.core.$ZodIssue): string {
  const at = issue.path.slice(0, 1).join('.');
  if (issue.code === 'unrecognized_keys')
    return `it has a part nobody knows: ${issue.keys.map((key) => key.slice(0, 40)).join(', ')}`;
  return at === '' ? SHAPE : `its part "${at}" is not as it should be: ${SHAPE}`;
}

function unknownPlaces(feed: FeedName | undefined, places: string[]): string[] {
  const feeds = feed === undefined ? FEEDS : [feed];
  return [...new Set(places)]
    .filter((path) => !feeds.some((one) => targetOf(one, path)))
    .map((path) => {
      const near = nearest(
        path,
        [...targetsOf(feeds[0]!).keys()].map((name) => name.replaceAll('#', '0')),
      );
      const shown = `"${path.slice(0, 60)}" is no field of ${feed ?? 'any feed'}`;
      return near.length > 0 ? `${shown}; did you mean ${near.join(', ')}?` : shown;
    });
}

/** Forenames and lines of words may come from two columns (first and middle name); anything else from one. */
const JOINED = /(?:^|\.)forenames$/;

function doubled(columns: Record<string, string[]>): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const path of Object.values(columns).flat()) (seen.has(path) && !JOINED.test(path) ? twice : seen).add(path);
  return [...twice].map((path) => `two columns fill "${path}": give one of them another place, or null`);
}
