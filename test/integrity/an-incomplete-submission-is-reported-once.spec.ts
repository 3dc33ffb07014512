import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { metrics } from '#platform';
import { IncompleteSubmissions } from '../../apps/ingest/src/completing/incomplete-submissions.js';
import { aRow, IntakeWorld, silent, type Instance } from '../support/intake.js';

let world: IntakeWorld;
let hub: Instance;
let watch: IncompleteSubmissions;

beforeAll(async () => {
  world = await IntakeWorld.fresh();
  hub = world.instance();
  const config = { INCOMPLETE_AFTER_MINUTES: 60, INCOMPLETE_CHECK_SECONDS: 60 };
  watch = new IncompleteSubmissions(config, silent, hub.database, hub.batches);
});
afterAll(async () => world.end());
beforeEach(async () => {
  await world.query(
    'UPDATE ingest.submission SET incomplete_at = now() WHERE complete_at IS NULL AND incomplete_at IS NULL',
  );
});

/** Some batches of a full submission in three. */
async function begun(taken: number[], feed: 'arrears' | 'housing' = 'arrears') {
  const agreed = { submission: randomUUID(), sequence: world.nextSequence(), batches: 3, mode: 'full' };
  const send = async (batch: number) => {
    const rows = feed === 'arrears' ? [aRow(`${agreed.submission.slice(0, 8)}-${batch}`)] : [];
    await hub.intake.receive('ashfield', await world.sealed({ feed, rows, manifest: { ...agreed, batch } }));
  };
  for (const batch of taken) await send(batch);
  return { id: agreed.submission, send };
}
const age = (id: string, minutes: number) =>
  world.query(`UPDATE ingest.feed_batch SET received_at = now() - make_interval(mins => $2) WHERE submission = $1`, [
    id,
    minutes,
  ]);
const told = async (id: string) =>
  (await world.entries('SubmissionIncomplete')).filter(({ object }) => object.id === id);

describe('a submission of which batches never come', () => {
  it('is not reported while its last batch is fresh, and once it is old exactly once, by whichever instance', async () => {
    const { id } = await begun([1, 3]);
    await age(id, 59);
    expect(await watch.tell()).toBe(0);
    await age(id, 61);
    const before = await counted();
    const second = new IncompleteSubmissions(
      { INCOMPLETE_AFTER_MINUTES: 60, INCOMPLETE_CHECK_SECONDS: 60 },
      silent,
      world.instance().database,
      hub.batches,
    );
    const numbers = await Promise.all([watch.tell(), second.tell()]);
    expect(numbers.sort()).toEqual([0, 1]);
    expect(await watch.tell()).toBe(0);
    expect(await told(id)).toMatchObject([
      {
        outcome: 'overdue',
        actor: { type: 'service', id: 'ingest' },
        detail: { agency: 'ashfield', feed: 'arrears', batches: 3, taken: 2 },
      },
    ]);
    expect(await counted()).toBe(before + 1);
  });

  it('says which batches are missing to its agency, and to nobody else', async () => {
    const { id } = await begun([1, 3]);
    expect(await hub.batches.state('ashfield', id)).toEqual({ state: 'coming', batches: 3, missing: [2] });
    await age(id, 61);
    await watch.tell();
    expect(await hub.batches.state('ashfield', id)).toEqual({ state: 'incomplete', batches: 3, missing: [2] });
    expect(await hub.batches.state('gedling', id)).toBeNull();
    const portal = await world.query('SELECT taken, missing, incomplete_at FROM portal.submission WHERE id = $1', [id]);
    expect(portal).toEqual([{ taken: 2, missing: [2], incomplete_at: expect.any(Date) }]);
  });

  it('may still come: reported or not, its last batch completes it', async () => {
    const { id, send } = await begun([3, 1]);
    await age(id, 61);
    await watch.tell();
    await send(2);
    expect(await hub.batches.state('ashfield', id)).toEqual({ state: 'complete', batches: 3, missing: [] });
    expect(await world.entries('SubmissionCompleted')).toEqual(
      expect.arrayContaining([expect.objectContaining({ object: { type: 'submission', id } })]),
    );
  });

  it('has replaced nothing, and is reported at once when a later submission of its feed has begun', async () => {
    const { id } = await begun([1]);
    const later = await begun([1, 2, 3]);
    expect(await watch.tell()).toBe(1);
    expect(await told(id)).toMatchObject([{ outcome: 'superseded' }]);
    expect(await told(later.id)).toEqual([]);
  });

  it('of another feed is not the concern of this one', async () => {
    const { id } = await begun([1]);
    await begun([1, 2, 3], 'housing');
    expect(await watch.tell()).toBe(0);
    expect(await told(id)).toEqual([]);
  });
});

async function counted(): Promise<number> {
  const { values } = (await metrics.getSingleMetric('mash_submissions_incomplete_total')!.get()) as {
    values: { value: number }[];
  };
  return values.reduce((sum, { value }) => sum + value, 0);
}
