import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rowsRoot } from '#ledger';
import { arrears, OPERATOR_TOKEN, referral, stranger, testina, MatchingWorld } from '../support/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.make();
});
afterAll(() => world.end());

/** What the entries say of records that were opened: the act and the digest over the records' ids. */
const openings = async () => {
  const rows = await world.sql<{ action: string; rows: string }>(
    `SELECT entry ->> 'action' AS action, entry -> 'commit' ->> 'rows' AS rows FROM audit.entry
     WHERE entry ->> 'outcome' = 'opened' ORDER BY appended_at`,
  );
  return rows;
};

/** The digest of an opening of exactly these agencies' records. */
const digestOf = async (...feeds: string[]) => {
  const rows = await world.sql<{ id: string }>('SELECT id FROM ingest.record WHERE feed = ANY($1) ORDER BY id', [
    feeds,
  ]);
  return rowsRoot(rows.map(({ id }) => Buffer.from(id))).toString('hex');
};

describe('matching reads nothing unlogged', () => {
  it('every reading leaves exactly one entry with the digest of what was opened', async () => {
    await world.send('ashfield', 'arrears', arrears('A-1', testina), arrears('A-2', stranger));
    expect(await openings()).toEqual([{ action: 'RecordsCompared', rows: await digestOf('arrears') }]);
    await world.send('police', 'marac-referral', referral('R-1', testina));
    const [ofReferral, ofCandidates, ...more] = (await openings()).slice(1);
    expect(ofReferral).toEqual({ action: 'RecordsCompared', rows: await digestOf('marac-referral') });
    expect(ofCandidates).toMatchObject({ action: 'RecordsCompared' });
    expect(more).toEqual([]);
    await world.process.exporting.export(`Bearer ${OPERATOR_TOKEN}`);
    expect((await openings()).slice(3)).toMatchObject([{ action: 'MatchesExported' }]);
  });

  it('a referral of somebody like nobody leaves as many entries as one of somebody in the files', async () => {
    const before = (await openings()).length;
    await world.send(
      'police',
      'marac-referral',
      referral('R-9', { ...stranger, surname: 'Quillfeather', forenames: ['Ophelia'] }),
    );
    expect((await openings()).slice(before).map(({ action }) => action)).toEqual([
      'RecordsCompared',
      'RecordsCompared',
    ]);
  });

  it('an erased subject record is asked for once, not with every batch', async () => {
    const subject = (await world.subjects()).find(({ role }) => role === 'victim');
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
