import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleRows } from '#contracts';
import { randomUUID } from 'node:crypto';
import { coordinator, PortalWorld } from '../../test/portal-world.js';
import type { SessionUser } from '../signing-in/session-user.js';

let world: PortalWorld;
const chair: SessionUser = {
  id: 'panel-chair-1',
  name: 'Pat Sample',
  roles: ['review-panel'],
  agency: 'nottingham-city',
};
const dueBy = new Date(Date.now() + 30 * 86_400_000).toISOString();

beforeAll(async () => {
  world = await PortalWorld.make();
});
afterAll(() => world.end());

async function notified() {
  const { caseId, subjects } = await world.referral(structuredClone(sampleRows['marac-referral']));
  const made = await world.services.reviewDecisions.notify(chair, {
    caseId,
    deceasedSubjectIds: [subjects['victim']!],
    regime: '2016-statutory-guidance',
  });
  return { ...made, caseId, subjects };
}

async function opened(agencies: string[]) {
  const made = await notified();
  const decision = {
    outcome: 'review' as const,
    reason: 'Learning is likely',
    scopeFrom: '2025-01-01',
    scopeTo: '2026-06-30',
    members: ['police', 'health'],
  };
  await world.services.reviewDecisions.decide(chair, made.id, decision);
  await world.services.reviewDecisions.ask(chair, made.id, { agencies, dueBy });
  const { rows } = await world.owner.query('SELECT id, agency FROM portal.history_request WHERE review_id = $1', [
    made.id,
  ]);
  return {
    ...made,
    requests: Object.fromEntries(rows.map((row) => [row.agency, row.id as string])) as Record<string, string>,
  };
}

async function answer(agency: string, requestRef: string, row: object, options: { state?: string } = {}) {
  const recordId = await world.record(
    agency,
    'agency-history',
    { recordRef: randomUUID(), requestRef, ...row },
    options,
  );
  await world.services.histories.link(world.message('records.accepted'), {
    batchId: randomUUID(),
    agency,
    feed: 'agency-history',
    recordIds: [recordId],
    histories: [{ recordId, requestRef }],
  });
  return recordId;
}

const event = (ref: string, start: string, rest: object = {}) => ({
  ref,
  start,
  source: 'File',
  event: `What happened, ${ref}`,
  ...rest,
});

describe('a review', () => {
  it('made from a case takes its people, and who died', async () => {
    const { id, number, subjects } = await notified();
    expect(number).toMatch(/^R-\d{4}-001$/);
    const view = await world.services.reviews.one(chair, id);
    expect(view).toMatchObject({ outcome: 'notified', stage: 'notified', deceased: 1 });
    expect(view.people.find(({ deceased }) => deceased)).toMatchObject({
      subjectId: subjects['victim'],
      role: 'victim',
      name: "Mary Ann O'Sample",
    });
    expect((await world.audit('PersonViewed')).at(-1)).toMatchObject({
      purpose: 'dhr',
      object: { type: 'review', id },
    });
  });

  it('of people the hub does not hold is refused', async () => {
    const people = [{ subjectId: randomUUID(), role: 'victim' as const, deceased: true }];
    const made = world.services.reviewDecisions.notify(chair, { people, regime: '2016-statutory-guidance' });
    await expect(made).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is decided once, with a sealed reason; only the outcome review opens it', async () => {
    const { id } = await notified();
    const form = { outcome: 'none' as const, reason: 'Not in scope here', members: [] };
    await world.services.reviewDecisions.decide(chair, id, form);
    await expect(world.services.reviewDecisions.decide(chair, id, form)).rejects.toMatchObject({
      code: 'already_decided',
    });
    const view = await world.services.reviews.one(chair, id);
    expect(view).toMatchObject({ outcome: 'none', stage: 'closed', openedAt: null, reason: 'Not in scope here' });
    expect((await world.audit('ReviewDecided')).at(-1)).toMatchObject({
      object: { type: 'review', id },
      outcome: 'none',
    });
    await expect(world.services.reviewDecisions.ask(chair, id, { agencies: ['police'], dueBy })).rejects.toMatchObject({
      code: 'wrong_state',
    });
    await expect(world.services.reviewDecisions.requestPacks(chair, id)).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('sends again only requests that did not get out, and were not answered', async () => {
    const { id, requests } = await opened(['gedling', 'mansfield', 'ashfield']);
    const again = () => world.services.reviewDecisions.askAgain(chair, id);
    await expect(again()).rejects.toMatchObject({ code: 'conflict' });
    const delivery = (agency: string, sentAt: Date | null) =>
      world.owner.query(
        'INSERT INTO disclosure.history_delivery (request_id, agency, audit_id, sent_at) VALUES ($1, $2, gen_random_uuid(), $3)',
        [requests[agency], agency, sentAt],
      );
    await delivery('gedling', new Date());
    await delivery('mansfield', null);
    const undelivered = async () =>
      (await world.services.reviews.one(chair, id)).requests.filter((one) => one.undelivered).map((one) => one.agency);
    expect(await undelivered()).toEqual(['mansfield']);
    expect(await again()).toEqual([requests['mansfield']]);
    await world.owner.query(
      `UPDATE portal.history_request SET requested_at = now() - interval '11 minutes' WHERE review_id = $1`,
      [id],
    );
    expect(await undelivered()).toEqual(['ashfield', 'mansfield']);
    await answer('mansfield', requests['mansfield']!, { known: 'no' });
    expect(await again()).toEqual([requests['ashfield']]);
    expect((await world.sent('packs.requested')).at(-1)).toEqual({
      kind: 'history-request',
      requestIds: [requests['ashfield']],
      requestedBy: chair.id,
    });
    expect((await world.audit('HistoryRequestMade')).at(-1)).toMatchObject({ outcome: 'requested_again' });
  });

  it('asks each agency once, with one event for the new ones', async () => {
    const { id, requests } = await opened(['gedling', 'mansfield']);
    const more = await world.services.reviewDecisions.ask(chair, id, { agencies: ['gedling', 'ashfield'], dueBy });
    expect(more).toHaveLength(1);
    await expect(world.services.reviewDecisions.ask(chair, id, { agencies: ['gedling'], dueBy })).rejects.toMatchObject(
      { code: 'conflict' },
    );
    const events = (await world.sent('packs.requested')).slice(-2);
    expect(events).toMatchObject([
      { kind: 'history-request', requestIds: expect.arrayContaining(Object.values(requests)), requestedBy: chair.id },
      { kind: 'history-request', requestIds: more },
    ]);
  });

  it('sends its panel’s packs once', async () => {
    const { id } = await opened(['gedling']);
    await world.services.reviewDecisions.requestPacks(chair, id);
    await expect(world.services.reviewDecisions.requestPacks(chair, id)).rejects.toMatchObject({ code: 'conflict' });
    expect((await world.sent('packs.requested')).at(-1)).toEqual({ kind: 'dhr', reviewId: id, requestedBy: chair.id });
  });
});

describe('an agency’s answer', () => {
  it('is linked to the request it answers, once, with an audit entry', async () => {
    const { id, requests } = await opened(['gedling', 'mansfield']);
    await answer('gedling', requests['gedling']!, { known: 'no' });
    const view = await world.services.reviews.one(chair, id);
    expect(view).toMatchObject({ asked: 2, answered: 1, stage: 'histories' });
    expect((await world.audit('HistoryReceived')).at(-1)).toMatchObject({
      actor: { type: 'agency', id: 'gedling' },
      object: { type: 'history-request', id: requests['gedling'] },
      outcome: 'received',
    });
  });

  it('of an agency that was not asked is not linked, and stays sealed', async () => {
    const { id, requests } = await opened(['gedling']);
    const recordId = await answer('police', requests['gedling']!, {
      known: 'yes',
      person: { surname: 'Sample' },
      events: [event('x', '2026-01-01')],
    });
    const { rowCount } = await world.owner.query('SELECT 1 FROM portal.history_answer WHERE record_id = $1', [
      recordId,
    ]);
    expect(rowCount).toBe(0);
    expect((await world.services.chronology.open(chair, id)).entries).toEqual([]);
    const reading = {
      actor: { type: 'user' as const, id: 'u' },
      action: 'ChronologyViewed',
      purpose: 'dhr',
      object: { type: 'review', id },
    };
    expect((await world.services.records.open(reading, [recordId])).size).toBe(0);
    expect((await world.audit('HistoryReceived')).at(-1)).toMatchObject({
      actor: { id: 'police' },
      outcome: 'not_asked',
    });
  });

  it('to a review that is closed, or to a reference that is no request, is not linked', async () => {
    const { id, requests } = await opened(['gedling']);
    await world.owner.query('UPDATE portal.review SET closed_at = now() WHERE id = $1', [id]);
    for (const ref of [requests['gedling']!, 'REQ-1']) {
      const recordId = await answer('gedling', ref, { known: 'no' });
      expect(
        (await world.owner.query('SELECT 1 FROM portal.history_answer WHERE record_id = $1', [recordId])).rowCount,
      ).toBe(0);
    }
  });
});

describe('the chronology of a review', () => {
  it('merges answers in date order with gaps and doubt, lists who knew nothing and who owes an answer', async () => {
    const { id, requests } = await opened(['gedling', 'mansfield', 'police', 'health']);
    const person = { surname: 'Sample' };
    await answer('gedling', requests['gedling']!, {
      known: 'yes',
      person,
      events: [
        event('g2', '2026-02-10', { comment: 'Nobody asked why', missedOpportunity: true }),
        event('g1', '2025-06'),
      ],
    });
    await answer('police', requests['police']!, {
      known: 'yes',
      person,
      events: [event('p1', '2026-02-10', { startTime: '21:15', uncertain: true })],
    });
    await answer('mansfield', requests['mansfield']!, { known: 'no' });
    await answer(
      'police',
      requests['police']!,
      { known: 'yes', person, events: [event('old', '2024-01-01')] },
      { state: 'superseded' },
    );
    const view = await world.services.chronology.open(chair, id);
    expect(view.entries).toMatchObject([
      { kind: 'event', ref: 'g1', agency: 'gedling', uncertain: true, start: '2025-06' },
      { kind: 'gap', from: '2025-07-01', to: '2026-02-09', days: 224 },
      { kind: 'event', ref: 'g2', uncertain: false, opinion: { comment: 'Nobody asked why' }, alsoToldBy: ['police'] },
      { kind: 'event', ref: 'p1', agency: 'police', startTime: '21:15', uncertain: true, outOfScope: false },
    ]);
    expect(view.entries).toHaveLength(4);
    expect(view.nothingKnown).toMatchObject([{ agency: 'mansfield' }]);
    expect(view.outstanding).toMatchObject([{ agency: 'health', overdue: false }]);
    expect((await world.audit('ChronologyViewed')).at(-1)).toMatchObject({
      actor: { id: chair.id },
      purpose: 'dhr',
      object: { type: 'review', id },
    });
  });

  it('is written to the audit before it is read, also for somebody else', async () => {
    const { id, requests } = await opened(['gedling']);
    await answer('gedling', requests['gedling']!, { known: 'no' });
    await world.services.chronology.open(coordinator, id);
    expect((await world.audit('ChronologyViewed')).at(-1)).toMatchObject({ actor: { id: coordinator.id } });
  });
});
