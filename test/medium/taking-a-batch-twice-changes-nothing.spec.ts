import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrears, referral, stranger, testina, MatchingWorld } from '../support/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.make();
});
afterAll(() => world.end());

describe('taking a batch twice changes nothing', () => {
  it('subjects, matches, events and entries stay as they were; only the reading is logged again', async () => {
    const first = await world.send('ashfield', 'arrears', arrears('A-1', testina));
    const second = await world.send('police', 'marac-referral', referral('R-1', testina));
    const state = async () => ({
      subjects: await world.subjects(),
      matches: await world.sql('SELECT * FROM matching.match ORDER BY id'),
      outbox: await world.sql('SELECT id, topic FROM matching.outbox ORDER BY id'),
      added: await world.audit('SubjectsAdded'),
      compared: await world.audit('BatchCompared'),
    });
    const before = await state();
    for (const batch of [second, first, second]) await world.take(batch);
    expect(await state()).toEqual(before);
  });

  it('a link that went back to review stays there, however often the batch comes', async () => {
    const [match] = await world.matches();
    await world.decide(match!.id, 'linked');
    const changed = await world.send('ashfield', 'arrears', arrears('A-1', stranger));
    const status = async () => (await world.matches()).find((m) => m.id === match!.id)!.status;
    expect(await status()).toBe('closer-look');
    await world.take(changed);
    expect(await status()).toBe('closer-look');
  });
});
