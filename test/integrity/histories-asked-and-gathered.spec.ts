import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { historyRequestSchema } from '#contracts';
import { openMessage } from '#crypto';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { openPack } from '../../apps/connector/src/opening/open-pack.js';
import { HistoryRequests } from '../../apps/disclosure/src/asking/history-requests.js';
import { PackRequests } from '../../apps/disclosure/src/requesting/pack-requests.js';
import { ANALYST, message, sampleMeeting, World, type SampleCase } from '../support/disclosure-world.js';

let world: World;
let people: SampleCase;
const review = randomUUID();
const requests = { mansfield: randomUUID(), health: randomUUID(), gedling: randomUUID() };

beforeAll(async () => {
  world = await World.make();
  for (const agency of ['police', 'mansfield', 'health']) await world.registerKey(agency);
  people = await sampleMeeting(world, []);
  await world.owner.query(
    "INSERT INTO portal.review (id, number, regime, outcome, opened_at, scope_from, scope_to, packs_requested_at) VALUES ($1,'DHR-2026-01','2016','review',now(),'2024-01-01','2026-10-01',now())",
    [review],
  );
  await world.owner.query("INSERT INTO portal.review_person VALUES ($1,$2,'victim',true),($1,$3,'perpetrator',false)", [
    review,
    people.victim,
    people.man,
  ]);
  for (const agency of ['police', 'health'])
    await world.owner.query('INSERT INTO portal.review_member VALUES ($1,$2)', [review, agency]);
  for (const [agency, id] of Object.entries(requests))
    await world.owner.query(
      "INSERT INTO portal.history_request (id, review_id, agency, due_by) VALUES ($1,$2,$3,now() + interval '30 days')",
      [id, review, agency],
    );
}, 60_000);
afterAll(() => world.end());

async function answer(agency: 'mansfield' | 'health', change: (row: Record<string, unknown>) => void): Promise<string> {
  const record = await world.record(agency, 'agency-history', (row) => {
    row.requestRef = requests[agency];
    change(row);
  });
  await world.owner.query('INSERT INTO portal.history_answer (request_id, record_id) VALUES ($1,$2)', [
    requests[agency],
    record,
  ]);
  return record;
}

describe('history requests', () => {
  it('go sealed to each agency, name the review’s people, and are logged; asking again sends none twice', async () => {
    const asking = world.get(HistoryRequests);
    await asking.send(Object.values(requests), ANALYST);
    await asking.send(Object.values(requests), ANALYST);
    await world.relay();
    expect(world.sent.map(({ topic, key }) => [topic, key]).sort()).toEqual([
      ['history-requests.health', requests.health],
      ['history-requests.mansfield', requests.mansfield],
    ]);
    const outcomes = (await world.entries('HistoryRequested')).map(({ detail, outcome }) => [
      detail?.['recipient'],
      outcome,
    ]);
    expect(outcomes).toEqual(
      expect.arrayContaining([
        ['mansfield', 'sent'],
        ['health', 'sent'],
        ['gedling', 'no_recipient_key'],
      ]),
    );

    const { agencyKey, hubKeys } = await world.openKeys('mansfield');
    const signers = hubKeys.map((publicKey) => ({
      agency: 'hub',
      publicKey,
      fingerprint: publicKey.getFingerprint().toUpperCase(),
    }));
    const { value } = world.sent.find(({ topic }) => topic.endsWith('mansfield'))!;
    const opened = await openMessage({ message: value, decryptionKeys: [agencyKey], now: new Date(), signers });
    const request = historyRequestSchema.parse(
      JSON.parse(Buffer.from(opened.ok ? opened.payload : []).toString('utf8')),
    );
    expect(request).toMatchObject({
      requestRef: requests.mansfield,
      agency: 'mansfield',
      from: '2024-01-01',
      to: '2026-10-01',
    });
    expect(request.people.map(({ role, person }) => [role, person.surname, person.dateOfBirth])).toEqual(
      expect.arrayContaining([
        ['victim', "O'Sample", '1984-02-29'],
        ['perpetrator', 'Sample', '1980-07'],
      ]),
    );
    expect(JSON.stringify(request)).not.toMatch(/07700|example\.org/);
    // She has died; her family may live there still.
    expect(request.people.find(({ role }) => role === 'victim')!.person.addresses).toBeUndefined();
    world.sent.length = 0;
  });

  describe('name nobody to who may not learn of them', () => {
    const asking = () => world.get(HistoryRequests);
    const outcome = async () => (await world.entries('HistoryRequested')).at(-1)!.outcome;
    let request: string;

    beforeEach(async () => {
      request = randomUUID();
      await world.registerKey('ashfield');
      await world.owner.query("DELETE FROM portal.history_request WHERE agency = 'ashfield'");
      await world.owner.query(
        "INSERT INTO portal.history_request (id, review_id, agency, due_by) VALUES ($1,$2,'ashfield',now() + interval '30 days')",
        [request, review],
      );
    });
    afterEach(async () => {
      world.sent.length = 0;
      await world.owner.query("DELETE FROM portal.conflict_of_interest WHERE agency = 'ashfield'");
      await world.owner.query('UPDATE portal.review SET closed_at = NULL');
      await world.owner.query("DELETE FROM portal.history_request WHERE agency = 'ashfield'");
      await world.owner.query("DELETE FROM portal.agency_key WHERE agency = 'ashfield'");
    });

    const closed = () => world.owner.query('UPDATE portal.review SET closed_at = now()');
    const close = (kind: string) =>
      world.owner.query("INSERT INTO portal.conflict_of_interest VALUES ('ashfield',$1,$2)", [people.man, kind]);
    const revoked = () =>
      world.owner.query("UPDATE portal.agency_key SET revoked_at = now() WHERE agency = 'ashfield'");

    it.each([
      ['a review that is closed', 'review_not_open', closed],
      ['an agency with a conflict', 'conflict_of_interest', () => close('conflict')],
      ['an agency that acts for the alleged perpetrator', 'conflict_of_interest', () => close('acts-for')],
    ])('before the asking: %s', async (_, reason, change) => {
      await change();
      const opened = (await world.entries('HistoryRequestPrepared')).length;
      await asking().send([request], ANALYST);
      await world.relay();
      expect(world.sent).toEqual([]);
      expect(await outcome()).toBe(reason);
      expect(await world.entries('HistoryRequestPrepared')).toHaveLength(opened);
    });

    it.each([
      ['a review that is closed', 'review_not_open', closed],
      ['an agency with a conflict', 'conflict_of_interest', () => close('conflict')],
      ['an agency whose key is lost', 'key_revoked', revoked],
    ])('in the sending itself: %s', async (_, reason, change) => {
      await asking().send([request], ANALYST);
      expect(await outcome()).toBe('sent');
      await change();
      await world.relay();
      expect(world.sent).toEqual([]);
      expect((await world.entries('HistoryRequestStopped')).at(-1)).toMatchObject({
        outcome: reason,
        object: { id: request },
      });
      const { rows } = await world.owner.query(
        'SELECT sent_at FROM disclosure.history_delivery WHERE request_id = $1',
        [request],
      );
      expect(rows).toEqual([{ sent_at: null }]);
    });

    it('asked for twice at once, one is sent and logged', async () => {
      const before = (await world.entries('HistoryRequested')).length;
      await Promise.all([asking().send([request], ANALYST), asking().send([request], ANALYST)]);
      await world.relay();
      expect(world.sent).toHaveLength(1);
      expect(await world.entries('HistoryRequested')).toHaveLength(before + 1);
    });
  });
});

describe('a review’s packs', () => {
  it('hold every agency’s released events in order of date, each with its source', async () => {
    await answer('mansfield', (row) => {
      const [event] = row.events as Record<string, unknown>[];
      row.events = [event, { ...event, ref: 'E0', start: '2024-06', startTime: undefined, event: 'Tenancy began' }];
      for (const one of row.events as Record<string, unknown>[]) if (one.startTime === undefined) delete one.startTime;
    });
    await answer('health', (row) => {
      row.person = { surname: 'Sampel', forenames: ['Mark'], dateOfBirth: '1980-07' };
      row.events = [{ ref: 'H1', start: '2025-01-02', source: 'Emergency department', event: 'Injury to the hand' }];
    });
    await answer('health', (row) => {
      row.person = { surname: 'Other', forenames: ['Somebody'], dateOfBirth: '1950-01-01' };
    });
    await world.agreement('mansfield', 'police', ['agency-history'], ['dhr']);
    await world.agreement('health', 'police', ['agency-history'], ['dhr']);
    await world.agreement('mansfield', 'health', ['agency-history'], ['dhr']);
    await world.get(PackRequests).take(message('packs.requested', {}), 'dhr', review, ANALYST);
    await world.work();
    await world.relay();
    const [health, police] = await Promise.all(
      ['health', 'police'].map(async (agency) => {
        const { value } = world.sent.find(({ topic }) => topic === `disclosures.${agency}`)!;
        return openPack(value, await world.openKeys(agency));
      }),
    );
    // What health tells is health data: without a Caldicott guardian's sign-off it goes to nobody.
    const events = (pack: typeof police) =>
      pack!.pack.chronology!.map(({ start, agency, uncertain }) => [start, agency, uncertain]);
    expect(events(police)).toEqual([
      ['2024-06', 'mansfield', true],
      ['2025-03-04', 'mansfield', true],
    ]);
    expect(events(health)).toEqual(events(police));
    expect(police!.pack.chronology![0]!.basis).toBe('dvcva2004.s9');
    const withheld = Object.fromEntries(police!.pack.cases[0]!.withheld.map(({ reason, count }) => [reason, count]));
    expect(Object.keys(withheld)).toEqual(['not_shared']);
    expect(withheld.not_shared).toBeGreaterThan(0);
    expect(JSON.stringify(police!.pack)).not.toMatch(/Somebody|Injury to the hand/);
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: police!.pdf! }).toString('utf8');
    expect(text).toMatch(/Domestic homicide review DHR-2026-01/);
    expect(text).toMatch(/June 2024 to 4/);
    expect(text).toMatch(/15:00 \?/);
  });

  it('hold health events once a Caldicott guardian has signed off the case of these people', async () => {
    await world.owner.query('UPDATE portal."case" SET caldicott = true');
    await world.owner.query('UPDATE portal.review SET packs_requested_at = now()');
    await world.owner.query("UPDATE disclosure.pack SET state = 'failed' WHERE recipient = 'police'");
    world.sent.length = 0;
    await world.get(PackRequests).take(message('packs.requested', {}), 'dhr', review, ANALYST);
    await world.work();
    await world.relay();
    const { value } = world.sent.find(({ topic }) => topic === 'disclosures.police')!;
    const { pack } = await openPack(value, await world.openKeys('police'));
    expect(pack.chronology!.map(({ start, agency }) => [start, agency])).toContainEqual(['2025-01-02', 'health']);
    // Asked again: the others have their packs, and get no second one.
    expect(world.sent.map(({ topic }) => topic)).toEqual(['disclosures.police']);
  });
});
