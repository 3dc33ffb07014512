import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cell, csvLine } from '../writing/csv.js';
import { generateRecords, type PersonRecords, type RecordsOptions } from './generate-records.js';
import { RECORD_COLUMNS, type RecordRow } from './record.js';
import { SortedLines } from './sorted-lines.js';

export interface RecordsSummary {
  seed: number;
  seenOften: boolean;
  records: number;
  people: number;
  /** Of whom some record is in the file. */
  households: number;
  twins: number;
  /** Rows that are not the first of their person. */
  repeats: number;
  /** Lines of `records_links.csv`. */
  pairs: number;
}

/**
 * Writes `records.csv` (rows shuffled) and `records_links.csv` (`id_l,id_r`, every true pair once) into a folder.
 * Both get their names only when they are whole.
 */
export async function writeRecords(
  options: RecordsOptions,
  dir: string,
  onProgress: (rows: number) => void = () => undefined,
): Promise<RecordsSummary> {
  const { records, seed, seenOften = false } = options;
  const summary = { seed, seenOften, records, people: 0, households: 0, twins: 0, repeats: 0, pairs: 0 };
  await mkdir(dir, { recursive: true });
  const rows = new SortedLines(dir);
  const links = new SortedLines(dir);
  const paths = { rows: join(dir, 'records.csv'), links: join(dir, 'records_links.csv') };
  try {
    let household = -1;
    let told = 0;
    for (const seen of generateRecords(options)) {
      for (const row of seen.rows) rows.add(numberOf(row.id), lineOf(row));
      for (const [left, right] of truePairs(seen)) {
        links.add(numberOf(left), `${left},${right}\n`);
        summary.pairs++;
      }
      summary.people++;
      summary.repeats += seen.rows.length - 1;
      if (seen.twin) summary.twins++;
      if (seen.household !== household) summary.households++;
      household = seen.household;
      const done = summary.people + summary.repeats;
      if (done - told < 5000) continue;
      onProgress((told = done));
      // Nothing else here waits, and a bar, an interrupt or a timer has to have its turn.
      await new Promise(setImmediate);
    }
    await rows.writeTo(`${paths.rows}.part`, csvLine(RECORD_COLUMNS));
    await links.writeTo(`${paths.links}.part`, 'id_l,id_r\n');
    await rename(`${paths.rows}.part`, paths.rows);
    await rename(`${paths.links}.part`, paths.links);
  } finally {
    rows.remove();
    links.remove();
    for (const path of Object.values(paths)) await rm(`${path}.part`, { force: true });
  }
  onProgress(records);
  return summary;
}

/** Every two of a person's rows, the lower id first. */
export function* truePairs({ rows }: Pick<PersonRecords, 'rows'>): Generator<[string, string]> {
  const ids = rows.map((row) => row.id).sort();
  for (let i = 0; i < ids.length; i++) {
    for (let j = i + 1; j < ids.length; j++) yield [ids[i] as string, ids[j] as string];
  }
}

function lineOf(row: RecordRow): string {
  let line = row.id;
  for (let i = 1; i < RECORD_COLUMNS.length; i++) line += `,${cell(row[RECORD_COLUMNS[i] as keyof RecordRow])}`;
  return `${line}\n`;
}

function numberOf(id: string): number {
  return Number(id.slice(1));
}
