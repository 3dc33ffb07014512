import { HubError, type FeedName } from '#contracts';
import { parse } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { guessMapping, type Mapping } from './columns.js';
import { unflatten } from './flat-row.js';

/** A row of the file: where it stands (line numbers as an editor shows them) and what it says. */
export interface FileRow {
  line: number;
  value: unknown;
}

export interface ReadOptions {
  mapping?: Mapping;
  /** told once the header is known */
  onMapping?: (mapping: Mapping, unknown: string[]) => void;
}

/** Rows of a CSV or NDJSON file, streamed. @throws HubError `usage` for another kind of file or a broken one, with its line */
export async function* readRows(feed: FeedName, file: string, options: ReadOptions = {}): AsyncGenerator<FileRow> {
  if (/\.(ndjson|jsonl)$/i.test(file)) return yield* readNdjson(file);
  if (/\.csv$/i.test(file)) return yield* readCsv(feed, file, options);
  throw new HubError('usage', `${file}: give a .csv or .ndjson file.`);
}

export async function readMapping(file: string): Promise<Mapping> {
  return JSON.parse(await readFile(file, 'utf8')) as Mapping;
}

async function* readNdjson(file: string): AsyncGenerator<FileRow> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line++;
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line === 1 ? text.replace(/^\uFEFF/, '') : text);
    } catch {
      throw new HubError('usage', `${file}: line ${line} is not JSON.`);
    }
    yield { line, value };
  }
}

async function* readCsv(feed: FeedName, file: string, options: ReadOptions): AsyncGenerator<FileRow> {
  const parser = createReadStream(file).pipe(parse({ bom: true, columns: true, info: true, skip_empty_lines: true }));
  let mapping: Mapping | null = null;
  try {
    for await (const entry of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>) {
      if (!mapping) {
        const columns = Object.keys(entry.record);
        const guessed = guessMapping(feed, columns);
        mapping = options.mapping ?? guessed.mapping;
        options.onMapping?.(
          mapping,
          columns.filter((column) => !(column in mapping!)),
        );
      }
      yield { line: entry.info.lines, value: unflatten(entry.record, mapping) };
    }
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number };
    if (typeof code === 'string' && code.startsWith('CSV_'))
      throw new HubError(
        'usage',
        `${file}: line ${lines ?? '?'} is not a line of this table (${code.toLowerCase().replace('csv_', '').replaceAll('_', ' ')}).`,
      );
    throw error;
  }
}
