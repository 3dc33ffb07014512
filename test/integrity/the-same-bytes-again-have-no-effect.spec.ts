import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { aRow, IntakeWorld, type Instance } from '../support/intake.js';

let world: IntakeWorld;
let first: Instance;
let second: Instance;

beforeAll(async () => {
  world = await IntakeWorld.fresh();
  [first, second] = [world.instance(), world.instance()];
});
afterAll(async () => world.end());

const everything = async (): Promise<Record<string, number>> => ({
  ...(await world.stored()),
  audit: await world.count('audit.entry'),
  batches: await world.count('ingest.feed_batch'),
});

describe('the same bytes again have no effect', () => {
  it('while the receipt is still waiting for its proof, nothing is sent: it will come', async () => {
    const message = await world.sealed();
    const answer = await first.intake.receive('ashfield', message);
    const before = await everything();
    expect(await second.intake.receive('ashfield', message)).toEqual(answer);
    expect(await everything()).toEqual(before);
  });

  it('once there is a receipt, the same receipt goes again, byte for byte', async () => {
    const message = await world.sealed({ rows: [aRow('B-1')] });
    const { receipt } = await first.intake.receive('ashfield', message);
    await world.query(`UPDATE ingest.feed_batch SET receipt = '\\x0102', receipted_at = now() WHERE id = $1`, [
      receipt,
    ]);
    const before = await everything();
    await first.intake.receive('ashfield', message);
    const after = await everything();
    expect(after).toEqual({ ...before, 'ingest.outbox': before['ingest.outbox']! + 1 });
    const [sent] = await world.query('SELECT topic, key, value FROM ingest.outbox ORDER BY id DESC LIMIT 1');
    expect(sent).toEqual({ topic: 'receipts.ashfield', key: receipt, value: Buffer.from([1, 2]) });
  });

  it('by both entrances at the same moment they are taken once, and nobody is told of a replay', async () => {
    for (let round = 0; round < 5; round++) {
      const message = await world.sealed({ rows: [aRow(`R-${round}`)] });
      const answers = await Promise.all(
        [1, 2, 3, 4].map((n) => (n % 2 ? first : second).intake.receive('ashfield', message)),
      );
      expect(new Set(answers.map(({ receipt }) => receipt)).size).toBe(1);
    }
    expect(await world.count(`ingest.feed_batch WHERE status = 'rejected'`)).toBe(0);
    expect(await world.entries('BatchRefused')).toHaveLength(0);
  });

  it('the same bytes sent by another agency are refused, and tell it nothing of the first', async () => {
    const message = await world.sealed({ rows: [aRow('C-1')] });
    const mine = await first.intake.receive('ashfield', message);
    const theirs = await first.intake.receive('gedling', message);
    expect(theirs).toMatchObject({ submission: null, batch: null });
    expect(theirs.receipt).not.toBe(mine.receipt);
    expect(await world.draft(theirs.receipt)).toMatchObject({ reason: 'wrong_sender' });
  });

  it('a refused message that Kafka delivers twice is told of once; sent anew, it is told of again', async () => {
    const message = await world.sealed({ manifest: { rows: 9 } });
    const delivery = { topic: 'feeds.ashfield', partition: 0, offset: '7', key: null, value: message };
    await first.intake.receive('ashfield', message, undefined, delivery);
    const before = await everything();
    await second.intake.receive('ashfield', message, undefined, delivery);
    expect(await everything()).toEqual(before);
    await second.intake.receive('ashfield', message, undefined, { ...delivery, offset: '8' });
    expect(await everything()).toEqual({ ...before, audit: before.audit! + 1, batches: before.batches! + 1 });
  });

  it('the batches of one submission may come from two instances at once: all are taken, and it is complete once', async () => {
    const submission = randomUUID();
    const sequence = world.nextSequence();
    const messages = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((batch) =>
        world.sealed({
          rows: [aRow(`D-${batch}`)],
          manifest: { submission, sequence, batch, batches: 6, mode: 'full' },
        }),
      ),
    );
    await Promise.all(messages.map((message, n) => (n % 2 ? first : second).intake.receive('ashfield', message)));
    expect(await world.count('ingest.feed_batch WHERE submission = $1', [submission])).toBe(6);
    expect(await world.count('ingest.submission WHERE id = $1 AND complete_at IS NOT NULL', [submission])).toBe(1);
    expect(await world.count(`ingest.record WHERE submission = $1 AND state = 'active'`, [submission])).toBe(6);
    expect((await world.entries('SubmissionCompleted')).filter(({ object }) => object.id === submission)).toHaveLength(
      1,
    );
  });
});
