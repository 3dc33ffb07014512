import { parseRow, type FeedName, type Manifest, type RowError } from '#contracts';

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

/** Parses a batch's rows: good ones, deletions, and bad ones with a reason per field. `row` counts from 1 after the manifest. */
export function parseRows(manifest: Manifest, lines: readonly string[], now = new Date()): ParsedRows {
  const parsed: ParsedRows = { taken: [], deleted: [], quarantined: [], fieldsQuarantined: [] };
  const seen = new Set<string>();
  lines.forEach((line, index) => {
    const row = index + 1;
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

function doubledRef(within: 'batch' | 'submission'): RowError {
  const message = `Record ref stands twice in this ${within}; only the first row was taken`;
  return { path: 'recordRef', code: 'duplicate_ref', message };
}

function readJson(line: string): { value: unknown } | { error: RowError } {
  if (line.length > MAX_ROW_CHARS)
    return { error: { path: '', code: 'too_long', message: 'The row is larger than 256 KiB' } };
  try {
    return { value: JSON.parse(line) };
  } catch {
    return { error: { path: '', code: 'invalid_json', message: 'The row is not a JSON object' } };
  }
}
