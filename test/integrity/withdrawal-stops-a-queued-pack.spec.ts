import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openPack } from '../../apps/connector/src/opening/open-pack.js';
import { PackWorker } from '../../apps/disclosure/src/preparing/pack-worker.js';
import { PackRequests } from '../../apps/disclosure/src/requesting/pack-requests.js';
import { PackRelay } from '../../apps/disclosure/src/sending/pack-relay.js';
import { ChangesConsumer } from '../../apps/disclosure/src/standing/changes.consumer.js';
import { UnsentPacks } from '../../apps/disclosure/src/standing/unsent-packs.js';
import { ANALYST, message, sampleMeeting, World, type SampleCase } from '../support/disclosure-world.js';

let world: World;
let theCase: SampleCase;
let match: string;

beforeEach(async () => {
  world = await World.make();
  await world.registerKey('police');
  theCase = await sampleMeeting(world, ['police']);
  const arrears = await world.record('mansfield', 'arrears');
  match = await world.link(theCase.victim, arrears, 'person', 'mansfield', 'arrears');
  await world.agreement('idva', 'police', ['marac-referral']);
  await world.agreement('mansfield', 'police', ['arrears']);
  await world.consent(theCase.victim, 'given', ['police'], ['marac-referral', 'arrears']);
  await ask();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await world.end();
});

const ask = () => world.get(PackRequests).take(message('packs.requested', {}), 'marac', theCase.meeting, ANALYST);
const withdraw = () => world.consent(theCase.victim, 'withdrawn', [], []);
const states = async () => (await world.packs()).map(({ state, failure }) => [state, failure]);
const victimItems = async (value: Buffer) => {
  const { pack } = await openPack(value, await world.openKeys('police'));
  return pack.cases[0]!.people.find(({ role }) => role === 'victim')!.items;
};

describe('a withdrawal of consent', () => {
  it('recorded while the pack waits for its log entry stops it, and the pack that follows holds nothing that rested on it', async () => {
    world.beforeProof = async () => {
      world.beforeProof = () => Promise.resolve();
      await withdraw();
    };
    await world.work();
    expect(await states()).toEqual([
      ['stopped', 'consent_withdrawn'],
      ['sent', null],
    ]);
    await world.relay();
    expect(world.sent).toHaveLength(1);
    expect(await victimItems(world.sent[0]!.value)).toEqual([]);
    expect(await world.entries('PackStopped')).toMatchObject([
      { outcome: 'consent_withdrawn', detail: { recipient: 'police' } },
    ]);
  });

  it('recorded while the pack lies in the outbox stops it when the event comes', async () => {
    await world.work();
    const consentId = await withdraw();
    const changes = new ChangesConsumer(world.get(UnsentPacks), world.get(PackWorker));
    await changes.consentsChanged(message('consents.changed', { subjectId: theCase.victim, consentId }));
    expect((await states())[0]).toEqual(['stopped', 'consent_withdrawn']);
    const { rows } = await world.owner.query('SELECT * FROM disclosure.outbox');
    expect(rows).toEqual([]);
    await world.work();
    await world.relay();
    expect(world.sent).toHaveLength(1);
    expect(await victimItems(world.sent[0]!.value)).toEqual([]);
  });

  it('stops a queued pack in the sending itself, also when its event never comes', async () => {
    await world.work();
    await withdraw();
    await world.relay();
    expect(world.sent).toEqual([]);
    expect((await states())[0]).toEqual(['stopped', 'consent_withdrawn']);
  });

  it('stops a pack whose first sending failed for an outage', async () => {
    await world.work();
    await world.get(PackRelay).relayOne(() => Promise.reject(new Error('no broker')));
    await withdraw();
    const later = Date.now() + 6_000;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    await world.relay();
    expect(world.sent).toEqual([]);
    expect((await states())[0]).toEqual(['stopped', 'consent_withdrawn']);
  });

  it('leaves a pack that has left as it is', async () => {
    await world.work();
    await world.relay();
    await withdraw();
    expect(await world.get(UnsentPacks).recheck()).toBe(0);
    expect(await states()).toEqual([['sent', null]]);
    expect((await victimItems(world.sent[0]!.value)).length).toBeGreaterThan(0);
  });

  it('does not stop a pack for which a later decision to share without consent stands, but makes it anew on that basis', async () => {
    await world.work();
    await withdraw();
    const textId = await world.text('without-consent', {
      necessity: 'Risk of serious harm',
      proportionality: 'Only what is needed',
      authorisedBy: 'Duty manager',
      victimTold: 'yes',
    });
    await world.owner.query(
      'INSERT INTO portal.without_consent VALUES (gen_random_uuid(),$1,clock_timestamp(),$2,$3)',
      [theCase.id, textId, ANALYST],
    );
    await world.relay();
    expect(world.sent).toEqual([]);
    await world.work();
    await world.relay();
    const items = await victimItems(world.sent[0]!.value);
    expect(new Set(items.map(({ basis }) => basis))).toEqual(new Set(['cda1998.s115']));
  });
});

describe('a pack that has not left', () => {
  it('is made anew when a link it rests on is undone, without what that link brought', async () => {
    await world.work();
    await world.owner.query("UPDATE matching.match SET status = 'proposed' WHERE id = $1", [match]);
    await world.relay();
    expect(await states()).toEqual([
      ['stopped', 'link_undone'],
      ['requested', null],
    ]);
    await world.work();
    await world.relay();
    expect((await victimItems(world.sent[0]!.value)).map(({ source }) => source.feed)).not.toContain('arrears');
  });

  it('is made anew when an agreement ends', async () => {
    await world.work();
    await world.owner.query("UPDATE portal.agreement SET valid_to = now() WHERE source = 'mansfield'");
    expect(await world.get(UnsentPacks).recheck()).toBe(1);
    expect((await states())[0]).toEqual(['stopped', 'agreement_ended']);
  });

  it('is made anew for the key that took a revoked one’s place, and is not sent to the revoked one', async () => {
    await world.work();
    await world.owner.query("UPDATE portal.agency_key SET revoked_at = now() WHERE agency = 'police'");
    const lost = await world.openKeys('police');
    await world.registerKey('police');
    await world.relay();
    expect(world.sent).toEqual([]);
    expect(await states()).toEqual([
      ['stopped', 'key_revoked'],
      ['requested', null],
    ]);
    await world.work();
    await world.relay();
    expect(world.sent).toHaveLength(1);
    await expect(openPack(world.sent[0]!.value, lost)).rejects.toMatchObject({ code: 'not_encrypted_to_hub' });
    expect((await victimItems(world.sent[0]!.value)).length).toBeGreaterThan(0);
  });

  it('is not sent to an agency that no longer attends, and nothing takes its place', async () => {
    await world.work();
    await world.owner.query('DELETE FROM portal.meeting_attendee');
    await world.relay();
    expect(world.sent).toEqual([]);
    expect(await states()).toEqual([['stopped', 'not_invited']]);
  });

  it('is made anew when the service that had decided it was stopped before it sent', async () => {
    world.beforeProof = () => Promise.reject(new Error('the audit is away'));
    const worker = world.get(PackWorker);
    await expect(worker.turn()).rejects.toThrow();
    expect(await states()).toEqual([['prepared', null]]);
    world.beforeProof = () => Promise.resolve();
    await worker.recover();
    await world.work();
    await world.relay();
    expect(await states()).toEqual([
      ['stopped', 'interrupted'],
      ['sent', null],
    ]);
    expect(world.sent).toHaveLength(1);
  });
});
