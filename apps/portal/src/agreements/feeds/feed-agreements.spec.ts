import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agreeableFields, Database, feedAgreementNow } from '#platform';
import pg from 'pg';
import { noticeOf, PageVisits, problemsOf } from '../../../test/page-visits.js';
import { runningPortal, type RunningPortal } from '../../../test/running-portal.js';

const DAY_MS = 86_400_000;

let portal: RunningPortal;
let owner: pg.Client;
let ingest: Database;
let as: PageVisits;

beforeAll(async () => {
  portal = await runningPortal();
  owner = new pg.Client({ connectionString: portal.database.ownerUrl });
  await owner.connect();
  ingest = new Database(portal.database.urlFor('ingest'));
  as = new PageVisits(portal.web);
  await as.signIn('admin-1', 'dpo-1', 'officer-ashfield', 'auditor-1');
}, 60_000);
afterAll(async () => {
  await owner?.end();
  await ingest?.client.$disconnect();
  await portal?.stop();
});

const now = (agency: string, feed: string) => feedAgreementNow(ingest.client, agency, feed);
const every = agreeableFields('arrears').map(({ name }) => name);
function dateParts(name: string, days: number): Record<string, string> {
  const [year, month, day] = new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10).split('-');
  return { [`${name}-day`]: day!, [`${name}-month`]: month!, [`${name}-year`]: year! };
}
const form = (agency: string, changes: Record<string, string | string[]> = {}) => ({
  agency,
  feed: 'arrears',
  fields: every,
  retentionDays: '200',
  ...dateParts('start', 0),
  ...dateParts('review', 100),
  ...changes,
});
async function entered(agency: string, changes: Record<string, string | string[]> = {}): Promise<string> {
  const done = await as.send('dpo-1', '/agreements/feeds', form(agency, changes));
  expect({ status: done.status, problems: problemsOf(done.text) }).toEqual({ status: 303, problems: [] });
  return done.location!;
}
const approve = (who: string, at: string) => as.send(who, `${at}/decide`, { outcome: 'approved' });
const audit = async (action: string, id: string) =>
  (
    await owner.query<{ entry: object }>(
      `SELECT entry FROM audit.entry WHERE entry->>'action' = $1 AND entry->'object'->>'id' = $2`,
      [action, id],
    )
  ).rows.map(({ entry }) => entry);

describe('an agreement for a feed', () => {
  it('counts for ingest once a second person has approved what the data protection officer entered', async () => {
    const at = await entered('ashfield');
    expect(await now('ashfield', 'arrears')).toBeNull();
    expect((await as.get('dpo-1', at)).text).toContain('another person must approve it');
    expect((await approve('dpo-1', at)).status).toBe(403);
    expect(await now('ashfield', 'arrears')).toBeNull();
    expect((await as.get('admin-1', '/')).text).toContain('agreement to approve');
    expect((await approve('admin-1', at)).status).toBe(303);
    expect(await now('ashfield', 'arrears')).toEqual({ retentionDays: 200, fields: null });
    const page = await as.get('admin-1', at);
    expect(noticeOf(page.text)).toContain('Approved');
    expect(page.text).toContain('In force');
    const id = at.split('/').at(-1)!;
    expect(await audit('FeedAgreementEntered', id)).toMatchObject([
      { actor: { id: 'dpo-1' }, detail: { fields: 'all', retentionDays: 200 } },
    ]);
    expect(await audit('FeedAgreementDecided', id)).toMatchObject([{ actor: { id: 'admin-1' }, outcome: 'approved' }]);
  });

  it('names the fields that were ticked, and the necessary ones always', async () => {
    const ticked = ['balance', 'person.dateOfBirth'];
    const at = await entered('gedling', { fields: ticked });
    await approve('admin-1', at);
    const { fields } = (await now('gedling', 'arrears'))!;
    expect([...fields!].sort()).toEqual([
      'balance',
      'person.dateOfBirth',
      'person.forenames',
      'person.surname',
      'recordRef',
    ]);
    expect((await as.get('auditor-1', at)).text).toContain('Balance');
  });

  it('takes the place of the earlier one from its first day on', async () => {
    await approve('admin-1', await entered('mansfield', { retentionDays: '100' }));
    await approve(
      'admin-1',
      await entered('mansfield', { retentionDays: '50', ...dateParts('start', 10), ...dateParts('review', 60) }),
    );
    expect(await now('mansfield', 'arrears')).toMatchObject({ retentionDays: 100 });
    const { rows } = await owner.query(
      `SELECT retention_days, round(extract(epoch FROM valid_to - now()) / 86400)::int AS days FROM portal.feed_permission WHERE agency = 'mansfield' ORDER BY valid_from`,
    );
    expect(rows).toMatchObject([
      { retention_days: 100, days: expect.any(Number) },
      { retention_days: 50, days: null },
    ]);
    expect([9, 10]).toContain(rows[0]!.days);
    await approve('admin-1', await entered('mansfield', { retentionDays: '30' }));
    expect(await now('mansfield', 'arrears')).toMatchObject({ retentionDays: 30 });
  });

  it('ends at once when the data protection officer ends it, and is over at the moment that was agreed', async () => {
    const at = await entered('broxtowe');
    await approve('admin-1', at);
    expect((await as.send('admin-1', `${at}/end`, {})).status).toBe(403);
    expect((await as.send('dpo-1', `${at}/end`, {})).status).toBe(303);
    expect(await now('broxtowe', 'arrears')).toBeNull();
    expect((await as.send('dpo-1', `${at}/end`, {})).status).toBe(409);
    expect(await audit('FeedAgreementEnded', at.split('/').at(-1)!)).toHaveLength(1);
    await owner.query(
      `INSERT INTO portal.feed_permission (agency, feed, retention_days, valid_from, valid_to) VALUES ('idva', 'arrears', 9, now(), clock_timestamp() + interval '1500 ms')`,
    );
    expect(await now('idva', 'arrears')).toMatchObject({ retentionDays: 9 });
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    expect(await now('idva', 'arrears')).toBeNull();
  });

  it('can be refused by the second person, or withdrawn by the first, and then counts for nothing', async () => {
    const refused = await entered('rushcliffe');
    await as.send('admin-1', `${refused}/decide`, { outcome: 'refused' });
    expect((await as.get('dpo-1', refused)).text).toContain('Not approved');
    expect((await approve('admin-1', refused)).status).toBe(409);
    const withdrawn = await entered('rushcliffe');
    await as.send('dpo-1', `${withdrawn}/decide`, { outcome: 'refused' });
    expect((await as.get('dpo-1', withdrawn)).text).toContain('Withdrawn');
    expect(await now('rushcliffe', 'arrears')).toBeNull();
  });

  it.each([
    ['It cannot start in the past', dateParts('start', -3)],
    ['The last day cannot be before the first', dateParts('end', -10)],
    ['Look at it again before it ends', { ...dateParts('end', 50), ...dateParts('review', 60) }],
    ['Give the day it starts', { 'start-day': '31', 'start-month': '2' }],
    ['Keep records for at least 1 day', { retentionDays: '0' }],
    ['Keep records for at most 3,660 days (10 years)', { retentionDays: '36600' }],
    ['Give the days as a number', { retentionDays: 'long' }],
    ['Choose among the feed’s own fields', { fields: ['balance', '__proto__'] }],
  ])('that cannot be is told kindly: %s', async (words, changes) => {
    const done = await as.send('dpo-1', '/agreements/feeds', form('bassetlaw', changes));
    expect(done.status).toBe(400);
    expect(problemsOf(done.text)).toContain(words);
  });

  it('is entered by the data protection officer only, and read by those who must', async () => {
    expect((await as.send('admin-1', '/agreements/feeds', form('police'))).status).toBe(403);
    expect((await as.get('officer-ashfield', '/agreements/feeds')).status).toBe(403);
    for (const path of ['/agreements/feeds', '/agreements/feeds?agency=ashfield', '/agreements'])
      expect((await as.get('auditor-1', path)).status).toBe(200);
    expect((await as.get('dpo-1', '/agreements/feeds/new')).text).toContain('Which feed?');
    expect((await as.get('dpo-1', '/agreements/feeds/new?agency=ashfield&feed=housing')).text).toContain(
      'Tenancy start',
    );
  });

  it('cannot be gone round with the portal’s own rights at the database', async () => {
    const client = new pg.Client({ connectionString: portal.database.urlFor('portal') });
    await client.connect();
    const alone = `INSERT INTO portal.feed_permission (agency, feed, retention_days, valid_from, state, entered_by) VALUES ('police','arrears',9,now(),$1,'a')`;
    await expect(client.query(alone, ['approved'])).rejects.toThrow('agreement_needs_two_people');
    await client.query(alone, ['proposed']);
    const set = (what: string) => client.query(`UPDATE portal.feed_permission SET ${what} WHERE agency = 'police'`);
    await expect(set(`state = 'approved', decided_by = 'a'`)).rejects.toThrow('agreement_needs_two_people');
    await expect(set('retention_days = 3000')).rejects.toThrow('agreement_is_kept');
    await set(`state = 'approved', decided_by = 'b', valid_to = now() + interval '1 day'`);
    await expect(set('valid_to = NULL')).rejects.toThrow('agreement_is_kept');
    await expect(client.query('DELETE FROM portal.feed_permission')).rejects.toThrow('permission denied');
    await client.end();
  });
});

describe('the page of dead letters', () => {
  it('counts every service’s, and shows no message', async () => {
    expect((await as.get('admin-1', '/system/dead-letters')).text).toContain('None wait');
    for (const service of ['ingest', 'matching'])
      await owner.query(
        `INSERT INTO ${service}.dead_letter (topic, partition, "offset", value, size, reason, attempts) VALUES ('records.accepted', 0, 7, 'Mary Sample', 11, 'ZodError', 4)`,
      );
    const { text } = await as.get('admin-1', '/system/dead-letters');
    expect(text).toContain('2 messages could not be taken');
    expect(text).toContain('ZodError');
    expect(text).not.toContain('Mary');
    expect((await as.get('admin-1', '/system')).text).toContain('/system/dead-letters');
    expect((await as.get('admin-1', '/')).text).toMatch(/dead letters/);
    expect((await as.get('dpo-1', '/system/dead-letters')).status).toBe(403);
  });
});
