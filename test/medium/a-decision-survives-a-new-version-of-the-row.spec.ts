import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alice, arrears, bobby, referral, stranger, testina, MatchingWorld } from '../support/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.make();
});
afterAll(() => world.end());

const status = async (id: string) => (await world.matches()).find((m) => m.id === id)!.status;
const of = async (recordId: string) => (await world.matches()).filter((m) => m.record_id === recordId);
/** A record about the victim, matched. */
const matched = async (ref: string) => {
  const batch = await world.send('ashfield', 'arrears', arrears(ref, testina, { balance: 1 }));
  return (await of(batch.recordIds[0]!))[0]!;
};

describe('a decision survives a new version of the row', () => {
  beforeAll(async () => {
    await world.send('police', 'marac-referral', referral('R-1', testina));
  });

  it('linked stays linked, rejected stays rejected, parked stays parked', async () => {
    for (const outcome of ['linked', 'rejected', 'parked'] as const) {
      const match = await matched(`A-${outcome}`);
      await world.decide(match.id, outcome);
      const next = await world.send('ashfield', 'arrears', arrears(`A-${outcome}`, testina, { balance: 2 }));
      expect((await of(next.recordIds[0]!)).map((m) => m.status)).toEqual([outcome]);
      expect(await status(match.id)).toBe(outcome === 'rejected' ? 'rejected' : 'superseded');
    }
  });

  it('a link whose pair is no longer found goes to a closer look, told and logged, and stays through later versions', async () => {
    const match = await matched('A-gone');
    await world.decide(match.id, 'linked');
    const [told, entries] = [(await world.told('matches.changed')).length, (await world.audit('BatchCompared')).length];
    await world.send('ashfield', 'arrears', arrears('A-gone', stranger));
    expect(await status(match.id)).toBe('closer-look');
    expect((await world.told('matches.changed')).slice(told).flatMap((event) => event['matchIds'])).toContain(match.id);
    expect((await world.audit('BatchCompared')).length).toBe(entries + 1);
    await world.send('ashfield', 'arrears', arrears('A-gone', stranger, { balance: 3 }));
    expect(await status(match.id)).toBe('closer-look');
  });

  it('also when versions in between were replaced before they were read', async () => {
    const match = await matched('A-skip');
    await world.decide(match.id, 'linked');
    const unread = await world.accept('ashfield', 'arrears', [arrears('A-skip', testina, { balance: 20 })]);
    const last = await world.accept('ashfield', 'arrears', [arrears('A-skip', testina, { balance: 30 })]);
    await world.take(unread);
    await world.take(last);
    expect((await of(last.recordIds[0]!)).map((m) => m.status)).toEqual(['linked']);
    expect(await status(match.id)).toBe('superseded');
  });

  it('a decision that arrives after the new version is applied to the new version', async () => {
    const match = await matched('A-late');
    const next = await world.send('ashfield', 'arrears', arrears('A-late', testina, { balance: 2 }));
    await world.decide(match.id, 'linked');
    expect((await of(next.recordIds[0]!)).map((m) => m.status)).toEqual(['linked']);
    expect(await status(match.id)).toBe('superseded');
  });

  it('what a reviewer took back is not carried over again when the batch comes twice', async () => {
    const match = await matched('A-undone');
    await world.decide(match.id, 'rejected');
    const next = await world.send('ashfield', 'arrears', arrears('A-undone', testina, { balance: 2 }));
    const [carried] = await of(next.recordIds[0]!);
    await world.decide(carried!.id, 'undone');
    await world.take(next);
    expect(await status(carried!.id)).toBe('proposed');
    const last = await world.send('ashfield', 'arrears', arrears('A-undone', testina, { balance: 3 }));
    expect((await of(last.recordIds[0]!)).map((m) => m.status)).toEqual(['proposed']);
  });

  it('a link that one person confirmed is asked anew when its subject turns out to be an alleged perpetrator', async () => {
    const person = { ...stranger, surname: 'Turncoatley', forenames: ['Rolander'] };
    await world.send('womens-aid', 'dv-service', { recordRef: 'W-turn', role: 'victim', person } as never);
    const about = await world.send('gedling', 'arrears', arrears('A-turn', person));
    const [link] = await of(about.recordIds[0]!);
    await world.decide(link!.id, 'linked');
    await world.send('womens-aid', 'dv-service', { recordRef: 'W-turn', role: 'perpetrator', person } as never);
    expect(await of(about.recordIds[0]!)).toMatchObject([{ id: link!.id, role: 'perpetrator', status: 'closer-look' }]);
  });

  it('a subject stays the same person when the row lists its people in another order or leaves one out', async () => {
    await world.send(
      'idva',
      'marac-referral',
      referral('R-kids', testina, { children: [{ person: alice }, { person: bobby }] }),
    );
    const before = (await world.subjects()).filter((s) => s.part.startsWith('children.'));
    const [ofAlice, ofBobby] = [
      before.find((s) => s.part === 'children.0')!,
      before.find((s) => s.part === 'children.1')!,
    ];
    const next = await world.send(
      'idva',
      'marac-referral',
      referral('R-kids', testina, { children: [{ person: bobby }] }),
    );
    const after = await world.subjects();
    expect(after.find((s) => s.id === ofBobby.id)).toMatchObject({ record_id: next.recordIds[0], part: 'children.0' });
    expect(after.find((s) => s.id === ofAlice.id)).toMatchObject({ record_id: ofAlice.record_id, part: 'children.0' });

    const swapped = await world.send(
      'idva',
      'marac-referral',
      referral('R-kids', testina, { children: [{ person: alice }, { person: bobby }] }),
    );
    const last = await world.subjects();
    expect(last.find((s) => s.id === ofAlice.id)).toMatchObject({
      record_id: swapped.recordIds[0],
      part: 'children.0',
    });
    expect(last.find((s) => s.id === ofBobby.id)).toMatchObject({
      record_id: swapped.recordIds[0],
      part: 'children.1',
    });
  });

  it('subjects follow their row over versions nobody read, and are not made twice', async () => {
    const made = await world.send(
      'health',
      'marac-referral',
      referral('R-chain', { ...stranger, surname: 'Chainlink' }),
    );
    const [first] = (await world.subjects()).filter((s) => s.record_id === made.recordIds[0]);
    const unread = await world.accept('health', 'marac-referral', [
      referral('R-chain', { ...stranger, surname: 'Chainlink' }, { reason: 'a' }),
    ]);
    const last = await world.accept('health', 'marac-referral', [
      referral('R-chain', { ...stranger, surname: 'Chainlink' }, { reason: 'b' }),
    ]);
    await world.take(unread);
    await world.take(last);
    const subjects = (await world.subjects()).filter((s) =>
      [...made.recordIds, ...last.recordIds].includes(s.record_id),
    );
    expect(subjects).toMatchObject([{ id: first!.id, record_id: last.recordIds[0] }]);
  });
});
