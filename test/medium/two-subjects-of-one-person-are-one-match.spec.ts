import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { matchingProcess, referral, samplon, service, testina, MatchingWorld } from '../support/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.make();
});
afterAll(() => world.end());

describe('two subjects of one person are one match', () => {
  it('the newer subject is matched to the older one, once', async () => {
    await world.send('womens-aid', 'dv-service', service('W-1', testina));
    const second = await world.send('police', 'marac-referral', referral('R-1', testina));
    const [older, newer] = await world.subjects();
    expect(await world.matches()).toMatchObject([
      { subject_id: older!.id, other_id: newer!.id, record_id: second.recordIds[0], part: 'victim', kind: 'subject' },
    ]);
  });

  it('also when the older row is compared later, and when both are compared by two processes', async () => {
    const [early, late] = [
      await world.accept('womens-aid', 'dv-service', [service('W-2', samplon)]),
      await world.accept('police', 'marac-referral', [referral('R-2', samplon)]),
    ];
    const other = matchingProcess(world.matching, world.keys);
    await Promise.all([world.take(late), world.take(early, other)]);
    await world.take(early);
    const between = (await world.matches()).filter((m) =>
      [...early.recordIds, ...late.recordIds].includes(m.record_id),
    );
    expect(between).toHaveLength(1);
    const subjects = (await world.subjects()).filter((s) =>
      [...early.recordIds, ...late.recordIds].includes(s.record_id),
    );
    expect(between[0]).toMatchObject({ kind: 'subject', subject_id: subjects[0]!.id, other_id: subjects[1]!.id });
  });

  it('linking them makes the newer part of the older, undoing sets them apart, a second link still standing keeps them', async () => {
    const [match] = await world.matches();
    const merged = async (id: string) => (await world.subjects()).find((s) => s.id === id)!.merged_into;
    await world.decide(match!.id, 'linked');
    expect(await merged(match!.other_id!)).toBe(match!.subject_id);
    await world.decide(match!.id, 'undone');
    expect(await merged(match!.other_id!)).toBeNull();

    await world.send('idva', 'marac-referral', referral('R-3', testina));
    const third = (await world.subjects()).at(-1)!;
    const links = (await world.matches()).filter((m) => m.other_id === third.id);
    expect(links).toHaveLength(2);
    for (const link of links) await world.decide(link.id, 'linked');
    await world.decide(links[1]!.id, 'undone');
    expect(await merged(third.id)).toBe(links[0]!.subject_id);
    await world.decide(links[0]!.id, 'undone');
    expect(await merged(third.id)).toBeNull();
  });

  it('a merged pair that goes back to review and is rejected is set apart', async () => {
    const row = { surname: 'Moverley', forenames: ['Parta'], dateOfBirth: '1971-05-06', sex: 'female' };
    await world.send('womens-aid', 'dv-service', service('W-7', row));
    await world.send('police', 'marac-referral', referral('R-7', row));
    const match = (await world.matches()).at(-1)!;
    await world.decide(match.id, 'linked');
    await world.send(
      'police',
      'marac-referral',
      referral('R-7', { surname: 'Quitedifferent', forenames: ['Zebedee'], dateOfBirth: '1999-12-31', sex: 'male' }),
    );
    expect((await world.matches()).find((m) => m.id === match.id)!.status).toBe('closer-look');
    await world.decide(match.id, 'rejected');
    expect((await world.subjects()).find((s) => s.id === match.other_id)!.merged_into).toBeNull();
  });
});
