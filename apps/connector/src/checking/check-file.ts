import { confidentialAddresses, parseRow, type FeedName, type RowError } from '#contracts';
import type { Mapping } from '../reading/columns.js';
import { readRows, type ReadOptions } from '../reading/read-rows.js';
import { dropConfidential } from './drop-confidential.js';

export interface RowProblem {
  line: number;
  recordRef?: string;
  errors: RowError[];
}

/** What a file holds, held against the feed's schema as the hub will. */
export interface CheckedFile {
  rows: number;
  /** rows the hub will take, as lines to send */
  lines: string[];
  /** for each of `lines`: where its row stands in the file (line number as an editor shows it) */
  lineNumbers: number[];
  /** how the file's columns were read; none for NDJSON */
  mapping?: Mapping;
  /** rows the hub would refuse */
  problems: RowProblem[];
  /** identifiers the hub would leave out */
  fieldProblems: RowProblem[];
  confidentialDropped: number;
}

/** The hub does not read longer rows; a batch of them would not even pass the broker. */
const MAX_ROW_CHARS = 256 * 1024;
const TOO_LONG: RowError = { path: '', code: 'too_long', message: 'The row is larger than 256 KiB; it is not sent' };

/** @param keepBad send rows with problems too, so that the hub's receipt speaks of them */
export async function checkFile(
  feed: FeedName,
  file: string,
  options: ReadOptions & { mode?: 'full' | 'delta'; keepBad?: boolean; onRow?: (rows: number) => void } = {},
): Promise<CheckedFile> {
  const checked: CheckedFile = {
    rows: 0,
    lines: [],
    lineNumbers: [],
    problems: [],
    fieldProblems: [],
    confidentialDropped: 0,
  };
  const onMapping: ReadOptions['onMapping'] = (mapping, unknown) => {
    checked.mapping = mapping;
    options.onMapping?.(mapping, unknown);
  };
  for await (const { line, value } of readRows(feed, file, { ...options, onMapping })) {
    checked.rows++;
    options.onRow?.(checked.rows);
    checked.confidentialDropped += dropConfidential(feed, value);
    const text = JSON.stringify(value);
    const result = parseRow(feed, value, { mode: options.mode ?? 'full' });
    const ref = result.recordRef === undefined ? {} : { recordRef: result.recordRef };
    if (text.length > MAX_ROW_CHARS) {
      checked.problems.push({ line, ...ref, errors: [TOO_LONG] });
      continue;
    }
    if (!result.ok) checked.problems.push({ line, ...ref, errors: result.errors });
    else if (result.fieldProblems.length > 0)
      checked.fieldProblems.push({ line, ...ref, errors: result.fieldProblems });
    if (result.ok || (options.keepBad && mayLeave(feed, value, result.errors))) {
      checked.lines.push(text);
      checked.lineNumbers.push(line);
    }
  }
  return checked;
}

/** What could not be cut out of a row keeps the whole row here: a confidential address never leaves, not even to be refused. */
function mayLeave(feed: FeedName, row: unknown, errors: RowError[]): boolean {
  return confidentialAddresses(feed, row).length === 0 && !errors.some(({ code }) => code === 'confidential_address');
}
