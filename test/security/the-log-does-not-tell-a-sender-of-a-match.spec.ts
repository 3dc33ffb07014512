import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrears, MatchingWorld, referral, stranger, testina } from '../support/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.make();
});
afterAll(() => world.end());

type Entry = { action: string; object: { id: string }; at: string; commit: Record<string, string> };

/** What stands in the log after a batch, as any agency can read it. */
async function logged(send: () => Promise<unknown>) {
  const entries = () => world.sql<{ entry: Entry }>('SELECT entry FROM audit.entry ORDER BY appended_at');
  const before = (await entries()).length;
  await send();
  return (await entries()).slice(before).map(({ entry: { at: _at, object: _object, commit, ...told } }) => ({
    ...told,
    commit: Object.keys(commit),
  }));
}

describe('the log does not tell a sender of a match', () => {
  it('as many entries, and the same ones, whether its row matched or not, and whether a link went back', async () => {
    await world.send('police', 'marac-referral', referral('R-1', testina));
    const nobody = await logged(() => world.send('ashfield', 'arrears', arrears('A-1', stranger)));
    expect(nobody.length).toBeGreaterThan(0);
    const somebody = await logged(() => world.send('ashfield', 'arrears', arrears('A-2', testina)));
    expect(await world.matches()).toHaveLength(1);
    expect(somebody).toEqual(nobody);
    const [match] = await world.matches();
    await world.decide(match!.id, 'linked');
    const carried = await logged(() => world.send('ashfield', 'arrears', arrears('A-2', testina, { balance: 2 })));
    expect(carried).toEqual(nobody);
    const returned = await logged(() => world.send('ashfield', 'arrears', arrears('A-2', stranger)));
    expect((await world.matches()).map(({ status }) => status)).toContain('closer-look');
    expect(returned).toEqual(nobody);
  });

  it('a digest over what was found can be tested by nobody who does not know the records', async () => {
    await world.send('gedling', 'arrears', arrears('A-3', { ...stranger, surname: 'Nobodyknown' }));
    await world.send('gedling', 'arrears', arrears('A-4', { ...stranger, surname: 'Nobodyelse' }));
    const digests = (await world.audit('BatchCompared')).map((entry) => (entry as unknown as Entry).commit['rows']);
    expect(digests.length).toBeGreaterThan(2);
    expect(new Set(digests).size).toBe(digests.length);
  });
});
