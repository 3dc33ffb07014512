import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PackSealer } from '../../apps/disclosure/src/preparing/pack-sealer.js';
import { PackWorker } from '../../apps/disclosure/src/preparing/pack-worker.js';
import { RegisteredKeys } from '../../apps/disclosure/src/registered/registered-keys.js';
import { RecipientsRepository } from '../../apps/disclosure/src/deciding/recipients.repository.js';
import { PackRequests } from '../../apps/disclosure/src/requesting/pack-requests.js';
import type { QueuedMessage } from '../../apps/disclosure/src/sending/outbox.repository.js';
import { PackRelay } from '../../apps/disclosure/src/sending/pack-relay.js';
import { ANALYST, message, sampleMeeting, World } from '../support/disclosure-world.js';

let world: World;

beforeEach(async () => {
  world = await World.make();
  for (const agency of ['ashfield', 'health', 'police']) await world.registerKey(agency);
  const { meeting } = await sampleMeeting(world, ['ashfield', 'health', 'police']);
  await world.get(PackRequests).take(message('packs.requested', {}), 'marac', meeting, ANALYST);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await world.end();
});

const states = async (recipient: string) =>
  (await world.packs()).filter((pack) => pack.recipient === recipient).map(({ state, failure }) => [state, failure]);
const turn = () =>
  world
    .get(PackWorker)
    .turn()
    .catch((error: unknown) => error);

/** A broker that treats each topic as told. */
async function relay(troubles: Record<string, Error>): Promise<string[]> {
  const tried: string[] = [];
  const send = async ({ topic }: QueuedMessage) => {
    tried.push(topic);
    if (troubles[topic]) throw troubles[topic];
  };
  while (await world.get(PackRelay).relayOne(send));
  return tried;
}

describe('a pack that cannot be prepared', () => {
  it('leaves the others to go, is tried some times, and fails with a code', async () => {
    const recipients = world.get(RecipientsRepository);
    const find = recipients.find.bind(recipients);
    jest.spyOn(recipients, 'find').mockImplementation(async (db, agency) => {
      if (agency === 'health') throw new TypeError('a fault of ours');
      return find(db, agency);
    });
    expect(await turn()).toBeInstanceOf(TypeError);
    for (const agency of ['ashfield', 'police']) expect(await states(agency)).toEqual([['sent', null]]);
    expect(await states('health')).toEqual([['requested', null]]);
    for (let i = 0; i < 4; i++) await turn();
    expect(await states('health')).toEqual([['failed', 'internal']]);
    expect(await world.entries('PackFailed')).toHaveLength(1);
    expect(await turn()).toBe(0);
  });
});

describe('a pack that was decided and cannot be made', () => {
  it('does not hang: another takes its place, which goes on counting until it fails', async () => {
    const sealer = world.get(PackSealer);
    const seal = sealer.seal.bind(sealer);
    jest.spyOn(sealer, 'seal').mockImplementation(async (pack, ...rest) => {
      if (pack.recipient === 'ashfield') throw new TypeError('a fault of ours');
      return seal(pack, ...rest);
    });
    await turn();
    for (const agency of ['health', 'police']) expect(await states(agency)).toEqual([['sent', null]]);
    expect(await states('ashfield')).toEqual([
      ['stopped', 'interrupted'],
      ['requested', null],
    ]);
    for (let i = 0; i < 4; i++) await turn();
    expect((await states('ashfield')).map(([, failure]) => failure)).toEqual([
      ...Array<string>(4).fill('interrupted'),
      'internal',
    ]);
    expect(await turn()).toBe(0);
  });
});

describe('a topic that cannot be sent to', () => {
  it('rests while the others go on, and is tried again later', async () => {
    await world.work();
    const missing = Object.assign(new Error('no such topic'), { type: 'UNKNOWN_TOPIC_OR_PARTITION' });
    const tried = await relay({ 'disclosures.ashfield': missing });
    expect(tried.sort()).toEqual(['disclosures.ashfield', 'disclosures.health', 'disclosures.police']);
    expect(await relay({})).toEqual([]);
    const later = Date.now() + 6_000;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    expect(await relay({})).toEqual(['disclosures.ashfield']);
  });

  it('for a message the broker will never take lays that aside, failed with a code', async () => {
    await world.work();
    const tooLarge = Object.assign(new Error('too large'), { type: 'MESSAGE_TOO_LARGE' });
    await relay({ 'disclosures.ashfield': tooLarge });
    expect(await states('ashfield')).toEqual([['failed', 'too_large']]);
    for (const agency of ['health', 'police']) expect(await states(agency)).toEqual([['sent', null]]);
    expect((await world.owner.query('SELECT * FROM disclosure.outbox')).rows).toEqual([]);
    expect(await world.entries('PackFailed')).toMatchObject([
      { outcome: 'too_large', detail: { recipient: 'ashfield' } },
    ]);
  });
});

describe('a registered key that is none', () => {
  it('is nobody’s, and every other agency’s still holds', async () => {
    const another = world.agencyKeys.get('police')!.publicKeyArmored;
    await world.owner.query(
      `INSERT INTO portal.agency_key VALUES
       ('${'A'.repeat(40)}','gedling','not a key',now() - interval '1 day',NULL,NULL,ARRAY['test']),
       ('${'B'.repeat(40)}','broxtowe',$1,now() - interval '1 day',NULL,NULL,ARRAY['test'])`,
      [another],
    );
    const keys = world.get(RegisteredKeys);
    expect((await keys.all()).map(({ agency }) => agency).sort()).toEqual(['ashfield', 'health', 'police']);
    expect(await keys.currentOf('broxtowe')).toBeNull();
    await world.work();
    for (const agency of ['ashfield', 'health', 'police']) expect(await states(agency)).toEqual([['sent', null]]);
  });
});
