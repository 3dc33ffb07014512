import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { Needles } from './needles.js';

/** Occurrences of person data in clear, where none may be. */
export interface Canaries {
  kafka: number;
  postgres: number;
  logs: number;
}

/**
 * Looks through every byte of Kafka's log segments, of a dump of every table, and of every log file.
 * @param county the agencies' own files, where person data stands in clear: the search is tried there first
 */
export async function searchForCanaries(
  state: string,
  county: string,
  databaseUrl: string,
  needles: Needles,
): Promise<Canaries> {
  // Searching the agencies' own files must find something, or finding nothing elsewhere would mean nothing.
  if ((await searchFiles(county, needles, (name) => name.endsWith('.csv'))) === 0)
    throw new Error('The search for person data finds nothing even where it is.');
  const kafka = await searchFiles(join(state, 'kafka'), needles, (name) => /\.log$/.test(name));
  const logs = await searchFiles(join(state, 'logs'), needles, () => true);
  return { kafka, postgres: await searchDatabase(databaseUrl, needles), logs };
}

async function searchFiles(folder: string, needles: Needles, wanted: (name: string) => boolean): Promise<number> {
  let found = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !wanted(entry.name)) continue;
    let rest = Buffer.alloc(0);
    for await (const chunk of createReadStream(join(entry.parentPath, entry.name), {
      highWaterMark: 4 * 1024 * 1024,
    }) as AsyncIterable<Buffer>) {
      const piece = Buffer.concat([rest, chunk]);
      found += needles.countIn(piece, rest.length);
      rest = piece.subarray(Math.max(0, piece.length - needles.longest));
    }
  }
  return found;
}

/** Every column of every table: text as it is, bytes as they are. */
async function searchDatabase(url: string, needles: Needles): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    let found = 0;
    for (const { name } of tables) found += await searchTable(client, name, needles);
    return found;
  } finally {
    await client.end();
  }
}

async function searchTable(client: pg.Client, table: string, needles: Needles): Promise<number> {
  let found = 0;
  await client.query('BEGIN');
  await client.query(`DECLARE dump NO SCROLL CURSOR FOR SELECT * FROM ${table}`);
  for (;;) {
    const { rows } = await client.query<Record<string, unknown>>('FETCH 5000 FROM dump');
    if (rows.length === 0) break;
    const bytes = rows.flatMap((row) =>
      Object.values(row).flatMap((value) => {
        if (value === null || value === undefined) return [];
        if (Buffer.isBuffer(value)) return [value, SEPARATOR];
        return [Buffer.from(typeof value === 'object' ? JSON.stringify(value) : String(value)), SEPARATOR];
      }),
    );
    found += needles.countIn(Buffer.concat(bytes), 0);
  }
  await client.query('COMMIT');
  return found;
}

const SEPARATOR = Buffer.from('\n');
