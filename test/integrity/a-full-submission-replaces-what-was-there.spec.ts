import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sampleRows } from '#contracts';
import { aRow, IntakeWorld, type Instance, type Row } from '../support/intake.js';

let world: IntakeWorld;
let hub: Instance;

beforeEach(async () => {
  world = await IntakeWorld.fresh();
  hub = world.instance();
});
afterEach(async () => world.end());

interface Version {
  id: string;
  state: string;
  previous_id: string | null;
  submission: string;
}
/** Every version there is, oldest first. */
const versions = () =>
  world.query<Version>('SELECT id, state, previous_id, submission FROM ingest.record ORDER BY received_at, id');
const active = async () =>
  (await versions())
    .filter(({ state }) => state === 'active')
    .map(({ id }) => id)
    .sort();

async function send(rows: (Row | string)[], manifest: Record<string, unknown> = {}): Promise<string> {
  const { receipt } = await hub.intake.receive(
    'ashfield',
    await world.sealed({ rows, manifest: { mode: 'full', ...manifest } }),
  );
  return receipt;
}

describe('a full submission replaces what was there', () => {
  it('unchanged rows keep their record, changed ones get a new version, missing ones end', async () => {
    await send([aRow('A'), aRow('B', { balance: 1 }), aRow('C')]);
    const before = await active();
    await send([aRow('A'), aRow('B', { balance: 2 }), aRow('D')]);
    const all = await versions();
    const states = Object.groupBy(all, ({ state }) => state);
    expect(states.active).toHaveLength(3);
    expect(states.superseded).toHaveLength(1);
    expect(states.deleted).toHaveLength(1);
    expect(states.active!.filter(({ id }) => before.includes(id))).toHaveLength(1);
    expect(states.active!.filter(({ previous_id }) => previous_id === states.superseded![0]!.id)).toHaveLength(1);
    expect((await world.entries('SubmissionCompleted')).at(-1)).toMatchObject({
      outcome: 'replaced',
      detail: { ended: 1 },
    });
  });

  it('nothing ends before the last of its batches is in, in whatever order they come', async () => {
    await send([aRow('A'), aRow('B'), aRow('C')]);
    const together = { submission: randomUUID(), sequence: world.nextSequence(), batches: 2 };
    await send([aRow('B')], { ...together, batch: 2 });
    expect(await active()).toHaveLength(3);
    await send([aRow('A')], { ...together, batch: 1 });
    expect(await active()).toHaveLength(2);
  });

  it('a batch held back until a later submission has begun is refused: old rows never come over new ones', async () => {
    const old = { submission: randomUUID(), sequence: world.nextSequence(), batches: 2 };
    const late = await world.sealed({
      rows: [aRow('B', { balance: 1 })],
      manifest: { mode: 'full', ...old, batch: 2 },
    });
    await send([aRow('A')], { ...old, batch: 1 });
    await send([aRow('B', { balance: 2 }), aRow('C')]);
    const before = await active();
    const { receipt } = await hub.intake.receive('ashfield', late);
    expect(await world.draft(receipt)).toMatchObject({ status: 'rejected', reason: 'out_of_sequence' });
    expect(await active()).toEqual(before);
  });

  it('a row that is there but wrong has not gone: its last good version stands until it is corrected', async () => {
    await send([aRow('A'), aRow('B')]);
    const before = await active();
    const receipt = await send([aRow('A'), aRow('B', { balance: 'a lot' })]);
    expect(await world.draft(receipt)).toMatchObject({ status: 'partly', quarantined: [{ recordRef: 'B' }] });
    expect(await active()).toEqual(before);
    await send([aRow('A')]);
    expect(await active()).toHaveLength(1);
  });

  it('but a row that now tells of a confidential address ends its older version, which may hold that address', async () => {
    await send([aRow('A'), aRow('B')]);
    const refuge = {
      ...(sampleRows.arrears.person as Row),
      addresses: [{ lines: ['Hidden'], type: 'current', confidential: true }],
    };
    await send([aRow('A'), aRow('B', { person: refuge })]);
    expect(await active()).toHaveLength(1);
  });

  it('a reference that stands in two of its batches is taken once, as within a batch', async () => {
    const together = { submission: randomUUID(), sequence: world.nextSequence(), batches: 2 };
    await send([aRow('A'), aRow('B', { balance: 1 })], { ...together, batch: 1 });
    const before = await active();
    const receipt = await send([aRow('C'), aRow('B', { balance: 2 })], { ...together, batch: 2 });
    expect(await world.draft(receipt)).toMatchObject({
      status: 'partly',
      accepted: 1,
      quarantined: [{ row: 2, recordRef: 'B', errors: [{ code: 'duplicate_ref' }] }],
    });
    expect(await active()).toEqual(expect.arrayContaining(before));
    expect(await active()).toHaveLength(3);
  });

  it('an empty full submission ends everything of its feed, and nothing of another feed or agency', async () => {
    await send([aRow('A'), aRow('B')]);
    await hub.intake.receive(
      'ashfield',
      await world.sealed({ feed: 'housing', rows: [sampleRows.housing], manifest: { mode: 'full' } }),
    );
    await hub.intake.receive(
      'gedling',
      await world.sealed({ agency: 'gedling', rows: [aRow('A')], manifest: { mode: 'full' } }),
    );
    await send([]);
    const left = await world.query(
      `SELECT agency, feed FROM ingest.record WHERE state = 'active' ORDER BY agency, feed`,
    );
    expect(left).toEqual([
      { agency: 'ashfield', feed: 'housing' },
      { agency: 'gedling', feed: 'arrears' },
    ]);
  });

  it('a delta adds, changes and deletes what it names, and leaves the rest', async () => {
    await send([aRow('A'), aRow('B'), aRow('C')]);
    const receipt = await send(
      [aRow('D'), aRow('B', { balance: 5 }), { recordRef: 'C', deleted: true }, { recordRef: 'none', deleted: true }],
      {
        mode: 'delta',
      },
    );
    expect(await world.draft(receipt)).toMatchObject({ status: 'accepted', accepted: 4 });
    const states = Object.groupBy(await versions(), ({ state }) => state);
    expect([states.active?.length, states.superseded?.length, states.deleted?.length]).toEqual([3, 1, 1]);
    expect((await world.entries('BatchAccepted')).at(-1)).toMatchObject({ detail: { removed: 1, stored: 2 } });
  });

  it('a deletion in a full submission is refused as a row; the record ends as one that is missing does', async () => {
    await send([aRow('A'), aRow('B')]);
    const receipt = await send([aRow('A'), { recordRef: 'B', deleted: true }]);
    expect(await world.draft(receipt)).toMatchObject({
      quarantined: [{ row: 2, errors: [{ code: 'deletion_not_allowed' }] }],
    });
    expect(await active()).toHaveLength(1);
  });
});
