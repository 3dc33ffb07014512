import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { parseEntry } from '#ledger';
import { ALog, until } from '../../test/a-log.js';

let log: ALog;
beforeEach(async () => {
  log = await ALog.fresh();
});
afterEach(async () => {
  await log.end();
});

/** Appends about `count` entries in transactions of random length, of which about one in four is rolled back. */
async function appendAtRandom(count: number, seed: number): Promise<string[]> {
  const transactions = fc.sample(
    fc.record({ entries: fc.integer({ min: 1, max: 12 }), kept: fc.integer({ min: 0, max: 3 }) }),
    { seed, numRuns: Math.ceil(count / 6.5) },
  );
  const ids = await Promise.all(
    transactions.map(({ entries, kept }) => log.append(entries, kept ? 'COMMIT' : 'ROLLBACK')),
  );
  return ids.flat();
}

const placed = async () =>
  (await log.owner.query<{ id: string; i: string }>('SELECT id, leaf_index AS i FROM audit.entry ORDER BY leaf_index'))
    .rows;

/** Takes the database session from whoever holds the sequencer's lock, as a crash or a broken network would. */
async function killLeader(afterMs: number): Promise<void> {
  const leaders = `FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  await until(async () => (await log.owner.query(`SELECT 1 ${leaders}`)).rowCount === 1);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  expect((await log.owner.query(`SELECT pg_terminate_backend(pid, 5000) ${leaders}`)).rowCount).toBe(1);
}

describe('the sequencer', () => {
  it('seals every committed entry exactly once, and nothing that was rolled back', async () => {
    await log.sequencer().start();
    const ids = [...(await appendAtRandom(800, 1)), ...(await appendAtRandom(800, 2))];
    expect(ids.length).toBeGreaterThanOrEqual(1_000);
    await log.published(ids.length);
    const rows = await placed();
    expect(rows.map((row) => Number(row.i))).toEqual(ids.map((_, at) => at));
    expect(rows.map((row) => row.id).sort()).toEqual(ids.sort());
    expect(await log.verify()).toMatchObject({ ok: true, size: ids.length });
  });

  it('signs the empty log, so that there is a checkpoint from the first moment', async () => {
    await log.sequencer().start();
    expect(await log.verify()).toMatchObject({ ok: true, size: 0 });
  });

  it('seals within a second of the commit, and tells who listens once it can be proved', async () => {
    await log.sequencer().start();
    const listener = new pg.Client({ connectionString: log.database.urlFor('portal') });
    await listener.connect();
    try {
      await listener.query('LISTEN audit_sealed');
      const told = new Promise<string | undefined>((resolve) => listener.on('notification', (n) => resolve(n.payload)));
      const start = Date.now();
      await log.append(1);
      expect(await told).toBe('1');
      expect(Date.now() - start).toBeLessThan(1_000);
      expect(await log.verify()).toMatchObject({ ok: true, size: 1 });
    } finally {
      await listener.end();
    }
  });

  it('one works and the other stands by, and takes over when the first ends', async () => {
    const [first, second] = [log.sequencer(), log.sequencer()];
    await first.start();
    await second.start();
    await log.append(5);
    await log.published(5);
    await first.stop();
    await log.append(5);
    await log.published(10);
    expect(await log.verify()).toMatchObject({ ok: true, size: 10 });
    expect(log.fatal).toEqual([]);
  });

  it('loses and doubles nothing when its session is killed again and again under load', async () => {
    await log.sequencer().start();
    await log.sequencer().start();
    let kept = 0;
    for (let round = 0; round < 8; round++) {
      const appending = appendAtRandom(200, 10 + round);
      await killLeader(17 * round);
      kept += (await appending).length;
    }
    await log.published(kept);
    expect((await placed()).map((row) => Number(row.i))).toEqual(Array.from({ length: kept }, (_, at) => at));
    expect(await log.verify()).toMatchObject({ ok: true, size: kept });
    expect(log.fatal).toEqual([]);
  });

  it('an older checkpoint, put back by one that lost its lock while writing, does not stay', async () => {
    await log.sequencer().start();
    const older = (await log.folder.read('checkpoint'))!;
    await log.append(3);
    await log.published(3);
    await log.folder.write([{ path: 'checkpoint', bytes: older }]);
    await log.published(3);
    expect(await log.verify()).toMatchObject({ ok: true, size: 3 });
  });

  it('an entry that cannot be sealed as it is holds nobody up, and a stand-in with its digest is in the log', async () => {
    const act = {
      actor: { type: 'user', id: 'u' },
      object: { type: 'x', id: 'x' },
      outcome: 'o',
      action: 'not a name',
    };
    await log.portal.query('SELECT audit.append($1)', [JSON.stringify(act)]);
    await log.portal.query('SELECT audit.append($1)', [
      JSON.stringify({ ...act, action: 'Seen', detail: { x: 'x'.repeat(300_000) } }),
    ]);
    await log.append(1);
    await log.sequencer().start();
    await log.published(3);
    const { rows } = await log.owner.query<{ id: string; leaf: Buffer; digest: string }>(
      `SELECT id, leaf, encode(sha256(convert_to(entry::text, 'UTF8')), 'hex') AS digest FROM audit.entry ORDER BY leaf_index`,
    );
    const leaves = rows.map((row) => parseEntry(row.leaf));
    expect(leaves.map((leaf) => leaf.action)).toEqual(['EntryUnreadable', 'EntryUnreadable', 'PersonViewed']);
    for (const at of [0, 1]) {
      expect(leaves[at]).toMatchObject({
        object: { type: 'audit-entry', id: rows[at]?.id },
        commit: { entry: rows[at]?.digest },
      });
    }
    expect(await log.verify()).toMatchObject({ ok: true, size: 3 });
  });

  it('entries appended before it starts are sealed in as many rounds as it takes', async () => {
    await log.owner
      .query(`INSERT INTO audit.entry (entry) SELECT jsonb_build_object('v', 1, 'at', '2026-11-01T02:00:00Z',
      'actor', jsonb_build_object('type', 'user', 'id', 'u'), 'action', 'Seen', 'object', jsonb_build_object('type', 'n', 'id', i::text),
      'outcome', 'shown') FROM generate_series(1, 4500) AS i`);
    await log.sequencer().start();
    await log.published(4_500);
    expect(await log.verify()).toMatchObject({ ok: true, size: 4_500 });
    await until(async () => (await log.unsealed()) === 0);
    // Partial tiles of tiles that are full by now are not kept.
    expect(
      (await log.folder.tileFiles()).filter((path) => /^tile\/(0|entries)\/.*\.p\//.test(path)).length,
    ).toBeLessThan(6);
  });
});
