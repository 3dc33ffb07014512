import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { sampleRows } from '#contracts';
import { RecordOpener } from '#crypto';
import { Database, openObjects } from '#platform';
import { IntakeWorld } from '../support/intake.js';

let world: IntakeWorld;
const databases: Database[] = [];
const as = (app: 'matching' | 'portal' | 'disclosure') => {
  const database = new Database(world.database.urlFor(app));
  databases.push(database);
  return database;
};

beforeAll(async () => {
  world = await IntakeWorld.fresh();
  const { intake } = world.instance();
  for (const feed of ['housing', 'arrears', 'asb', 'homelessness', 'agency-history'] as const)
    await intake.receive('ashfield', await world.sealed({ feed, rows: [sampleRows[feed]] }));
});
afterAll(async () => {
  for (const database of databases) await database.client.$disconnect();
  await world.end();
});

/** Every text of a row that is long enough to be told from chance, as it stands and as ingest would write it. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 5 ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
const records = () => world.query<{ id: string; body: Buffer }>('SELECT id, body FROM ingest.record');
const reading = {
  actor: { type: 'user', id: 'u-1' },
  action: 'PersonViewed',
  purpose: 'match-review',
  object: { type: 'record', id: 'r' },
} as const;

describe('records are sealed to everyone without a subject', () => {
  it('nothing of a row stands in clear in any table of the database', async () => {
    const texts = [...new Set(Object.values(sampleRows).flatMap(textsIn))].filter(
      (text) => !/^[a-z-]+$|^\d{4}-\d\d/.test(text),
    );
    expect(texts.length).toBeGreaterThan(30);
    const tables = await world.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('ingest','audit','vault','matching','disclosure')`,
    );
    for (const { name } of tables)
      for (const row of await world.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`))
        for (const text of texts) {
          expect(row.text).not.toContain(text);
          expect(row.text).not.toContain(Buffer.from(text).toString('hex'));
        }
  });

  it('a row stored twice does not look alike', async () => {
    const bodies = (await records()).map(({ body }) => body.toString('hex'));
    const { intake } = world.instance();
    await intake.receive('gedling', await world.sealed({ agency: 'gedling', rows: [sampleRows.arrears] }));
    const tokens = await world.query(`SELECT ref_token, content_token, body FROM ingest.record WHERE feed = 'arrears'`);
    expect(tokens).toHaveLength(2);
    for (const column of ['ref_token', 'content_token', 'body'])
      expect(tokens[0]![column]).not.toEqual(tokens[1]![column]);
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  it.each(['portal', 'disclosure'] as const)('%s is refused, though it holds the key', async (app) => {
    const opener = new RecordOpener(await world.keys.recordPrivateKeys());
    const objects = (await records()).map(({ id, body }) => ({ table: 'ingest.record', column: 'body', id, body }));
    await expect(openObjects(as(app), opener, reading, objects)).rejects.toThrow(/record_sealed/);
    expect(await world.entries('PersonViewed')).toHaveLength(0);
  });

  it('matching opens it, in the form all agreed on, and leaves an entry', async () => {
    const opener = new RecordOpener(await world.keys.recordPrivateKeys());
    const [housing] = await world.query<{ id: string; body: Buffer }>(
      `SELECT id, body FROM ingest.record WHERE feed = 'housing'`,
    );
    const compared = { ...reading, action: 'RecordsCompared', purpose: 'matching' };
    const opened = await openObjects(as('matching'), opener, compared, [
      { table: 'ingest.record', column: 'body', ...housing! },
    ]);
    expect(JSON.parse(opened.get(housing!.id)!.toString())).toMatchObject({
      agency: 'ashfield',
      feed: 'housing',
      row: { recordRef: 'H-1001', tenancyRef: 'T-1' },
    });
    expect(await world.entries('RecordsCompared')).toHaveLength(1);
  });

  it('ingest, which sealed it, cannot open it: neither key nor right', async () => {
    const ingest = new pg.Client({ connectionString: world.database.urlFor('ingest') });
    await ingest.connect();
    await expect(ingest.query('SELECT * FROM vault.wrapped_key')).rejects.toThrow(/permission denied/);
    await ingest.end();
  });
});
