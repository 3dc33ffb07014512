import { parseRow, type FeedName, type Manifest, type RowError } from '#contracts';
import { withinAgreement } from '#platform';

/** A row taken, with its text as the sender signed it (for the digest in the audit). */
export interface TakenRow {
  row: number;
  recordRef: string;
  value: object;
}

export interface ParsedRows {
  taken: TakenRow[];
  deleted: { row: number; recordRef: string }[];
  /** whole rows refused */
  quarantined: RefusedRow[];
  /** identifiers left out of rows that were otherwise taken */
  fieldsQuarantined: RefusedRow[];
}

export interface RefusedRow {
  row: number;
  recordRef?: string;
  errors: RowError[];
}

/** A line longer than this is no row of a feed; it is not even parsed. */
const MAX_ROW_CHARS = 256 * 1024;

/** Where in a batch a part of its lines begins, and which references the parts before have named. */
export interface PartOfBatch {
  /** lines before this part */
  from: number;
  /** added to as rows are read */
  seen: Set<string>;
}

/**
 * Parses rows of a batch: good ones, deletions, and bad ones with a reason per field. `row` counts from 1 after the manifest.
 * @param lines null for one that is longer than any row
 */
export function parseRows(
  manifest: Pick<Manifest, 'feed' | 'mode'>,
  lines: readonly (string | null)[],
  now = new Date(),
  { from, seen }: PartOfBatch = { from: 0, seen: new Set() },
): ParsedRows {
  const parsed: ParsedRows = { taken: [], deleted: [], quarantined: [], fieldsQuarantined: [] };
  lines.forEach((line, index) => {
    const row = from + index + 1;
    const json = readJson(line);
    if ('error' in json) return parsed.quarantined.push({ row, errors: [json.error] });
    const result = parseRow(manifest.feed as FeedName, json.value, { mode: manifest.mode, now });
    if (!result.ok) {
      const ref = result.recordRef === undefined ? {} : { recordRef: result.recordRef };
      return parsed.quarantined.push({ row, ...ref, errors: result.errors });
    }
    if (seen.has(result.recordRef))
      return parsed.quarantined.push({ row, recordRef: result.recordRef, errors: [doubledRef('batch')] });
    seen.add(result.recordRef);
    if (result.deleted) return parsed.deleted.push({ row, recordRef: result.recordRef });
    if (result.fieldProblems.length > 0)
      parsed.fieldsQuarantined.push({ row, recordRef: result.recordRef, errors: result.fieldProblems });
    return parsed.taken.push({ row, recordRef: result.recordRef, value: result.row });
  });
  return parsed;
}

/** Leaves out of rows taken the fields that the agency's agreement does not name. @param fields null: it names them all */
export function withinFields(feed: FeedName, rows: ParsedRows, fields: ReadonlySet<string> | null): ParsedRows {
  if (fields === null) return rows;
  const problems = new Map(rows.fieldsQuarantined.map((row) => [row.row, row]));
  const taken = rows.taken.map((row) => {
    const { row: value, left } = withinAgreement(feed, row.value, fields);
    if (left.length === 0) return row;
    const before = problems.get(row.row)?.errors ?? [];
    problems.set(row.row, { row: row.row, recordRef: row.recordRef, errors: [...before, ...left] });
    return { ...row, value };
  });
  return { ...rows, taken, fieldsQuarantined: [...problems.values()].sort((a, b) => a.row - b.row) };
}

/** Takes out rows whose reference an earlier batch of the same full submission has named: as within a batch, the first one counts. */
export function withoutDoubled(rows: ParsedRows, isDoubled: (row: TakenRow, index: number) => boolean): ParsedRows {
  const doubled = rows.taken.filter(isDoubled);
  if (doubled.length === 0) return rows;
  const gone = new Set(doubled.map(({ row }) => row));
  const refused = doubled.map(({ row, recordRef }) => ({ row, recordRef, errors: [doubledRef('submission')] }));
  return {
    taken: rows.taken.filter(({ row }) => !gone.has(row)),
    deleted: rows.deleted,
    quarantined: [...rows.quarantined, ...refused].sort((a, b) => a.row - b.row),
    fieldsQuarantined: rows.fieldsQuarantined.filter(({ row }) => !gone.has(row)),
  };
}

/** Errors of a row after which its last good version goes as if the row were missing. */
const ENDING: ReadonlySet<string> = new Set(['confidential_address', 'deletion_not_allowed']);

/**
 * References of refused rows whose last good version stays as it is. Not where the row says that it is gone, nor where it now tells of
 * a confidential address: the version before may hold that very address in clear words.
 */
export function standingRefs(rows: ParsedRows): string[] {
  return rows.quarantined.flatMap(({ recordRef, errors }) =>
    recordRef === undefined || errors.some(({ code }) => ENDING.has(code)) ? [] : [recordRef],
  );
}

/** What was wrong, one entry a row: for the page on which the sender's rows to correct stand. */
export function errorsByRow(rows: ParsedRows): RefusedRow[] {
  return [...rows.quarantined, ...rows.fieldsQuarantined];
}

function doubledRef(within: 'batch' | 'submission'): RowError {
  const message = `Record ref stands twice in this ${within}; only the first row was taken`;
  return { path: 'recordRef', code: 'duplicate_ref', message };
}

function readJson(line: string | null): { value: unknown } | { error: RowError } {
  if (line === null || line.length > MAX_ROW_CHARS)
    return { error: { path: '', code: 'too_long', message: 'The row is larger than 256 KiB' } };
  try {
    return { value: JSON.parse(line) };
  } catch {
    return { error: { path: '', code: 'invalid_json', message: 'The row is not a JSON object' } };
  }
}
