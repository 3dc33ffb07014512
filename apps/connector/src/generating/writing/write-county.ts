import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyCounty, type CountyPart, type CountySummary } from '../county.js';
import { addSummary } from '../summary.js';
import { COUNCILS } from '../people/places.js';
import { COLUMNS } from './columns.js';
import { csvHeader, csvLine, csvRow } from './csv.js';
import { OpenFiles } from './open-files.js';

export interface WriteProgress {
  people: number;
  rows: number;
}

export interface WriteOptions {
  /** Called after every thousand rows or so. */
  onProgress?: (done: WriteProgress) => void;
}

const AGENCIES = [...COUNCILS, 'trent-homes', 'womens-aid', 'police', 'health', 'idva'];

/**
 * Writes a county, or its parts as they are made, into a folder: `<agency>/<feed>.csv` (flat) and `.ndjson` (the rows),
 * `truth.csv`, `people.csv`, `histories.ndjson`, `county.json`. Files of an earlier county there are replaced.
 */
export async function writeCounty(
  county: CountyPart | Iterable<CountyPart>,
  dir: string,
  { onProgress }: WriteOptions = {},
): Promise<CountySummary> {
  const parts = Symbol.iterator in county ? county : [county];
  await removeEarlier(dir);
  const files = new OpenFiles(dir);
  const done: WriteProgress = { people: 0, rows: 0 };
  let summary: CountySummary | undefined;
  try {
    await files.add('truth.csv', '', 'agency,feed,recordRef,personId,part\n');
    await files.add('people.csv', '', 'personId,tradition,household,role\n');
    await files.add('histories.ndjson', '');
    for (const part of parts) {
      summary ??= emptyCounty({ people: 1, seed: part.summary.seed, asOf: part.summary.asOf }).summary;
      addSummary(summary, part.summary);
      await writeRows(files, part, done, onProgress);
      await writeTruth(files, part);
      done.people += part.people.length;
      onProgress?.({ ...done });
    }
    if (!summary) throw new RangeError('a county needs at least one part');
    await files.add('county.json', `${JSON.stringify(summary, null, 2)}\n`);
  } finally {
    await files.close();
  }
  return summary;
}

async function writeRows(
  files: OpenFiles,
  part: CountyPart,
  done: WriteProgress,
  onProgress: WriteOptions['onProgress'],
): Promise<void> {
  for (const { agency, feed, rows } of part.feeds) {
    for (const row of rows) {
      await files.add(`${agency}/${feed}.csv`, csvRow(feed, row), csvHeader(feed));
      await files.add(`${agency}/${feed}.ndjson`, `${JSON.stringify(row)}\n`);
      if (++done.rows % 1000 === 0) onProgress?.({ ...done });
    }
  }
}

async function writeTruth(files: OpenFiles, { truth, people, reviews }: CountyPart): Promise<void> {
  for (const line of truth) {
    await files.add('truth.csv', csvLine([line.agency, line.feed, line.recordRef, line.personId, line.part]));
  }
  for (const person of people) {
    await files.add('people.csv', csvLine([person.personId, person.tradition, person.household, person.role]));
  }
  for (const { id, died, district, answers } of reviews) {
    for (const answer of answers) {
      await files.add('histories.ndjson', `${JSON.stringify({ review: id, died, district, ...answer })}\n`);
    }
  }
}

/** Only files this command itself makes, so that no agency keeps rows of a county that is gone. */
async function removeEarlier(dir: string): Promise<void> {
  for (const agency of AGENCIES) {
    for (const feed of Object.keys(COLUMNS)) {
      for (const kind of ['csv', 'ndjson']) await rm(join(dir, agency, `${feed}.${kind}`), { force: true });
    }
  }
}
