import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleRows } from '#contracts';
import { generateAgencyKey } from '#crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { PageVisits } from '../../apps/portal/test/page-visits.js';
import { until } from '../../deploy/demo/waiting.js';
import { startHub, type RunningHub } from '../../deploy/embedded/hub.js';
import { AgencySender } from '../support/agency-sender.js';

// Real: PostgreSQL, Kafka with TLS, every service as its own process, the portal's forms.
let hub: RunningHub;
let state: string;
let owner: pg.Client;
let as: PageVisits;
let ashfield: AgencySender;

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'mash-keys-'));
  hub = await startHub({ state, apps: ['audit', 'ingest', 'portal'] });
  owner = new pg.Client({ connectionString: hub.postgres.url });
  await owner.connect();
  as = new PageVisits(hub.web);
  await as.signIn('admin-1', 'dpo-1');
  ashfield = new AgencySender(hub, 'ashfield');
}, 180_000);
afterAll(async () => {
  await ashfield?.end();
  await owner?.end();
  await hub?.stop();
  rmSync(state, { recursive: true, force: true });
}, 60_000);

type Outcome = { status: string; reason: string | null };
const outcomes = async (submission: string): Promise<Outcome[]> =>
  (
    await owner.query<Outcome>(
      'SELECT status, reason FROM ingest.feed_batch WHERE submission = $1 ORDER BY received_at',
      [submission],
    )
  ).rows;
/** The last refusal of an agency: one whose signer is not known has no submission that could be trusted. */
const refusals = async (agency: string): Promise<string[]> =>
  (
    await owner.query<{ reason: string }>(
      `SELECT reason FROM ingest.feed_batch WHERE agency = $1 AND status = 'rejected' ORDER BY received_at`,
      [agency],
    )
  ).rows.map(({ reason }) => reason);
const row = (recordRef: string) => ({ ...sampleRows.arrears, recordRef });
const revoke = (agency: string, fingerprint: string) =>
  as.send('admin-1', `/agencies/${agency}/keys/${fingerprint}/revoke`, { reason: 'stolen' });

/** A key registered by two people on the portal's pages. */
async function registered(agency: string, more: Record<string, string> = {}) {
  const key = await generateAgencyKey({ agency, name: `Test ${agency}`, date: new Date(Date.now() - 60_000) });
  await as.send('admin-1', `/agencies/${agency}/keys`, { publicKey: key.publicKeyArmored, ...more });
  const { rows } = await owner.query<{ id: string }>(
    `SELECT id FROM portal.key_proposal WHERE agency = $1 AND state = 'open'`,
    [agency],
  );
  const done = await as.send('dpo-1', `/agencies/${agency}/proposals/${rows[0]!.id}/confirm`, {
    fingerprint: key.fingerprint,
  });
  expect(done.status).toBe(303);
  // Signatures are dated to the second, and one dated before the registration does not count.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  return key;
}

describe('keys on the road of a feed', () => {
  it('during a rotation both keys are accepted, and each for what it signed while it counted', async () => {
    const first = hub.agencies.find(({ id }) => id === 'ashfield')!.fingerprint;
    const second = await registered('ashfield', { replaces: first, overlapDays: '30' });
    for (const key of [undefined, second.privateKeyArmored]) {
      const { submission, message } = await ashfield.sealed('arrears', [row(`R-${key ? 'new' : 'old'}`)], key);
      await ashfield.overKafka('arrears', message);
      await until('the batch', async () => (await outcomes(submission)).length === 1, 20);
      expect(await outcomes(submission)).toEqual([{ status: 'accepted', reason: null }]);
    }
    const late = await ashfield.sealed('housing', [{ ...sampleRows.housing, recordRef: 'R-late' }]);
    await owner.query(`UPDATE portal.agency_key SET valid_to = now() - interval '1 minute' WHERE fingerprint = $1`, [
      first,
    ]);
    expect(await ashfield.overHttps(late.message)).toBe(202);
    expect((await refusals('ashfield')).at(-1)).toBe('unknown_signer');
  }, 60_000);

  it('what is signed before or after the revocation, and sent after it, is refused within a second', async () => {
    const gedling = new AgencySender(hub, 'gedling');
    const { fingerprint } = hub.agencies.find(({ id }) => id === 'gedling')!;
    const good = await gedling.sealed('arrears', [row('R-1')]);
    expect(await gedling.overHttps(good.message)).toBe(202);
    expect(await outcomes(good.submission)).toMatchObject([{ status: 'accepted' }]);
    const before = await gedling.sealed('arrears', [row('R-2')]);
    expect((await revoke('gedling', fingerprint)).status).toBe(303);
    const told = Date.now();
    const after = await gedling.sealed('arrears', [row('R-3')]);
    for (const { message } of [before, after]) expect(await gedling.overHttps(message)).toBe(202);
    expect(await refusals('gedling')).toEqual(['unknown_signer', 'unknown_signer']);
    expect(Date.now() - told).toBeLessThan(1_000);
    await gedling.overKafka('arrears', (await gedling.sealed('arrears', [row('R-4')])).message);
    await until('the refusal', async () => (await refusals('gedling')).length === 3, 20);
    expect((await refusals('gedling')).at(-1)).toBe('unknown_signer');
    expect((await owner.query(`SELECT count(*)::int AS n FROM ingest.record WHERE agency = 'gedling'`)).rows[0].n).toBe(
      1,
    );
    await gedling.end();
  }, 60_000);

  it('of a stream of batches none is accepted after the revocation is recorded, also not one that was being opened', async () => {
    const key = await registered('mansfield');
    const mansfield = new AgencySender(hub, 'mansfield');
    const batches: { submission: string; message: Buffer }[] = [];
    for (let number = 0; number < 60; number++)
      batches.push(await mansfield.sealed('arrears', [row(`S-${number}`)], key.privateKeyArmored));
    for (const { message } of batches) await mansfield.overKafka('arrears', message);
    const accepted = async () =>
      (
        await owner.query(
          `SELECT count(*)::int AS n FROM ingest.feed_batch WHERE agency = 'mansfield' AND status = 'accepted'`,
        )
      ).rows[0].n as number;
    await until('the stream has begun', async () => (await accepted()) > 3, 20);
    await revoke('mansfield', key.fingerprint);
    const atRevocation = await accepted();
    await until('all are dealt with', async () => (await accepted()) + (await refusals('mansfield')).length === 60, 40);
    expect(await accepted()).toBe(atRevocation);
    expect(new Set(await refusals('mansfield'))).toEqual(new Set(['unknown_signer']));
    // The audit's own order says the same: no acceptance stands after the revocation.
    const { rows } = await owner.query<{ action: string }>(
      `SELECT entry->>'action' AS action FROM audit.entry WHERE entry->>'action' = 'KeyRevoked' AND entry->'object'->>'id' = $1
         OR (entry->>'action' = 'BatchAccepted' AND entry->'actor'->>'id' = 'mansfield') ORDER BY leaf_index`,
      [key.fingerprint],
    );
    expect(rows.at(-1)).toEqual({ action: 'KeyRevoked' });
    await mansfield.end();
  }, 90_000);
});

describe('agreements on the road of a feed', () => {
  it('a feed is taken until the moment its agreement ends, and refused from then on', async () => {
    const rushcliffe = new AgencySender(hub, 'rushcliffe');
    const send = async (recordRef: string): Promise<Outcome> => {
      const { submission, message } = await rushcliffe.sealed('homelessness', [
        { ...sampleRows.homelessness, recordRef },
      ]);
      expect(await rushcliffe.overHttps(message)).toBe(202);
      return (await outcomes(submission))[0]!;
    };
    const { rows } = await owner.query<{ end: Date }>(
      `UPDATE portal.feed_permission SET valid_to = now() + interval '2 seconds' WHERE agency = 'rushcliffe' AND feed = 'homelessness'
       RETURNING valid_to AS "end"`,
    );
    expect(await send('H-1')).toEqual({ status: 'accepted', reason: null });
    await new Promise((resolve) => setTimeout(resolve, rows[0]!.end.getTime() - Date.now() + 20));
    expect(await send('H-2')).toEqual({ status: 'rejected', reason: 'feed_not_permitted' });
    await rushcliffe.end();
  }, 60_000);

  it('a field the agreement does not name is left out and told by its path; records are kept as long as was agreed', async () => {
    const broxtowe = new AgencySender(hub, 'broxtowe');
    await owner.query(
      `UPDATE portal.feed_permission SET fields = '{balance,person.dateOfBirth}', retention_days = 40 WHERE agency = 'broxtowe' AND feed = 'arrears'`,
    );
    const given = { ...row('F-1'), person: { surname: 'Sample', dateOfBirth: '1990-04-02', nhsNumber: '9434765919' } };
    const { submission, message } = await broxtowe.sealed('arrears', [given]);
    expect(await broxtowe.overHttps(message)).toBe(202);
    expect(await outcomes(submission)).toMatchObject([{ status: 'accepted' }]);
    const { rows } = await owner.query<{ errors: { path: string; code: string }[]; days: number }>(
      `SELECT q.errors, round(extract(epoch FROM r.keep_until - now()) / 86400)::int AS days FROM ingest.feed_batch b
         JOIN ingest.quarantine q ON q.batch_id = b.id JOIN ingest.record r ON r.batch_id = b.id WHERE b.submission = $1`,
      [submission],
    );
    expect(rows[0]!.days).toBe(40);
    const paths = rows[0]!.errors.filter(({ code }) => code === 'field_not_agreed').map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['person.nhsNumber', 'tenancyRef']));
    expect(paths).not.toContain('balance');
    expect(JSON.stringify(rows)).not.toContain('9434765919');
    await broxtowe.end();
  }, 60_000);
});
