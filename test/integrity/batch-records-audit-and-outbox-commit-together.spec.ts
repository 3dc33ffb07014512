import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aRow, IntakeWorld, type Instance } from '../support/intake.js';

let world: IntakeWorld;
let hub: Instance;

beforeEach(async () => {
  world = await IntakeWorld.fresh();
  hub = world.instance();
});
afterEach(async () => world.end());

const everything = async () => ({
  ...(await world.stored()),
  batches: await world.count('ingest.feed_batch'),
  inbox: await world.count('ingest.inbox'),
  audit: await world.count('audit.entry'),
});

/** What is taken away, and what gives it back. */
const broken: [string, string, string][] = [
  [
    'the audit cannot be written',
    'REVOKE EXECUTE ON FUNCTION audit.append(jsonb) FROM mash_ingest',
    'GRANT EXECUTE ON FUNCTION audit.append(jsonb) TO mash_ingest',
  ],
  [
    'the outbox cannot be written',
    'REVOKE INSERT ON ingest.outbox FROM mash_ingest',
    'GRANT INSERT ON ingest.outbox TO mash_ingest',
  ],
  [
    'the quarantine cannot be written',
    'REVOKE INSERT ON ingest.quarantine FROM mash_ingest',
    'GRANT INSERT ON ingest.quarantine TO mash_ingest',
  ],
  [
    'the vault cannot take the keys',
    'REVOKE EXECUTE ON FUNCTION vault.store_keys(uuid, bytea, int, uuid[], bytea[]) FROM mash_ingest',
    'GRANT EXECUTE ON FUNCTION vault.store_keys(uuid, bytea, int, uuid[], bytea[]) TO mash_ingest',
  ],
];

describe('batch, records, audit and outbox commit together', () => {
  it.each(broken)(
    'when %s nothing at all is stored, the error is raised, and the same message is taken later',
    async (_, take, give) => {
      const message = await world.sealed({ rows: [aRow('A'), '{}'], manifest: { mode: 'full' } });
      const before = await everything();
      await world.query(take);
      await expect(hub.intake.receive('ashfield', message)).rejects.toThrow();
      expect(await everything()).toEqual(before);
      await world.query(give);
      const { receipt } = await hub.intake.receive('ashfield', message);
      expect(await world.draft(receipt)).toMatchObject({ status: 'partly', accepted: 1 });
      expect(await world.count('ingest.record')).toBe(1);
      expect(await world.count('ingest.outbox')).toBe(1);
    },
  );

  it('a refusal that cannot be logged is not answered either', async () => {
    const before = await everything();
    await world.query('REVOKE EXECUTE ON FUNCTION audit.append(jsonb) FROM mash_ingest');
    await expect(hub.intake.receive('ashfield', Buffer.from('nonsense'))).rejects.toThrow();
    expect(await everything()).toEqual(before);
  });

  it('the entry commits to the rows as they were signed', async () => {
    const { rowsRoot } = await import('#ledger');
    const rows = [JSON.stringify(aRow('A')), 'not json \u00e9'];
    await hub.intake.receive('ashfield', await world.sealed({ rows }));
    const [entry] = await world.entries('BatchAccepted');
    expect(entry!.commit.rows).toBe(rowsRoot(rows.map((row) => Buffer.from(row))).toString('hex'));
  });
});
