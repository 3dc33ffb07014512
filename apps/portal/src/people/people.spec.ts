import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleRows } from '#contracts';
import { randomUUID } from 'node:crypto';
import { signInAs, type SignedIn } from '../../../../deploy/identity/signing-in.js';
import { PortalWorld } from '../../test/portal-world.js';
import { runningPortal, type RunningPortal } from '../../test/running-portal.js';

let portal: RunningPortal;
let world: PortalWorld;
let analyst: SignedIn;
let caseId: string;
let victim: string;
let number: string;

beforeAll(async () => {
  portal = await runningPortal();
  world = await PortalWorld.of(portal);
  const made = await world.referral({ ...structuredClone(sampleRows['marac-referral']), consent: undefined });
  caseId = made.caseId;
  victim = made.subjects['victim']!;
  number = (await world.services.casesRepository.find(world.database.client, caseId))!.number;
  analyst = await signInAs(portal.web, 'analyst-1');
}, 60_000);
afterAll(async () => {
  await world?.end();
  await portal?.stop();
});

const get = (path: string) => fetch(portal.web + path, { headers: { cookie: analyst.cookie }, redirect: 'manual' });
const search = (typed: string, token = analyst.csrfToken) =>
  fetch(`${portal.web}/people`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: analyst.cookie },
    body: new URLSearchParams({ case: typed, _csrf: token }),
  });
const lastSearch = async () => (await world.audit('SearchRun')).at(-1)!;

describe('finding people by their case', () => {
  it('a case number leads to an address of ids, and is in the audit', async () => {
    const answer = await search(` ${number.toLowerCase()} `);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/people/cases/${caseId}`]);
    expect(await lastSearch()).toMatchObject({ object: { type: 'case-number', id: number }, outcome: 'found' });
    const page = await (await get(`/people/cases/${caseId}`)).text();
    expect(page).toContain(`/people/${victim}`);
    expect((await world.audit('CasePeopleListed')).at(-1)).toMatchObject({ object: { type: 'case', id: caseId } });
  });

  it('a number no case has is said so and logged', async () => {
    const answer = await search('C-1999-0001');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('No case has this number');
    expect(await lastSearch()).toMatchObject({ object: { type: 'case-number', id: 'C-1999-0001' }, outcome: 'none' });
  });

  it('whatever else is typed is not looked up, and is neither in the log nor in an address', async () => {
    for (const typed of [
      'Examplewood',
      'Mary-Ann-Sample',
      '1990-04-02',
      '07700900123',
      'C-2026-0001 Examplewood',
      '',
    ]) {
      const answer = await search(typed);
      expect(answer.status).toBe(400);
      expect(answer.headers.get('location')).toBeNull();
      expect(await answer.text()).toContain('That is not a case number');
      expect(await lastSearch()).toMatchObject({
        object: { type: 'case-number', id: 'unreadable' },
        outcome: 'unreadable',
      });
    }
    await get('/people?case=Examplewood');
    const entries = await world.owner.query<{ entry: object }>('SELECT entry FROM audit.entry');
    expect(JSON.stringify(entries.rows)).not.toMatch(/Examplewood|Mary-Ann|1990-04-02|07700900123/i);
  });

  it('the form is a POST with its token; without it nothing is searched', async () => {
    expect(await (await get('/people')).text()).toMatch(/<form method="post" action="\/people"[^]*name="_csrf"/);
    const before = (await world.audit('SearchRun')).length;
    expect((await search(number, 'made-up')).status).toBe(403);
    expect(await world.audit('SearchRun')).toHaveLength(before);
  });

  it('people of a case that is not there are a page not found', async () => {
    expect((await get(`/people/cases/${randomUUID()}`)).status).toBe(404);
    expect((await get('/people/cases/Examplewood')).status).toBe(404);
  });
});
