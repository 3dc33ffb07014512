import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrears, referral, samplon, stranger, testina, MatchingWorld } from '../support/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.make();
});
afterAll(() => world.end());

describe('a new record is held against every subject', () => {
  it('finds each subject the record may be, with the stricter role of a perpetrator', async () => {
    await world.send('police', 'marac-referral', referral('R-1', testina, { perpetrators: [{ person: samplon }] }));
    const both = await world.send('ashfield', 'arrears', arrears('A-1', testina), arrears('A-2', samplon));
    const matches = await world.matches();
    expect(matches.find((m) => m.record_id === both.recordIds[0])).toMatchObject({
      role: 'victim',
      status: 'proposed',
    });
    expect(matches.find((m) => m.record_id === both.recordIds[1])).toMatchObject({
      role: 'perpetrator',
      status: 'proposed',
    });
  });

  it('a record under both thresholds is not written down: no match, no event, nothing but that it was read and compared', async () => {
    const [matches, told] = [await world.matches(), await world.told('matches.changed')];
    await world.send('mansfield', 'arrears', arrears('A-3', stranger));
    expect(await world.matches()).toEqual(matches);
    expect(await world.told('matches.changed')).toEqual(told);
  });

  it('a subject whose role changes in a new version is matched as what it now is', async () => {
    const row = { recordRef: 'W-1', person: { ...stranger, forenames: ['Changer'], surname: 'Roleswap' } };
    await world.send('womens-aid', 'dv-service', { ...row, role: 'victim' } as never);
    await world.send('womens-aid', 'dv-service', { ...row, role: 'perpetrator' } as never);
    const swapped = (await world.subjects()).at(-1)!;
    expect(swapped.role).toBe('perpetrator');
    await world.send('bassetlaw', 'arrears', arrears('A-4', row.person));
    expect((await world.matches()).find((m) => m.subject_id === swapped.id)).toMatchObject({ role: 'perpetrator' });
  });
});
