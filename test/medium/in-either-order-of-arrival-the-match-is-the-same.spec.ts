import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrears, matchingProcess, referral, testina, MatchingWorld } from '../support/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.make();
});
afterAll(() => world.end());

const pairOf = ({ part, kind, role, weight, status }: Awaited<ReturnType<MatchingWorld['matches']>>[number]) => ({
  part,
  kind,
  role,
  weight: Math.round(weight * 1000) / 1000,
  status,
});

describe('in either order of arrival the match is the same', () => {
  it('record first, subject first, and both at once in two processes', async () => {
    await world.send('ashfield', 'arrears', arrears('A-1', testina));
    await world.send('police', 'marac-referral', referral('R-1', testina));
    const recordFirst = pairOf((await world.matches())[0]!);

    const other = await MatchingWorld.make();
    await other.send('police', 'marac-referral', referral('R-1', testina));
    await other.send('ashfield', 'arrears', arrears('A-1', testina));
    expect((await other.matches()).map(pairOf)).toEqual([recordFirst]);
    await other.end();

    const third = await MatchingWorld.make();
    const second = matchingProcess(third.matching, third.keys);
    const [a, b] = [
      await third.accept('police', 'marac-referral', [referral('R-1', testina)]),
      await third.accept('ashfield', 'arrears', [arrears('A-1', testina)]),
    ];
    await Promise.all([third.take(a), third.take(b, second)]);
    expect((await third.matches()).map(pairOf)).toEqual([recordFirst]);
    await third.end();
  });

  it('many batches taken at once in one process lose nothing', async () => {
    const busy = await MatchingWorld.make();
    const people = Array.from({ length: 12 }, (_, i) => ({
      ...testina,
      surname: `Inventedname${String.fromCharCode(97 + i)}${String.fromCharCode(122 - i)}`,
      forenames: [`Forename${String.fromCharCode(107 + i)}x`],
      telephones: [`0770090${String(1000 + i * 7)}`],
      dateOfBirth: `19${50 + i * 3}-0${1 + (i % 9)}-1${i % 9}`,
      addresses: [],
    }));
    const batches = [];
    for (const [i, person] of people.entries()) {
      batches.push(await busy.accept('police', 'marac-referral', [referral(`R-${i}`, person)]));
      batches.push(await busy.accept('ashfield', 'arrears', [arrears(`A-${i}`, person)]));
    }
    await Promise.all(batches.map((batch) => busy.take(batch)));
    const proposed = (await busy.matches()).filter((m) => m.kind === 'record' && m.status === 'proposed');
    expect(new Set(proposed.map((m) => m.record_id)).size).toBe(people.length);
    await busy.end();
  });
});
