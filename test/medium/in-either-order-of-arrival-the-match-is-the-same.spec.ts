import { afterAll, describe, expect, it } from '@jest/globals';
import { arrears, matchingProcess, referral, testina, MatchingWorld } from '../support/matching-world.js';

const worlds: MatchingWorld[] = [];
const newWorld = async () => {
  worlds.push(await MatchingWorld.make());
  return worlds.at(-1)!;
};
afterAll(async () => {
  for (const world of worlds) await world.end();
});

const pairOf = ({ part, kind, role, weight, status }: Awaited<ReturnType<MatchingWorld['matches']>>[number]) => ({
  part,
  kind,
  role,
  weight: Math.round(weight * 1000) / 1000,
  status,
});

describe('in either order of arrival the match is the same', () => {
  it('record first, subject first, and both at once in two processes', async () => {
    const world = await newWorld();
    await world.send('ashfield', 'arrears', arrears('A-1', testina));
    await world.send('police', 'marac-referral', referral('R-1', testina));
    const recordFirst = pairOf((await world.matches())[0]!);

    const other = await newWorld();
    await other.send('police', 'marac-referral', referral('R-1', testina));
    await other.send('ashfield', 'arrears', arrears('A-1', testina));
    expect((await other.matches()).map(pairOf)).toEqual([recordFirst]);

    const third = await newWorld();
    const second = matchingProcess(third.matching, third.keys);
    const [a, b] = [
      await third.accept('police', 'marac-referral', [referral('R-1', testina)]),
      await third.accept('ashfield', 'arrears', [arrears('A-1', testina)]),
    ];
    await Promise.all([third.take(a), third.take(b, second)]);
    expect((await third.matches()).map(pairOf)).toEqual([recordFirst]);
  });

  it('many batches taken at once in one process lose nothing', async () => {
    const busy = await newWorld();
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
  });
});
