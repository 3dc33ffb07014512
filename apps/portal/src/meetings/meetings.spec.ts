import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleRows } from '#contracts';
import { randomUUID } from 'node:crypto';
import { coordinator, PortalWorld } from '../../test/portal-world.js';
import { agendaOrder } from './agenda.js';
import { readiness } from './readiness.js';

let world: PortalWorld;
const referral = { ...structuredClone(sampleRows['marac-referral']), consent: undefined } as Record<string, unknown>;
const adultsOnly = { ...referral, children: [] };
const heldAt = '2026-12-01T10:00:00Z';

beforeAll(async () => {
  world = await PortalWorld.make();
});
afterAll(() => world.end());

async function planned() {
  const early = await world.referral({ ...adultsOnly, referredAt: '2026-10-01' });
  const late = await world.referral({ ...referral, referredAt: '2026-11-01' });
  const form = { heldAt, area: 'Mansfield', caseIds: [early.caseId, late.caseId], attendees: ['police', 'mansfield'] };
  return { early, late, ...(await world.services.planning.plan(coordinator, form)) };
}

describe('a meeting', () => {
  it('puts cases with children first, then adults only, the longest waiting first', () => {
    const at = (day: number) => new Date(Date.UTC(2026, 9, day));
    const cases = [
      { id: 'adults', children: 0, referredAt: at(1) },
      { id: 'young', children: 2, referredAt: at(9) },
      { id: 'old', children: 1, referredAt: at(2) },
    ];
    expect(agendaOrder(cases).map(({ id }) => id)).toEqual(['old', 'young', 'adults']);
  });

  it('is planned with its number, agenda and attendees, and written to the audit', async () => {
    const { id, number, early, late } = await planned();
    expect(number).toMatch(/^M-\d{4}-001$/);
    const view = await world.services.meetings.one(id);
    expect(view.cases.map((entry) => [entry.position, entry.id, entry.children])).toEqual([
      [1, late.caseId, 1],
      [2, early.caseId, 0],
    ]);
    expect(view.attendees).toEqual(['mansfield', 'police']);
    expect(await world.audit('MeetingPlanned')).toMatchObject([{ object: { type: 'meeting', id } }]);
  });

  it('of a case that does not exist is refused', async () => {
    const form = { heldAt, area: 'Mansfield', caseIds: [randomUUID()], attendees: ['police'] };
    await expect(world.services.planning.plan(coordinator, form)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says what is still missing, and stops saying it when it is done', async () => {
    const { id, early, late } = await planned();
    const missing = async () => readiness(await world.services.meetings.one(id)).map(({ done }) => done);
    expect(await missing()).toEqual([true, false, false, false]);
    const record = await world.record('mansfield', 'housing', sampleRows.housing);
    const match = await world.match(late.subjects['victim']!, record, 'person', 'mansfield', 'housing', 'proposed');
    expect(await missing()).toEqual([false, false, false, false]);
    await world.owner.query(`UPDATE matching.match SET status = 'linked' WHERE id = $1`, [match]);
    const text = { necessity: 'n', proportionality: 'p', authorisedBy: 'm', victimTold: 'yes' };
    for (const { caseId } of [early, late]) {
      await world.services.caseDecisions.withoutConsent(coordinator, caseId, text);
      await world.services.caseDecisions.justify(coordinator, caseId, text);
      await world.services.caseDecisions.signCaldicott(coordinator, caseId);
    }
    expect(await missing()).toEqual([true, true, true, true]);
  });
});

describe('asking for the packs of a meeting', () => {
  it('sends one event with ids only; a second time is refused, also at the same moment', async () => {
    const { id } = await planned();
    const asked = await Promise.allSettled([1, 2, 3].map(() => world.services.planning.requestPacks(coordinator, id)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(world.services.planning.requestPacks(coordinator, id)).rejects.toMatchObject({
      code: 'conflict',
      status: 409,
    });
    const events = (await world.sent('packs.requested')).filter((event) => event['meetingId'] === id);
    expect(events).toEqual([{ kind: 'marac', meetingId: id, requestedBy: coordinator.id }]);
    expect(
      (await world.audit('PacksRequested')).filter((entry) => (entry['object'] as { id: string }).id === id),
    ).toHaveLength(1);
  });

  it('again is possible once a pack could not be sent, and then once', async () => {
    const { id } = await planned();
    const ask = () => world.services.planning.requestPacks(coordinator, id);
    await ask();
    await world.pack({ meetingId: id, recipient: 'mansfield', state: 'sent' }, []);
    await world.pack({ meetingId: id, recipient: 'police', state: 'requested' }, []);
    expect((await world.services.meetings.one(id)).again).toBe(false);
    await expect(ask()).rejects.toMatchObject({ code: 'conflict' });
    await world.owner.query(
      `UPDATE disclosure.pack SET state = 'failed' WHERE meeting_id = $1 AND recipient = 'police'`,
      [id],
    );
    expect((await world.services.meetings.one(id)).again).toBe(true);
    const twice = await Promise.allSettled([ask(), ask()]);
    expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(ask()).rejects.toMatchObject({ code: 'conflict' });
    expect((await world.audit('PacksRequested')).at(-1)).toMatchObject({ outcome: 'requested_again' });
    await world.pack({ meetingId: id, recipient: 'police', state: 'sent' }, []);
    await world.pack({ meetingId: id, recipient: 'mansfield', state: 'sent' }, []);
    await expect(ask()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('again is possible where an agency has none ten minutes after', async () => {
    const { id } = await planned();
    const ask = () => world.services.planning.requestPacks(coordinator, id);
    await ask();
    await world.pack({ meetingId: id, recipient: 'mansfield', state: 'sent' }, []);
    await expect(ask()).rejects.toMatchObject({ code: 'conflict' });
    await world.owner.query(
      `UPDATE portal.meeting SET packs_requested_at = now() - interval '11 minutes' WHERE id = $1`,
      [id],
    );
    await ask();
    expect((await world.sent('packs.requested')).filter((event) => event['meetingId'] === id)).toHaveLength(2);
  });

  it('of a meeting that does not exist is refused', async () => {
    await expect(world.services.planning.requestPacks(coordinator, randomUUID())).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('why an item was released or withheld', () => {
  it('is told by rule, in the policy’s words, with what would have to differ', async () => {
    const { id, late } = await planned();
    const about = { caseId: late.caseId, subjectId: late.subjects['victim']! };
    const packId = await world.pack({ meetingId: id, recipient: 'police' }, [
      { ...about, outcome: 'release', reason: 'cda1998.s115', rule: 11, basis: 'cda1998.s115', field: 'tenure' },
      { ...about, outcome: 'withhold', reason: 'no_agreement', rule: 5, field: 'alerts' },
      { ...about, outcome: 'withhold', reason: 'no_agreement', rule: 5, field: 'household' },
      { ...about, outcome: 'redact', reason: 'third_party', rule: 11, basis: 'cda1998.s115', field: 'household' },
    ]);
    const view = await world.services.packDecisions.of(coordinator, packId);
    expect((await world.audit('DecisionsRead')).at(-1)).toMatchObject({
      actor: { id: coordinator.id },
      object: { type: 'pack', id: packId },
      purpose: 'marac',
    });
    expect(view).toMatchObject({
      released: 1,
      redacted: 1,
      withheld: 2,
      pack: { recipient: 'police', policy: '2026-01' },
    });
    expect(view.groups.map(({ outcome, rule, items }) => [outcome, rule, items.length])).toEqual([
      ['withhold', 5, 2],
      ['redact', 11, 1],
      ['release', 11, 1],
    ]);
    expect(view.groups[0]).toMatchObject({
      reason: 'no_agreement',
      text: expect.stringContaining('No information-sharing agreement'),
      basis: null,
    });
    expect(view.groups[2]!.basis).toMatchObject({
      title: 'Crime and Disorder Act 1998, section 115',
      approvedBy: null,
    });
    expect(view.groups[0]!.items[0]).toMatchObject({
      label: 'Alert',
      role: 'victim',
      caseNumber: expect.stringMatching(/^C-/),
    });
    const file = await world.services.caseFile.open(coordinator, late.caseId, 'marac');
    const analyst = { ...coordinator, id: 'analyst-1', roles: ['analyst' as const] };
    expect((await world.services.caseFile.open(analyst, late.caseId, 'marac')).packs).toMatchObject([
      { id: packId, reasons: [] },
    ]);
    expect(file.packs).toMatchObject([
      { id: packId, recipient: 'police', reasons: [{ reason: 'no_agreement', items: 2 }, { items: 1 }, { items: 1 }] },
    ]);
  });
});
