import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleRows } from '#contracts';
import { randomUUID } from 'node:crypto';
import { signInAs, type SignedIn } from '../../../../deploy/identity/signing-in.js';
import { PortalWorld } from '../../test/portal-world.js';
import { runningPortal, type RunningPortal } from '../../test/running-portal.js';

let portal: RunningPortal;
let world: PortalWorld;
let made: Awaited<ReturnType<PortalWorld['referral']>>;
const people: Record<string, SignedIn> = {};

beforeAll(async () => {
  portal = await runningPortal();
  world = await PortalWorld.of(portal);
  made = await world.referral({ ...structuredClone(sampleRows['marac-referral']), consent: undefined });
  for (const user of ['analyst-1', 'coordinator-1', 'dpo-1', 'panel-1', 'officer-mansfield'])
    people[user] = await signInAs(portal.web, user);
}, 60_000);
afterAll(async () => {
  await world?.end();
  await portal?.stop();
});

const get = (user: string, path: string) =>
  fetch(portal.web + path, { headers: { cookie: people[user]!.cookie }, redirect: 'manual' });
const send = (user: string, path: string, body: Record<string, string> | object, json = false) =>
  fetch(portal.web + path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie: people[user]!.cookie,
      'x-csrf-token': people[user]!.csrfToken,
      'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
    },
    body: json ? JSON.stringify(body) : new URLSearchParams(body as Record<string, string>).toString(),
  });

describe('the pages of cases', () => {
  it('list cases without a name and without opening a record', async () => {
    const before = (await world.audit('PersonViewed')).length;
    const page = await (await get('coordinator-1', '/cases')).text();
    expect(page).toContain('Visible high risk, potential escalation');
    expect(page).not.toMatch(/Sample|Mary|Mark/);
    expect(await world.audit('PersonViewed')).toHaveLength(before);
  });

  it('name the case by its number in the title, and safety comes before everything else', async () => {
    const page = await (await get('coordinator-1', `/cases/${made.caseId}`)).text();
    expect(/<title>([^<]*)</.exec(page)![1]).toMatch(/^Case C-\d{4}-0001 - MASH hub$/);
    const order = ['id="safety"', 'id="words"', 'id="people"', 'id="grounds"', 'id="shared"'].map((part) =>
      page.indexOf(part),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(page).toContain('Mark Sample</strong> must not learn of this case');
  });

  it('ask somebody whose work is not MARAC for a purpose first, and open nothing before', async () => {
    const before = (await world.audit('PersonViewed')).length;
    const page = await (await get('dpo-1', `/cases/${made.caseId}`)).text();
    expect(page).toContain('Why do you open this case?');
    expect((await get('dpo-1', `/api/cases/${made.caseId}`)).status).toBe(403);
    expect(await world.audit('PersonViewed')).toHaveLength(before);
    await get('dpo-1', `/cases/${made.caseId}?purpose=caldicott-review`);
    expect((await world.audit('PersonViewed')).at(-1)).toMatchObject({
      purpose: 'caldicott-review',
      actor: { id: 'dpo-1' },
    });
  });

  it('give a form back with what to mend and what was typed', async () => {
    const form = {
      necessity: 'Threats to kill',
      proportionality: '',
      authorisedBy: 'A. Manager',
      told: 'no',
      notTold: '',
    };
    const answer = await send('coordinator-1', `/cases/${made.caseId}/without-consent`, form);
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect(page).toContain('There is a problem');
    expect(page).toContain('Write why it is proportionate');
    expect(page).toContain('Say whether the victim was told, and if not, why not');
    expect(page).toContain('Threats to kill</textarea>');
    const whole = { ...form, proportionality: 'Only what is needed', notTold: 'not safe' };
    expect((await send('coordinator-1', `/cases/${made.caseId}/without-consent`, whole)).status).toBe(303);
    expect(await (await get('coordinator-1', `/cases/${made.caseId}`)).text()).toContain('Victim told: no: not safe');
  });

  it('are closed to agencies and to the panel', async () => {
    for (const user of ['officer-mansfield', 'panel-1'])
      for (const path of ['/cases', `/cases/${made.caseId}`, `/api/cases/${made.caseId}`])
        expect((await get(user, path)).status).toBe(403);
  });
});

describe('from a case to a meeting', () => {
  it('a meeting is planned on its page, its packs are sent once, and the second time is a conflict', async () => {
    const when = { 'heldAt-day': '3', 'heldAt-month': '12', 'heldAt-year': '2026', time: '14:00', area: 'Mansfield' };
    const wrong = await send('coordinator-1', '/meetings', { ...when, 'heldAt-day': '31', 'heldAt-month': '2' });
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('Give the day and time of the meeting');
    const planned = await send('coordinator-1', '/meetings', { ...when, caseIds: made.caseId, attendees: 'police' });
    const at = planned.headers.get('location')!;
    expect(await (await get('coordinator-1', at)).text()).toContain('3 December 2026, 14:00');
    expect((await send('coordinator-1', `${at}/packs`, {})).status).toBe(303);
    expect((await send('coordinator-1', `/api${at}/packs`, {}, true)).status).toBe(409);
    expect(await (await get('coordinator-1', at)).text()).not.toContain('Send again');
    await world.pack({ meetingId: at.split('/').at(-1)!, recipient: 'police', state: 'failed' }, []);
    expect(await (await get('coordinator-1', at)).text()).toContain('Send again');
    expect((await send('coordinator-1', `${at}/packs`, {})).status).toBe(303);
    expect(await (await get('coordinator-1', at)).text()).not.toContain('Send again');
  });
});

describe('why the items of a pack went or did not', () => {
  it('is for who answers for the sharing, not for analysts and the panel', async () => {
    const about = { caseId: made.caseId, subjectId: made.subjects['victim']!, field: 'tenure' };
    const pack = await world.pack({ reviewId: randomUUID(), recipient: 'police' }, [
      { ...about, outcome: 'withhold', reason: 'conflict_of_interest', rule: 3 },
    ]);
    for (const path of [`/decisions/${pack}`, `/api/decisions/${pack}`]) {
      for (const user of ['analyst-1', 'panel-1']) expect((await get(user, path)).status).toBe(403);
      for (const user of ['coordinator-1', 'dpo-1']) expect((await get(user, path)).status).toBe(200);
    }
    const read = (await world.audit('DecisionsRead')).filter(
      (entry) => (entry['object'] as { id: string }).id === pack,
    );
    expect(read).toHaveLength(4);
    expect(await (await get('coordinator-1', `/cases/${made.caseId}`)).text()).toContain(`/decisions/${pack}`);
    expect(await (await get('analyst-1', `/cases/${made.caseId}`)).text()).not.toContain(`/decisions/${pack}`);
  });
});

describe('from a case to a review', () => {
  it('a coordinator notifies the death, the panel decides and asks, and sees who owes what', async () => {
    const notified = await send('coordinator-1', '/reviews', {
      caseId: made.caseId,
      deceasedSubjectIds: made.subjects['victim']!,
    });
    expect(notified.headers.get('location')).toBe(`/cases/${made.caseId}`);
    const { reviews } = (await (await get('panel-1', '/api/reviews')).json()) as { reviews: { id: string }[] };
    const { id } = reviews[0]!;
    const decision = { outcome: 'review', reason: 'Learning is likely', scopeFrom: '2025-01-01', members: ['police'] };
    expect((await send('panel-1', `/api/reviews/${id}/decision`, decision, true)).status).toBe(200);
    const asked = await send(
      'panel-1',
      `/api/reviews/${id}/requests`,
      { agencies: ['gedling'], dueBy: '2099-01-01' },
      true,
    );
    expect(asked.status).toBe(201);
    const page = await (await get('panel-1', `/reviews/${id}`)).text();
    expect(page).toContain('Gedling Borough Council');
    expect(page).toContain('Waiting');
    expect(page).not.toContain('Send again');
    const { requestIds } = (await asked.json()) as { requestIds: string[] };
    await world.owner.query(
      `INSERT INTO disclosure.history_delivery (request_id, agency, audit_id) VALUES ($1, 'gedling', gen_random_uuid())`,
      [requestIds[0]],
    );
    expect(await (await get('panel-1', `/reviews/${id}`)).text()).toContain('Send again');
    expect((await send('panel-1', `/reviews/${id}/requests/again`, {})).status).toBe(303);
    expect((await send('panel-1', `/api/reviews/${id}/requests/again`, {}, true)).status).toBe(202);
    const chronology = await (await get('panel-1', `/reviews/${id}/chronology`)).text();
    expect(chronology).toContain('No agency has told of an event yet');
    expect((await get('coordinator-1', `/reviews/${id}`)).status).toBe(403);
  });
});
