import { confidentialAddresses, parseRow, type FeedName, type RowError } from '#contracts';
import type { OpenedFile } from '../reading/read-rows.js';
import { dropConfidential } from './drop-confidential.js';
import { SeenReferences } from './quality.js';

/** A row held against the feed's schema as the hub will. */
export interface CheckedRow {
  /** counts from 1, as a receipt does in a file of one batch */
  row: number;
  line: number;
  recordRef?: string;
  /** `accepted` · `quarantined`: it may be sent, the hub's receipt will name it · `kept-back`: it may not leave */
  verdict: 'accepted' | 'quarantined' | 'kept-back';
  /** why it is not accepted */
  errors: RowError[];
  /** fields the hub would leave out of an accepted row, or that were left out here */
  fieldErrors: RowError[];
  confidentialDropped: number;
  noDates: number;
  /** the row as the hub reads it, where it is accepted and no deletion */
  parsed?: object;
  /** as it is sent; absent where it is kept back */
  text?: string;
}

/** The hub does not read longer rows; a batch of them would not even pass the broker. */
const MAX_ROW_BYTES = 256 * 1024;
const TOO_LONG: RowError = { path: '', code: 'too_long', message: 'The row is larger than 256 KiB; it is not sent' };
const DUPLICATE: RowError = {
  path: 'recordRef',
  code: 'duplicate_ref',
  message: 'Record reference stands in an earlier row of this file already',
};

/** Every row of a file, checked; one at a time, nothing is kept. */
export async function* checkRows(
  feed: FeedName,
  opened: OpenedFile,
  options: { mode?: 'full' | 'delta'; now?: Date } = {},
): AsyncGenerator<CheckedRow> {
  const seen = new SeenReferences();
  const now = options.now ?? new Date();
  let row = 0;
  for await (const { line, value, problems, noDates } of opened.rows()) {
    row++;
    const place = { row, line, noDates };
    if (value === undefined) {
      yield { ...place, verdict: 'kept-back', errors: problems, fieldErrors: [], confidentialDropped: 0 };
      continue;
    }
    const { result, confidentialDropped } = parseWithoutConfidential(feed, value, {
      mode: options.mode ?? 'full',
      now,
    });
    const text = JSON.stringify(value);
    const ref = result.recordRef === undefined ? {} : { recordRef: result.recordRef };
    const again = result.recordRef !== undefined && seen.again(result.recordRef);
    const told = { ...place, ...ref, confidentialDropped };
    if (text.length * 3 > MAX_ROW_BYTES && Buffer.byteLength(text) > MAX_ROW_BYTES)
      yield { ...told, verdict: 'kept-back', errors: [TOO_LONG], fieldErrors: [] };
    else if (!result.ok)
      yield {
        ...told,
        ...(mayLeave(feed, value, result.errors) ? { verdict: 'quarantined', text } : { verdict: 'kept-back' }),
        ...apart(result.errors, problems),
      };
    else if (again) yield { ...told, verdict: 'quarantined', text, errors: [DUPLICATE], fieldErrors: [] };
    else
      yield {
        ...told,
        verdict: 'accepted',
        text,
        errors: [],
        fieldErrors: inOurWords(result.fieldProblems, problems),
        ...(result.deleted ? {} : { parsed: result.row }),
      };
  }
}

/** parseRow looks for confidential addresses itself; only where it finds one is the row (in place) cut and read again. */
function parseWithoutConfidential(feed: FeedName, value: unknown, options: { mode: 'full' | 'delta'; now: Date }) {
  const result = parseRow(feed, value, options);
  if (result.ok || !result.errors.some(({ code }) => code === 'confidential_address'))
    return { result, confidentialDropped: 0 };
  const confidentialDropped = dropConfidential(feed, value);
  return { result: parseRow(feed, value, options), confidentialDropped };
}

/** What is known about a cell says more than what the schema finds at the same place. */
function inOurWords(found: RowError[], ours: RowError[]): RowError[] {
  if (ours.length === 0) return found;
  return [...ours, ...found.filter(({ path }) => !ours.some((own) => own.path === path))];
}

/** Bad identifiers, and cells a spreadsheet spoilt: they cost the field, not the row. */
const COSTS_THE_FIELD =
  /^(?:invalid_(?:nhs_number|ni_number|uprn|postcode|phone|email)|spreadsheet_error|digits_lost|turned_to_date)$/;

/** Why a row is refused, apart from what else is wrong with it. */
function apart(found: RowError[], ours: RowError[]): { errors: RowError[]; fieldErrors: RowError[] } {
  const reasons = new Set(found.filter(({ code }) => !COSTS_THE_FIELD.test(code)).map(({ path }) => path));
  const all = inOurWords(found, ours);
  const isReason = ({ path, code }: RowError) => reasons.has(path) || !COSTS_THE_FIELD.test(code);
  return { errors: all.filter(isReason), fieldErrors: all.filter((error) => !isReason(error)) };
}

/** What could not be cut out of a row keeps the whole row here: a confidential address never leaves, not even to be refused. */
function mayLeave(feed: FeedName, row: unknown, errors: RowError[]): boolean {
  return confidentialAddresses(feed, row).length === 0 && !errors.some(({ code }) => code === 'confidential_address');
}
