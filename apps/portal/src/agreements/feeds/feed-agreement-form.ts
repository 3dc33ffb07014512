import { FEEDS, type FeedName } from '#contracts';
import { agreeableFields } from '#platform';
import { z } from 'zod';
import { agencyId, listOf } from '../../cases/case-forms.js';
import { instantsOf } from '../../consent/feed-instant.js';

const DAY_MS = 24 * 3600 * 1000;

export const agencyAndFeed = z.object({ agency: agencyId, feed: z.enum(FEEDS) });

const days = z.coerce
  .number('Give the days as a number')
  .int('Give whole days')
  .min(1, 'Keep records for at least 1 day')
  .max(3660, 'Keep records for at most 3,660 days (10 years)');

/** What the form of a new agreement takes; dates as instants, a start at the day's beginning, an end at the beginning of the day after. */
export const feedAgreementForm = agencyAndFeed
  .extend({
    retentionDays: z.preprocess((given) => (given === '' ? undefined : given), days),
    fields: listOf(z.string()),
    start: z.date('Give the day it starts'),
    end: z.date('Give the last day it runs').nullable(),
    review: z.date('Give the day it is to be looked at again'),
  })
  .superRefine((form, check) => {
    const problem = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message });
    if (form.start.getTime() < Date.now() - DAY_MS) problem('start', 'It cannot start in the past');
    if (form.end && form.end <= form.start) problem('end', 'The last day cannot be before the first');
    if (form.review <= form.start) problem('review', 'It is looked at again after it has started');
    if (form.end && form.review > form.end) problem('review', 'Look at it again before it ends');
    const known = new Set(agreeableFields(form.feed).map(({ name }) => name));
    if (form.fields.some((name) => !known.has(name))) problem('fields', 'Choose among the feed’s own fields');
  });
export type FeedAgreementForm = z.infer<typeof feedAgreementForm>;

/** The three dates of the form as typed; undefined where they are no day, null for an end that was left empty. */
export function datesOf(body: Record<string, unknown>): { start?: Date; end?: Date | null; review?: Date } {
  const [start, end, review] = ['start', 'end', 'review'].map((name) => dayOf(body, name));
  const none = ['day', 'month', 'year'].every((part) => String(body[`end-${part}`] ?? '').trim() === '');
  return {
    ...(start ? { start } : {}),
    ...(none ? { end: null } : end ? { end: new Date(end.getTime() + DAY_MS) } : {}),
    ...(review ? { review } : {}),
  };
}

/** The fields to be kept in the agreement: null when all of them are ticked, so that a field the feed gets later is agreed too. */
export function agreedFields(feed: FeedName, ticked: readonly string[]): string[] | null {
  const all = agreeableFields(feed);
  const agreed = all.filter(({ name, always }) => always || ticked.includes(name)).map(({ name }) => name);
  return agreed.length === all.length ? null : agreed;
}

/** The beginning of a day in British time; null for a day that does not exist. */
function dayOf(body: Record<string, unknown>, name: string): Date | null {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => String(body[`${name}-${part}`] ?? '').trim());
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const utc = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(utc.getTime()) || utc.toISOString().slice(0, 10) !== date) return null;
  return instantsOf(`${date}T00:00`).first;
}
