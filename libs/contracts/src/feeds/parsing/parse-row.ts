import { z } from 'zod';
import { feedSchemas, type FeedName, type FeedRows } from '../feed.js';
import { recordRef } from '../blocks/values.js';
import { birthsInFuture } from './birth-dates.js';
import { cleanse } from './cleanse.js';
import { confidentialAddresses } from './confidential.js';
import { isIdentifier, leaveOut } from './identifiers.js';
import { disguisedNames } from './lookalikes.js';
import { rowErrors } from './issues.js';
import type { RowError } from './row-error.js';
import { takePersonAsVictim } from './victim-or-person.js';

/** A row taken: identifiers that were bad are left out of it and named in `fieldProblems`. */
export interface TakenRow<F extends FeedName> {
  ok: true;
  deleted: false;
  recordRef: string;
  row: FeedRows[F];
  fieldProblems: RowError[];
}
/** `{"recordRef": …, "deleted": true}` of a delta submission. */
export interface DeletionRow {
  ok: true;
  deleted: true;
  recordRef: string;
  fieldProblems: RowError[];
}
/** A row refused. With code `confidential_address` among the errors nothing of the row may be stored, not even sealed. */
export interface RefusedRow {
  ok: false;
  recordRef?: string;
  errors: RowError[];
}
export type RowResult<F extends FeedName> = TakenRow<F> | DeletionRow | RefusedRow;

export interface RowOptions {
  /** The manifest's mode; default `full`, in which a deletion is refused. */
  mode?: 'full' | 'delta';
  /** The clock births are held against; default now. */
  now?: Date;
}

/** A receipt about a hopeless row need not list every one of its thousand errors. */
const MAX_ERRORS = 50;

const deletionSchema = z.strictObject({ recordRef, deleted: z.literal(true) });

/**
 * One row of a feed, from parsed JSON. A bad identifier (NHS or National Insurance number, UPRN, postcode, telephone,
 * email) costs the field; anything else that is wrong costs the row. Never throws; no message repeats a value.
 */
export function parseRow<F extends FeedName>(feed: F, input: unknown, options: RowOptions = {}): RowResult<F> {
  const { value, errors } = cleanse(input);
  errors.push(...confidentialAddresses(feed, value));
  if (errors.length > 0) return refuse(value, errors);
  if (isDeletion(value)) return deletion(value, options.mode ?? 'full');
  if (feed === 'marac-referral') errors.push(...takePersonAsVictim(value));

  const schema = feedSchemas[feed] as unknown as z.ZodType<FeedRows[F]>;
  let parsed = schema.safeParse(value);
  const fieldProblems: RowError[] = [];
  if (!parsed.success) {
    const found = rowErrors(value, parsed.error.issues);
    if (!found.every((error) => isIdentifier(error.path) && error.code !== 'unknown_field'))
      return refuse(value, [...errors, ...found]);
    leaveOut(value, [...new Set(found.map((error) => error.path))]);
    fieldProblems.push(...found);
    parsed = schema.safeParse(value);
    // Refinements over a whole object run only once its fields are good, so the second look can find more.
    if (!parsed.success) return refuse(value, [...errors, ...rowErrors(value, parsed.error.issues)]);
  }
  errors.push(...disguisedNames(parsed.data), ...birthsInFuture(parsed.data, options.now ?? new Date()));
  if (errors.length > 0) return refuse(value, errors);
  return { ok: true, deleted: false, recordRef: parsed.data.recordRef, row: parsed.data, fieldProblems };
}

/** `deleted: false` is an ordinary row (changed in place: no feed has the field). */
function isDeletion(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('deleted' in value)) return false;
  if (value.deleted !== false) return true;
  delete value.deleted;
  return false;
}

function deletion(value: unknown, mode: 'full' | 'delta'): DeletionRow | RefusedRow {
  const parsed = deletionSchema.safeParse(value);
  if (!parsed.success) return refuse(value, rowErrors(value, parsed.error.issues));
  if (mode === 'full') {
    const message = 'A full submission deletes by leaving rows out; send deletions in a delta submission';
    return refuse(value, [{ path: 'deleted', code: 'deletion_not_allowed', message }]);
  }
  return { ok: true, deleted: true, recordRef: parsed.data.recordRef, fieldProblems: [] };
}

function refuse(value: unknown, errors: RowError[]): RefusedRow {
  const named = recordRef.safeParse((value as { recordRef?: unknown } | null | undefined)?.recordRef);
  return { ok: false, ...(named.success ? { recordRef: named.data } : {}), errors: errors.slice(0, MAX_ERRORS) };
}
