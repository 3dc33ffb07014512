import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrears, OPERATOR_TOKEN, referral, stranger, testina, MatchingWorld } from '../support/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.make();
});
afterAll(() => world.end());

/** How many entries say that records were opened, and how many records they opened. */
const openings = async () => {
  const rows = await world.sql<{ action: string; objects: number }>(
    `SELECT entry ->> 'action' AS action, (entry -> 'detail' ->> 'objects')::int AS objects FROM audit.entry
     WHERE entry ->> 'outcome' = 'opened' ORDER BY appended_at`,
  );
  return rows;
};

describe('matching reads nothing unlogged', () => {
  it('every reading leaves exactly one entry with the number of records opened', async () => {
    await world.send('ashfield', 'arrears', arrears('A-1', testina), arrears('A-2', stranger));
    expect(await openings()).toEqual([{ action: 'RecordsCompared', objects: 2 }]);
    await world.send('police', 'marac-referral', referral('R-1', testina));
    expect((await openings()).slice(1)).toEqual([
      { action: 'RecordsCompared', objects: 1 },
      { action: 'RecordsCompared', objects: 1 },
    ]);
    await world.process.exporting.export(`Bearer ${OPERATOR_TOKEN}`);
    expect((await openings()).slice(3)).toEqual([{ action: 'MatchesExported', objects: 2 }]);
  });

  it('an erased subject record is asked for once, not with every batch', async () => {
    const [subject] = await world.subjects();
    await world.sql(`SELECT vault.erase_objects('{"type":"service","id":"ingest"}', 'test', ARRAY[$1]::uuid[])`, [
      subject!.record_id,
    ]);
    const fresh = (await import('../support/matching-world.js')).matchingProcess(world.matching, world.keys);
    const batches = [];
    for (const ref of ['A-3', 'A-4', 'A-5'])
      batches.push(await world.accept('ashfield', 'arrears', [arrears(ref, stranger)]));
    const before = (await openings()).length;
    for (const batch of batches) await world.take(batch, fresh);
    expect((await openings()).slice(before).filter(({ action }) => action === 'SubjectsLoaded')).toHaveLength(1);
  });
});
