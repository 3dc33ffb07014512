import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { generateAgencyKey, readSecretKey } from '#crypto';
import { BATCH_REFUSALS, type BatchRefusal } from '#contracts';
import { compressed, literal, sealRaw, signedPackets } from '../../libs/crypto/src/openpgp/hostile-messages.fixture.js';
import { aRow, IntakeWorld, type Instance } from '../support/intake.js';

let world: IntakeWorld;
let hub: Instance;
const DAY = 24 * 3600 * 1000;

beforeAll(async () => {
  world = await IntakeWorld.fresh();
  hub = world.instance();
});
afterAll(async () => world.end());

/** Makes a message the hub must refuse; what it prepares for that is stored before the count is taken. */
const refused: Record<BatchRefusal, () => Promise<Buffer>> = {
  not_encrypted_to_hub: () => world.sealed({ recipients: [world.key('gedling').toPublic()] }),
  unsigned: () => sealRaw(literal(world.payload()), [world.hub]),
  bad_signature: async () => {
    const signed = await signedPackets(world.payload(), [world.key('ashfield')]);
    signed.write('A-9', signed.indexOf('A-1'));
    return sealRaw(signed, [world.hub]);
  },
  unknown_signer: async () => {
    const stranger = await generateAgencyKey({ agency: 'ashfield', name: 'A stranger' });
    return world.sealed({ signer: await readSecretKey(stranger.privateKeyArmored) });
  },
  wrong_sender: () => world.sealed({ signer: world.key('gedling') }),
  wrong_recipient: () => world.sealed({ manifest: { recipient: 'A'.repeat(40) } }),
  replayed: async () => {
    const submission = randomUUID();
    await hub.intake.receive('ashfield', await world.sealed({ manifest: { submission, batches: 2 } }));
    return world.sealed({ rows: [aRow('A-2')], manifest: { submission, batches: 2 } });
  },
  stale: () => world.sealed({ manifest: { createdAt: new Date(Date.now() - 8 * DAY).toISOString() } }),
  out_of_sequence: async () => {
    const sequence = world.nextSequence();
    await hub.intake.receive('ashfield', await world.sealed({ manifest: { sequence } }));
    return world.sealed({ manifest: { sequence } });
  },
  manifest_invalid: () => world.sealed({ manifest: { batch: 3, batches: 2 } }),
  digest_mismatch: () => world.sealed({ manifest: { sha256: 'a'.repeat(64) } }),
  count_mismatch: () => world.sealed({ manifest: { rows: 2 } }),
  feed_not_permitted: () => world.sealed({ feed: 'dv-service', rows: [] }),
  too_large: () => Promise.resolve(Buffer.alloc(1_200_000)),
  too_compressed: async () => {
    const bomb = compressed(await signedPackets(Buffer.alloc(20 * 1024 * 1024), [world.key('ashfield')]));
    return sealRaw(bomb, [world.hub]);
  },
  malformed: () => Promise.resolve(Buffer.from('no OpenPGP message')),
};
const LIMITS = { maxMessageBytes: 1_100_000, maxPayloadBytes: 16 * 1024 * 1024 };

describe('a refused batch changes nothing', () => {
  it.each(BATCH_REFUSALS)(
    '%s: nothing is stored, the receipt says why, and the audit has one entry',
    async (reason) => {
      const message = await refused[reason]();
      const [before, entries] = [await world.stored(), await world.count('audit.entry')];
      const { receipt } = await hub.intake.receive('ashfield', message, LIMITS);
      expect(await world.draft(receipt)).toMatchObject({ status: 'rejected', reason, accepted: 0, quarantined: [] });
      expect(await world.stored()).toEqual(before);
      expect(await world.count('audit.entry')).toBe(entries + 1);
      expect((await world.entries('BatchRefused')).at(-1)).toMatchObject({
        actor: { type: 'agency', id: 'ashfield' },
        object: { type: 'batch', id: receipt },
        outcome: reason,
      });
    },
  );

  it.each(['malformed', 'wrong_sender', 'manifest_invalid', 'unsigned'] as const)(
    '%s: the receipt names no submission, for no manifest can be trusted',
    async (reason) => {
      const { receipt, submission } = await hub.intake.receive('ashfield', await refused[reason](), LIMITS);
      expect(submission).toBeNull();
      expect(await world.draft(receipt)).toMatchObject({ submission: null, batch: null, reason });
    },
  );

  it('a signed manifest that claims another agency is refused', async () => {
    const { receipt } = await hub.intake.receive('ashfield', await world.sealed({ manifest: { sender: 'gedling' } }));
    expect(await world.draft(receipt)).toMatchObject({ reason: 'wrong_sender', submission: null });
  });

  it('a batch of another agency, sent on this one’s topic, is refused', async () => {
    const { receipt } = await hub.intake.receive('ashfield', await world.sealed({ agency: 'gedling' }));
    expect(await world.draft(receipt)).toMatchObject({ reason: 'wrong_sender', submission: null });
  });

  it('a batch that was refused may come again, corrected, under the same submission', async () => {
    const manifest = { submission: randomUUID(), sequence: world.nextSequence() };
    const first = await hub.intake.receive('ashfield', await world.sealed({ manifest: { ...manifest, rows: 7 } }));
    expect(await world.draft(first.receipt)).toMatchObject({ reason: 'count_mismatch', batch: 1 });
    const second = await hub.intake.receive('ashfield', await world.sealed({ manifest }));
    expect(await world.draft(second.receipt)).toMatchObject({ status: 'accepted', submission: manifest.submission });
    // Both receipts are found under the submission's name: an agency without Kafka has no other way to the first.
    expect(await hub.batches.receipts('ashfield', manifest.submission)).toHaveLength(2);
    expect(await hub.batches.receipts('gedling', manifest.submission)).toHaveLength(0);
  });

  it('batches of one submission that disagree are refused', async () => {
    const agreed = { submission: randomUUID(), sequence: world.nextSequence(), batches: 3 };
    await hub.intake.receive('ashfield', await world.sealed({ manifest: agreed }));
    for (const [change, reason] of [
      [{ batches: 4 }, 'count_mismatch'],
      [{ mode: 'full' }, 'manifest_invalid'],
      [{ sequence: agreed.sequence + 1_000 }, 'manifest_invalid'],
    ] as const) {
      const message = await world.sealed({ manifest: { ...agreed, batch: 2, ...change } });
      const { receipt } = await hub.intake.receive('ashfield', message);
      expect(await world.draft(receipt)).toMatchObject({ reason });
    }
  });

  it('millions of empty rows are refused before one is read', async () => {
    const rows = new Array<string>(300_000).fill('');
    const { receipt } = await hub.intake.receive('ashfield', await world.sealed({ rows }));
    expect(await world.draft(receipt)).toMatchObject({ reason: 'too_large' });
  });

  it('one registered key that cannot be read, or is not what it says, stops nobody else', async () => {
    await world.query(
      `INSERT INTO portal.agency_key (fingerprint, agency, public_key, registered_by)
      VALUES ($1, 'gedling', 'no key', '{x}'), ($2, 'ashfield', (SELECT public_key FROM portal.agency_key WHERE agency = 'gedling' LIMIT 1), '{x}')`,
      ['A'.repeat(40), 'B'.repeat(40)],
    );
    const good = await hub.intake.receive('ashfield', await world.sealed());
    expect(await world.draft(good.receipt)).toMatchObject({ status: 'accepted' });
    const bad = await hub.intake.receive('ashfield', await world.sealed({ signer: world.key('gedling') }));
    expect(await world.draft(bad.receipt)).toMatchObject({ reason: 'wrong_sender' });
  });

  it('a key that was revoked a moment ago signs nothing any more', async () => {
    const message = await world.sealed({ agency: 'gedling' });
    await world.query(`UPDATE portal.agency_key SET revoked_at = now() WHERE agency = 'gedling'`);
    const { receipt } = await hub.intake.receive('gedling', message);
    expect(await world.draft(receipt)).toMatchObject({ reason: 'unknown_signer' });
  });
});
