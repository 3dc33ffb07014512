import { HubError, type FeedName } from '#contracts';
import { parse } from 'csv-parse';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { guessMapping, type Mapping } from './columns.js';
import { fileText } from './file-text.js';
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

const mappingSchema = z.record(
  z.string(),
  z
    .string()
    .regex(/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/)
    .refine((path) => !path.split('.').some((part) => part in Object.prototype)),
);

/** A mapping of the data officer's own. @throws HubError `usage` when it is not one */
export async function readMapping(file: string): Promise<Mapping> {
  let text = '';
  for await (const part of fileText(file)) text += part;
  const parsed = mappingSchema.safeParse(jsonOf(text));
  if (!parsed.success)
    throw new HubError('usage', `${file}: a mapping is JSON like {"Surname": "person.surname"}: column name → field.`);
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* readNdjson(file: string): AsyncGenerator<FileRow> {
  let line = 0;
  for await (const text of linesOf(file)) {
    line++;
    if (text.trim() === '') continue;
    const value = jsonOf(text);
    if (value === undefined) throw new HubError('usage', `${file}: line ${line} is not JSON.`);
    yield { line, value };
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const text of fileText(file)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  yield rest;
}

async function* readCsv(feed: FeedName, file: string, options: ReadOptions): AsyncGenerator<FileRow> {
  const source = Readable.from(fileText(file));
  const parser = parse({ bom: true, columns: ownNames, info: true, skip_empty_lines: true });
  // pipe() passes no errors on: without this a file that is not there would end the whole program.
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let mapping: Mapping | null = null;
  try {
    for await (const entry of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>) {
      if (!mapping) {
        const columns = Object.keys(entry.record);
        mapping = options.mapping ?? guessMapping(feed, columns).mapping;
        const used = mapping;
        options.onMapping?.(
          used,
          columns.filter((column) => !Object.hasOwn(used, column)),
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
  } finally {
    source.destroy();
  }
}

/** Column names as the file has them; a second "Telephone" becomes "Telephone 2", so that it does not replace the first. */
function ownNames(header: string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  });
}
