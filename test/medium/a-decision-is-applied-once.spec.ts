import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrears, referral, testina, MatchingWorld } from '../support/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.make();
});
afterAll(() => world.end());

describe('a decision is applied once', () => {
  it('the same decision again changes nothing, a later one counts, an unknown match is no fault', async () => {
    await world.send('ashfield', 'arrears', arrears('A-1', testina));
    await world.send('police', 'marac-referral', referral('R-1', testina));
    const [match] = await world.matches();
    const status = async () => (await world.matches())[0]!.status;
    await world.decide(match!.id, 'linked', 'decision-1');
    expect(await status()).toBe('linked');
    await world.decide(match!.id, 'undone', 'decision-2');
    await world.decide(match!.id, 'linked', 'decision-1');
    expect(await status()).toBe('proposed');
    expect(await world.audit('DecisionApplied')).toHaveLength(2);
    await world.decide('00000000-0000-4000-8000-000000000000', 'linked');
    expect(await world.audit('DecisionApplied')).toHaveLength(2);
  });
});
