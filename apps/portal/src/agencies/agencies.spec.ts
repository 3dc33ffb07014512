import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fingerprintForReadOut, generateAgencyKey } from '#crypto';
import { metrics } from '#platform';
import pg from 'pg';
import { noticeOf, PageVisits, problemsOf } from '../../test/page-visits.js';
import { runningPortal, type RunningPortal } from '../../test/running-portal.js';
import { ExpiryWatch } from './warning/expiry-watch.js';

const DAY_MS = 86_400_000;

let portal: RunningPortal;
let owner: pg.Client;
let as: PageVisits;

beforeAll(async () => {
  portal = await runningPortal();
  owner = new pg.Client({ connectionString: portal.database.ownerUrl });
  await owner.connect();
  as = new PageVisits(portal.web);
  await as.signIn('admin-1', 'dpo-1', 'officer-ashfield', 'officer-gedling', 'analyst-1', 'auditor-1');
}, 60_000);
afterAll(async () => {
  await owner?.end();
  await portal?.stop();
});

const made = (agency: string, options: { expiresInDays?: number } = {}) =>
  generateAgencyKey({ agency, name: `Test ${agency}`, date: new Date(Date.now() - 60_000), ...options });
const entries = async (action: string, object?: string) =>
  (
    await owner.query<{ entry: Record<string, unknown> }>(
      `SELECT entry FROM audit.entry WHERE entry->>'action' = $1 AND ($2::text IS NULL OR entry->'object'->>'id' = $2) ORDER BY appended_at`,
      [action, object ?? null],
    )
  ).rows.map(({ entry }) => entry);
const proposal = async (fingerprint: string) =>
  (
    await owner.query<{ id: string; state: string; wrong_tries: number }>(
      'SELECT id, state, wrong_tries FROM portal.key_proposal WHERE fingerprint = $1 ORDER BY proposed_at DESC LIMIT 1',
      [fingerprint],
    )
  ).rows[0]!;
const registered = async (fingerprint: string) =>
  (await owner.query('SELECT * FROM portal.agency_key WHERE fingerprint = $1', [fingerprint])).rows[0];

/** Handed in by the administrator. @returns the proposal's address */
async function handedIn(agency: string, publicKey: string, more: Record<string, string> = {}): Promise<string> {
  const { status } = await as.send('admin-1', `/agencies/${agency}/keys`, { publicKey, ...more });
  expect(status).toBe(303);
  const { rows } = await owner.query<{ id: string }>(
    'SELECT id FROM portal.key_proposal WHERE agency = $1 ORDER BY proposed_at DESC LIMIT 1',
    [agency],
  );
  return `/agencies/${agency}/proposals/${rows[0]!.id}`;
}

async function registeredBy2(agency: string, options: { expiresInDays?: number } = {}, more = {}) {
  const key = await made(agency, options);
  const at = await handedIn(agency, key.publicKeyArmored, more);
  const done = await as.send('dpo-1', `${at}/confirm`, { fingerprint: key.fingerprint });
  expect(done.status).toBe(303);
  return key;
}

describe('registering a key', () => {
  it('takes one person to hand it in and another to enter what the agency reads out', async () => {
    const key = await made('ashfield');
    const at = await handedIn('ashfield', key.publicKeyArmored);
    expect(await registered(key.fingerprint)).toBeUndefined();
    const heard = fingerprintForReadOut(key.fingerprint).toLowerCase();
    const done = await as.send('dpo-1', `${at}/confirm`, { fingerprint: `  ${heard} ` });
    expect(done).toMatchObject({ status: 303, location: '/agencies/ashfield' });
    const page = await as.get('dpo-1', '/agencies/ashfield');
    expect(noticeOf(page.text)).toContain('The key is registered');
    expect(page.text).toContain(fingerprintForReadOut(key.fingerprint));
    expect(await registered(key.fingerprint)).toMatchObject({
      agency: 'ashfield',
      registered_by: ['admin-1', 'dpo-1'],
    });
    expect(await entries('KeyRegistered', key.fingerprint)).toMatchObject([
      { actor: { id: 'dpo-1' }, detail: { agency: 'ashfield', handedInBy: 'admin-1' } },
    ]);
  });

  it('cannot be done by one person', async () => {
    const key = await made('mansfield');
    const at = await handedIn('mansfield', key.publicKeyArmored);
    expect((await as.get('admin-1', at)).text).toContain('somebody else must call');
    expect((await as.send('admin-1', `${at}/confirm`, { fingerprint: key.fingerprint })).status).toBe(403);
    expect(await registered(key.fingerprint)).toBeUndefined();
  });

  it('shows the fingerprint to nobody before it is entered, on no page and in no audit entry', async () => {
    const key = await made('broxtowe');
    const at = await handedIn('broxtowe', key.publicKeyArmored);
    const shapes = [
      key.fingerprint,
      fingerprintForReadOut(key.fingerprint),
      key.fingerprint.slice(-16),
      key.fingerprint.slice(0, 12),
    ];
    for (const [who, path] of [
      ['dpo-1', at],
      ['dpo-1', '/agencies/broxtowe'],
      ['dpo-1', '/agencies'],
      ['dpo-1', '/audit'],
      ['admin-1', '/agencies/broxtowe'],
      ['auditor-1', '/audit'],
    ] as const) {
      const { status, text } = await as.get(who, path);
      expect(status).toBe(200);
      for (const shape of shapes) expect(text.toUpperCase()).not.toContain(shape);
      expect(text).not.toContain('BEGIN PGP');
    }
    await as.send('dpo-1', `${at}/confirm`, { fingerprint: 'A'.repeat(40) });
    const { rows } = await owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit.entry WHERE entry::text ILIKE '%' || $1 || '%'`,
      [key.fingerprint],
    );
    expect(rows[0]!.n).toBe(0);
  });

  it('is closed after three wrong fingerprints, and the right one comes too late', async () => {
    const key = await made('bassetlaw');
    const at = await handedIn('bassetlaw', key.publicKeyArmored);
    const wrong = key.fingerprint.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const first = await as.send('dpo-1', `${at}/confirm`, { fingerprint: wrong });
    expect(first.status).toBe(400);
    expect(problemsOf(first.text)[0]).toContain('2 tries are left');
    expect(problemsOf((await as.send('dpo-1', `${at}/confirm`, { fingerprint: wrong })).text)[0]).toContain(
      'One try is left',
    );
    expect((await as.send('dpo-1', `${at}/confirm`, { fingerprint: wrong })).status).toBe(303);
    expect(noticeOf((await as.get('dpo-1', '/agencies/bassetlaw')).text)).toContain('The proposal is closed');
    expect((await as.send('dpo-1', `${at}/confirm`, { fingerprint: key.fingerprint })).status).toBe(409);
    expect(await registered(key.fingerprint)).toBeUndefined();
    const { id, state } = await proposal(key.fingerprint);
    expect(state).toBe('wrong_fingerprint');
    expect(await entries('KeyFingerprintRefused', id)).toHaveLength(3);
    expect(await entries('KeyProposalClosed', id)).toMatchObject([
      { outcome: 'wrong_fingerprint', actor: { id: 'dpo-1' } },
    ]);
  });

  it('does not count a slip of form as a try', async () => {
    const key = await made('rushcliffe');
    const at = await handedIn('rushcliffe', key.publicKeyArmored);
    for (const fingerprint of ['', key.fingerprint.slice(1), 'O'.repeat(40)])
      expect((await as.send('dpo-1', `${at}/confirm`, { fingerprint })).status).toBe(400);
    expect((await proposal(key.fingerprint)).wrong_tries).toBe(0);
    expect((await as.send('dpo-1', `${at}/confirm`, { fingerprint: key.fingerprint })).status).toBe(303);
  });

  it('lets an agency’s officer hand in a key for the own agency only, and confirm none', async () => {
    const key = await made('gedling');
    const form = { publicKey: key.publicKeyArmored };
    expect((await as.send('officer-gedling', '/agencies/gedling/keys', form)).status).toBe(303);
    expect((await as.send('officer-gedling', '/agencies/ashfield/keys', form)).status).toBe(404);
    const { id } = await proposal(key.fingerprint);
    const at = `/agencies/gedling/proposals/${id}`;
    expect((await as.send('officer-gedling', `${at}/confirm`, { fingerprint: key.fingerprint })).status).toBe(403);
    expect((await as.get('officer-gedling', '/agencies/ashfield')).status).toBe(404);
    expect((await as.get('officer-gedling', '/agencies')).status).toBe(403);
    expect(
      (await as.send('admin-1', `/agencies/ashfield/proposals/${id}/confirm`, { fingerprint: key.fingerprint })).status,
    ).toBe(404);
    expect((await as.send('admin-1', `${at}/confirm`, { fingerprint: key.fingerprint })).status).toBe(303);
  });

  it('says kindly what is wrong with a key that cannot be taken, and does not send it back', async () => {
    const key = await made('police');
    const page = await as.send('admin-1', '/agencies/police/keys', { publicKey: key.privateKeyArmored });
    expect(page.status).toBe(400);
    expect(problemsOf(page.text)[0]).toContain('private half');
    expect(page.text).not.toContain('BEGIN PGP PRIVATE KEY BLOCK-----\n');
    expect(problemsOf((await as.send('admin-1', '/agencies/police/keys', { publicKey: ' ' })).text)).toEqual([
      'Paste the public key',
    ]);
    const hub = await (
      await import('node:fs/promises')
    )
      .readFile(`${portal.keysDir}/hub.pub.asc`, 'utf8')
      .catch(() => null);
    if (hub)
      expect(problemsOf((await as.send('admin-1', '/agencies/police/keys', { publicKey: hub })).text)[0]).toContain(
        'hub’s own',
      );
    const taken = await registeredBy2('health');
    expect(
      problemsOf((await as.send('admin-1', '/agencies/police/keys', { publicKey: taken.publicKeyArmored })).text)[0],
    ).toContain('another agency');
  });

  it('of a key that waits already is not begun twice', async () => {
    const key = await made('probation');
    await handedIn('probation', key.publicKeyArmored);
    const again = await as.send('admin-1', '/agencies/probation/keys', { publicKey: key.publicKeyArmored });
    expect(problemsOf(again.text)[0]).toContain('waits for its second person already');
  });

  it('cannot be gone round with the portal’s own rights at the database', async () => {
    const key = await made('idva');
    const client = new pg.Client({ connectionString: portal.database.urlFor('portal') });
    await client.connect();
    const insert = `INSERT INTO portal.agency_key (fingerprint, agency, public_key, registered_by) VALUES ($1, 'idva', $2, '{a,b}')`;
    await expect(client.query(insert, [key.fingerprint, key.publicKeyArmored])).rejects.toThrow('key_needs_two_people');
    const { rows } = await client.query('SELECT fingerprint FROM portal.agency_key LIMIT 1');
    const one = rows[0].fingerprint;
    await client.query('UPDATE portal.agency_key SET revoked_at = now() WHERE fingerprint = $1', [one]);
    await expect(
      client.query('UPDATE portal.agency_key SET revoked_at = NULL WHERE fingerprint = $1', [one]),
    ).rejects.toThrow('key_is_kept');
    await client.end();
  });
});

describe('a key taking over from another', () => {
  it('counts beside it until the day that was agreed', async () => {
    const old = await registeredBy2('childrens-services');
    const key = await registeredBy2('childrens-services', {}, { replaces: old.fingerprint, overlapDays: '30' });
    const { valid_to } = await registered(old.fingerprint);
    expect(Math.round((valid_to.getTime() - Date.now()) / DAY_MS)).toBe(30);
    expect(await entries('KeyRotated', old.fingerprint)).toMatchObject([
      { outcome: 'replaced', detail: { by: key.fingerprint } },
    ]);
    const { text } = await as.get('admin-1', '/agencies/childrens-services');
    expect(text).toContain('Overlapping');
    expect(text).toContain('Active');
  });

  it('must say for how long, at most 90 days, and of a key that is in use', async () => {
    const old = await registeredBy2('adult-services');
    const { publicKeyArmored: publicKey } = await made('adult-services');
    const at = '/agencies/adult-services/keys';
    for (const [overlapDays, words] of [
      ['', 'for how many days'],
      ['91', 'at most 90'],
      ['-1', '0 or more'],
      ['soon', 'as a number'],
    ] as const)
      expect(
        problemsOf((await as.send('admin-1', at, { publicKey, replaces: old.fingerprint, overlapDays })).text)[0],
      ).toContain(words);
    const stranger = { publicKey, replaces: 'F'.repeat(40), overlapDays: '3' };
    expect(problemsOf((await as.send('admin-1', at, stranger)).text)[0]).toContain('not in use');
  });
});

describe('revoking a key', () => {
  it('takes one person, a reason, and no delay', async () => {
    const key = await registeredBy2('trent-homes');
    const at = `/agencies/trent-homes/keys/${key.fingerprint}/revoke`;
    expect((await as.get('admin-1', at)).text).toContain('only key');
    expect(problemsOf((await as.send('admin-1', at, {})).text)).toEqual(['Say why the key stops counting']);
    expect((await as.send('admin-1', at, { reason: 'stolen' })).status).toBe(303);
    expect((await registered(key.fingerprint)).revoked_at).toBeInstanceOf(Date);
    expect(await entries('KeyRevoked', key.fingerprint)).toMatchObject([
      { outcome: 'stolen', actor: { id: 'admin-1' } },
    ]);
    expect((await as.get('admin-1', '/agencies/trent-homes')).text).toContain('Revoked');
    expect((await as.send('admin-1', at, { reason: 'stolen' })).status).toBe(409);
    expect((await as.get('admin-1', '/agencies')).text).toContain('None in use');
  });

  it('is not for an agency’s officer, an auditor or an analyst', async () => {
    const key = await registeredBy2('womens-aid');
    for (const who of ['officer-ashfield', 'auditor-1', 'analyst-1'])
      expect(
        (await as.send(who, `/agencies/womens-aid/keys/${key.fingerprint}/revoke`, { reason: 'lost' })).status,
      ).toBe(403);
    expect((await registered(key.fingerprint)).revoked_at).toBeNull();
  });
});

describe('a key that ends', () => {
  it('is warned of at 60, 30 and 7 days, once each, on the pages, in the audit and in the metrics', async () => {
    const key = await registeredBy2('newark-sherwood', { expiresInDays: 90 });
    const watch = portal.app.get(ExpiryWatch);
    const given: number[] = [];
    for (const ago of [0, 20, 31, 40, 59, 61, 70, 82.5, 84, 85, 91])
      for (let times = 0; times < 2; times++)
        for (const one of await watch.look(new Date(Date.now() + ago * DAY_MS)))
          if (one.fingerprint === key.fingerprint) given.push(one.days);
    expect(given).toEqual([60, 30, 7]);
    expect(
      (await entries('KeyExpiryWarned', key.fingerprint)).map(({ detail }) => (detail as { days: number }).days),
    ).toEqual([60, 30, 7]);
    expect(await metrics.metrics()).toMatch(/mash_agency_key_warnings_total\{days="7"\} 1/);
    const soon = await registeredBy2('newark-sherwood', { expiresInDays: 20 });
    await watch.look();
    const page = await as.get('dpo-1', '/agencies/newark-sherwood');
    expect(page.text).toContain(`The key ${fingerprintForReadOut(soon.fingerprint).slice(0, 9)} … ends on`);
    expect((await as.get('dpo-1', '/')).text).toMatch(/key ends within 60 days/);
    expect(await metrics.metrics()).toMatch(/mash_agency_key_days_left\{agency="newark-sherwood"\} (89|90)/);
  });
});
