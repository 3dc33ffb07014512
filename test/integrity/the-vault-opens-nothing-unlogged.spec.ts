import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { rowsRoot } from '#ledger';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

let database: FreshDatabase;
const clients = new Map<string, pg.Client>();
const as = async (who: 'owner' | 'ingest' | 'matching' | 'portal' | 'disclosure' | 'audit') => {
  let client = clients.get(who);
  if (!client) {
    client = new pg.Client({ connectionString: who === 'owner' ? database.ownerUrl : database.urlFor(who) });
    await client.connect();
    clients.set(who, client);
  }
  return client;
};
const REQUEST = `SELECT vault.request_opening('{"type":"user","id":"u1"}', 'PersonViewed', $2, NULL, '{"type":"record","id":"r"}', $1) AS ticket`;
const TAKE = 'SELECT * FROM vault.take_keys($1)';
const open = async (who: 'ingest' | 'matching' | 'portal' | 'disclosure', ids: string[], purpose: string) => {
  const client = await as(who);
  const { rows } = await client.query(REQUEST, [ids, purpose]);
  return client.query(TAKE, [rows[0].ticket]);
};
const storeRecord = async () => {
  const [id, batch] = [randomUUID(), randomUUID()];
  const ingest = await as('ingest');
  await ingest.query(`SELECT vault.store_keys($1, '\\x01', 1, ARRAY[$2]::uuid[], ARRAY['\\x02']::bytea[])`, [
    batch,
    id,
  ]);
  await ingest.query(
    `INSERT INTO ingest.record (id, agency, feed, batch_id, submission, ref_token, content_token, body, keep_until) VALUES ($1,'ashfield','arrears',$2,$2,$3,$3,'\\x00', now())`,
    [id, batch, Buffer.from(id)],
  );
  return id;
};
const entries = async () =>
  (await (await as('owner')).query('SELECT entry FROM audit.entry ORDER BY appended_at')).rows.map((r) => r.entry);

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  for (const client of clients.values()) await client.end();
  await database.drop();
});

describe('the vault opens nothing unlogged', () => {
  it('no app role may select a wrapped key', async () => {
    for (const app of ['ingest', 'matching', 'portal', 'disclosure', 'audit'] as const)
      await expect((await as(app)).query('SELECT * FROM vault.wrapped_key')).rejects.toThrow(/permission denied/);
  });

  it('opening returns the key and leaves one audit entry with the digest of what was opened', async () => {
    const id = await storeRecord();
    const before = (await entries()).length;
    const { rows } = await open('matching', [id], 'matching');
    expect(rows).toHaveLength(1);
    const after = await entries();
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)).toMatchObject({
      action: 'PersonViewed',
      purpose: 'matching',
      detail: { service: 'matching' },
      commit: { rows: rowsRoot([Buffer.from(id)]).toString('hex') },
    });
  });

  it('a transaction cannot read a key and then roll its log entry back', async () => {
    const id = await storeRecord();
    const before = (await entries()).length;
    const matching = await as('matching');
    await matching.query('BEGIN');
    const { rows } = await matching.query(REQUEST, [[id], 'matching']);
    await expect(matching.query(TAKE, [rows[0].ticket])).rejects.toThrow(/opening_not_logged/);
    await matching.query('ROLLBACK');
    await expect(matching.query(TAKE, [rows[0].ticket])).rejects.toThrow(/opening_not_logged/);
    expect(await entries()).toHaveLength(before);
  });

  it('the keys of one logged opening are handed out once, and only to the role that asked', async () => {
    const id = await storeRecord();
    const { rows } = await (await as('matching')).query(REQUEST, [[id], 'matching']);
    await expect((await as('portal')).query(TAKE, [rows[0].ticket])).rejects.toThrow(/opening_not_logged/);
    expect((await (await as('matching')).query(TAKE, [rows[0].ticket])).rows).toHaveLength(1);
    await expect((await as('matching')).query(TAKE, [rows[0].ticket])).rejects.toThrow(/opening_not_logged/);
  });

  it('a record that matches no subject stays sealed to portal and disclosure', async () => {
    const id = await storeRecord();
    for (const app of ['portal', 'disclosure'] as const)
      await expect(open(app, [id], 'match-review')).rejects.toThrow(/record_sealed/);
    expect(
      (await (await as('portal')).query('SELECT * FROM portal.visible_record WHERE id = $1', [id])).rows,
    ).toHaveLength(0);
  });

  it('the same record opens once it is proposed as a match, and is sealed again when the match is rejected', async () => {
    const id = await storeRecord();
    const matchId = randomUUID();
    await (
      await as('matching')
    ).query(
      `INSERT INTO matching.match (id, subject_id, record_id, part, agency, feed, role, kind, weight, probability, status, model, evidence)
       VALUES ($1, gen_random_uuid(), $2, 'person', 'ashfield', 'arrears', 'victim', 'record', 9, 0.9, 'proposed', 'm', '{}')`,
      [matchId, id],
    );
    expect((await open('portal', [id], 'match-review')).rows).toHaveLength(1);
    await (await as('matching')).query(`UPDATE matching.match SET status = 'rejected' WHERE id = $1`, [matchId]);
    await expect(open('portal', [id], 'match-review')).rejects.toThrow(/record_sealed/);
  });

  it('a purpose is required', async () => {
    const id = await storeRecord();
    await expect(open('matching', [id], '')).rejects.toThrow(/purpose_required/);
  });

  it('ingest can seal and never open', async () => {
    const id = await storeRecord();
    await expect(open('ingest', [id], 'matching')).rejects.toThrow(/permission denied/);
  });

  it('an erased record can never be opened again, and the erasure is logged', async () => {
    const id = await storeRecord();
    await (
      await as('ingest')
    ).query(`SELECT vault.erase_objects('{"type":"service","id":"ingest"}', 'retention', ARRAY[$1]::uuid[])`, [id]);
    expect((await open('matching', [id], 'matching')).rows).toHaveLength(0);
    expect((await entries()).some((entry) => entry.action === 'RecordErased')).toBe(true);
  });
});

describe('the audit only grows', () => {
  it('nobody, not even the owner, can change, remove or truncate an entry', async () => {
    const owner = await as('owner');
    await expect(owner.query(`UPDATE audit.entry SET entry = '{}'`)).rejects.toThrow(/audit_is_append_only/);
    await expect(owner.query(`DELETE FROM audit.entry`)).rejects.toThrow(/audit_is_append_only/);
    await expect(owner.query(`TRUNCATE audit.entry`)).rejects.toThrow(/audit_is_append_only/);
  });

  it('an incomplete entry is refused, and with it the act', async () => {
    await expect((await as('portal')).query(`SELECT audit.append('{"action":"X"}')`)).rejects.toThrow(
      /audit_entry_incomplete/,
    );
  });

  it.each([0, 1, 2, 3, 5, 8, 13, 64, 100])(
    'the database computes the same root over %i rows as the ledger library',
    async (n) => {
      const leaves = Array.from({ length: n }, (_, i) => Buffer.from(`leaf ${i}`));
      const { rows } = await (await as('owner')).query('SELECT audit.rows_root($1::bytea[]) AS root', [leaves]);
      expect(rows[0].root.toString('hex')).toBe(rowsRoot(leaves).toString('hex'));
    },
  );
});
