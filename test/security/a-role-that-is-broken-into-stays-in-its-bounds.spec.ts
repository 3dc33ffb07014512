import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DatabaseApp } from '../../prisma/roles.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

// Whoever takes over a service can run any SQL as its role. That must not reach further than the service itself may.

let database: FreshDatabase;
let owner: pg.Client;
const clients: pg.Client[] = [];

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  clients.push(client);
  return client;
}
const as = (app: DatabaseApp) => connected(database.urlFor(app));

/** A record that matches nobody, with its key in the vault. */
async function sealedRecord(feed: string): Promise<string> {
  const [id, batch] = [randomUUID(), randomUUID()];
  const ingest = await as('ingest');
  await ingest.query(`SELECT vault.store_keys($1, '\\x01', 1, ARRAY[$2]::uuid[], ARRAY['\\x02']::bytea[])`, [
    batch,
    id,
  ]);
  await ingest.query(
    `INSERT INTO ingest.record (id, agency, feed, batch_id, submission, ref_token, content_token, body, keep_until) VALUES ($1,'ashfield',$2,$3,$3,$4,$4,'\\x00', now())`,
    [id, feed, batch, Buffer.from(id)],
  );
  return id;
}

beforeAll(async () => {
  database = await freshDatabase();
  owner = await connected(database.ownerUrl);
});
afterAll(async () => {
  for (const client of clients) await client.end();
  await database.drop();
});

describe('a role that is broken into stays in its bounds', () => {
  it('a type of its own, under the name of a built-in one, is not used by the functions that run as the owner', async () => {
    for (const [app, call] of [
      ['portal', `vault.store_keys($1::pg_catalog.uuid, '\\x01'::pg_catalog.bytea, 1, '{}', '{}')`],
      ['ingest', `vault.erase_objects('{}', 'x', ARRAY[$1]::pg_catalog.uuid[])`],
      [
        'matching',
        `vault.request_opening('{"type":"user","id":"u"}', 'A', 'p', NULL, '{"type":"t","id":"i"}', ARRAY[$1]::pg_catalog.uuid[])`,
      ],
    ] as const) {
      const client = await as(app);
      await client.query('CREATE TEMP TABLE seen (who pg_catalog.name)');
      await client.query('GRANT ALL ON seen TO PUBLIC');
      await client.query(
        `CREATE FUNCTION pg_temp.spy() RETURNS pg_catalog.bool LANGUAGE plpgsql AS $$ BEGIN INSERT INTO pg_temp.seen VALUES (current_user); RETURN true; END $$`,
      );
      for (const type of ['uuid', 'text', 'bytea', 'jsonb', 'xid8'])
        await client.query(`CREATE DOMAIN pg_temp.${type} AS pg_catalog.${type} CHECK (pg_temp.spy())`);
      await client.query(`SELECT ${call}`, [randomUUID()]).catch(() => undefined);
      const { rows } = await client.query('SELECT DISTINCT who FROM pg_temp.seen');
      expect({ app, ran: rows }).toEqual({ app, ran: [] });
    }
  });

  it('every function looks for types among the built-in ones first, and among temporary ones last', async () => {
    const { rows } = await owner.query(
      `SELECT p.oid::regprocedure::text AS function, p.proconfig FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE n.nspname IN ('audit', 'vault', 'ingest', 'matching', 'portal', 'disclosure')`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(5);
    for (const row of rows) expect(row).toMatchObject({ proconfig: ['search_path=pg_catalog, pg_temp'] });
  });

  it('the portal cannot make a sealed record visible by calling it an answer to a review', async () => {
    const [arrears, history] = [await sealedRecord('arrears'), await sealedRecord('agency-history')];
    const [review, request] = [randomUUID(), randomUUID()];
    const portal = await as('portal');
    await portal.query(`INSERT INTO portal.review (id, number, regime, outcome) VALUES ($1, 'R-1', 'x', 'review')`, [
      review,
    ]);
    await portal.query(
      `INSERT INTO portal.history_request (id, review_id, agency, due_by) VALUES ($1,$2,'ashfield',now())`,
      [request, review],
    );
    for (const id of [arrears, history])
      await portal.query('INSERT INTO portal.history_answer (request_id, record_id) VALUES ($1,$2)', [request, id]);
    const open = (id: string) =>
      portal.query(
        `SELECT vault.request_opening('{"type":"user","id":"u"}', 'PersonViewed', 'dhr', NULL, '{"type":"record","id":"r"}', ARRAY[$1]::uuid[])`,
        [id],
      );
    await expect(open(arrears)).rejects.toThrow('record_sealed');
    expect((await portal.query('SELECT id FROM portal.visible_record')).rows).toEqual([{ id: history }]);
    expect((await open(history)).rowCount).toBe(1);
  });

  it('ingest destroys the keys of records only, never of what was decided and why', async () => {
    const text = randomUUID();
    const portal = await as('portal');
    await portal.query(`SELECT vault.store_keys($1, '\\x01', 1, ARRAY[$2]::uuid[], ARRAY['\\x02']::bytea[])`, [
      randomUUID(),
      text,
    ]);
    const erase = `SELECT vault.erase_objects('{"type":"service","id":"ingest"}', 'retention', ARRAY[$1]::uuid[]) AS gone`;
    const record = await sealedRecord('arrears');
    const ingest = await as('ingest');
    expect((await ingest.query(erase, [text])).rows).toEqual([{ gone: 0 }]);
    expect((await ingest.query(erase, [record])).rows).toEqual([{ gone: 1 }]);
    expect((await owner.query(erase, [text])).rows).toEqual([{ gone: 1 }]);
  });
});
