import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrears, referral, stranger, testina, MatchingWorld } from '../support/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.make();
});
afterAll(() => world.end());

describe('a victim referred today is found in last month’s arrears', () => {
  it('the sealed record is opened and proposed, the stranger beside it is not written down', async () => {
    const month = await world.send('ashfield', 'arrears', arrears('A-1', testina), arrears('A-2', stranger));
    expect(await world.matches()).toEqual([]);
    await world.send('police', 'marac-referral', referral('R-1', testina));

    const [subject] = await world.subjects();
    expect(await world.matches()).toMatchObject([
      {
        subject_id: subject!.id,
        record_id: month.recordIds[0],
        part: 'person',
        kind: 'record',
        status: 'proposed',
        role: 'victim',
      },
    ]);
    // One for each batch, and none tells of the match: test/security.
    expect(await world.audit('BatchCompared')).toHaveLength(2);
    expect(await world.told('matches.changed')).toHaveLength(1);
  });

  it('a subject learns nothing from a record that has ended', async () => {
    await world.send('gedling', 'arrears', arrears('A-9', testina, { balance: 10 }));
    const old = (await world.matches()).at(-1)!;
    await world.send('gedling', 'arrears', arrears('A-9', { ...stranger, surname: 'Elsewhere' }));
    await world.send('idva', 'marac-referral', referral('R-2', { ...testina, surname: 'Examplewoode' }));
    const newest = (await world.subjects()).at(-1)!;
    expect((await world.matches()).filter((m) => m.subject_id === newest.id).map((m) => m.record_id)).not.toContain(
      old.record_id,
    );
  });
});
