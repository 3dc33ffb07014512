import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signInAs, type SignedIn } from '../../../../deploy/identity/signing-in.js';
import { Arranging, referral, type ArrangedSubject } from '../../test/arranged-matches.js';
import { runningPortal, type RunningPortal } from '../../test/running-portal.js';

let portal: RunningPortal;
let arrange: Arranging;
let analyst: SignedIn;
const ids: Record<string, string> = {};
let theVictim: ArrangedSubject;

beforeAll(async () => {
  portal = await runningPortal();
  arrange = await Arranging.in(portal);
  analyst = await signInAs(portal.web, 'analyst-1');
  const referred = await arrange.record('health', 'marac-referral', referral);
  const victim = await arrange.subject(referred, 'victim');
  theVictim = victim;
  const perpetrator = await arrange.subject(referred, 'perpetrators.0');
  const housing = (person: object) => arrange.record('mansfield', 'housing', { person });
  const [day, hour] = [24 * 3_600_000, 3_600_000];
  const at = (ms: number) => new Date(Date.now() - ms);
  ids.young = await arrange.match(victim, await housing(referral.victim), 'person', undefined, at(2 * hour));
  ids.old = await arrange.match(victim, await housing(referral.victim), 'person', undefined, at(9 * day));
  ids.perpetrator = await arrange.match(
    perpetrator,
    await housing(referral.perpetrators[0]!.person),
    'person',
    undefined,
    at(hour),
  );
  const client = await arrange.record('womens-aid', 'dv-service', { role: 'victim', person: referral.victim });
  ids.subjects = await arrange.match(victim, client, 'person', await arrange.subject(client, 'person'), at(0));
}, 60_000);

afterAll(async () => {
  await arrange?.end();
  await portal?.stop();
});

describe('the review queue', () => {
  it('puts two subjects first, then alleged perpetrators, then the oldest', async () => {
    expect(await queued('')).toEqual([ids.subjects, ids.perpetrator, ids.old, ids.young]);
  });

  it('can be narrowed to a feed and a role, and paged', async () => {
    expect(await queued('feed=dv-service')).toEqual([ids.subjects]);
    expect(await queued('role=perpetrator')).toEqual([ids.perpetrator]);
    expect(await queued('limit=2&offset=1')).toEqual([ids.perpetrator, ids.old]);
  });

  it('cannot be asked whether somebody has looked already: the second look is blind for programs too', async () => {
    for (const stage of [1, 2]) expect(await queued(`stage=${stage}`)).toEqual(await queued(''));
  });

  it('a filter that cannot be an agency is the asker’s fault, not the hub’s', async () => {
    for (const agency of ['%00', "x' OR 1=1"]) {
      const address = new URL(`/api/queue?agency=${agency}`, portal.web);
      expect((await fetch(address, { headers: { cookie: analyst.cookie } })).status).toBe(400);
    }
  });

  it('its page names nobody, and an unknown filter shows everything', async () => {
    const response = await fetch(new URL('/review?feed=nothing', portal.web), { headers: { cookie: analyst.cookie } });
    const page = await response.text();
    expect(page).toContain('4 matches');
    for (const name of ['Examplewood', 'Testina', 'Fictionley']) expect(page).not.toContain(name);
  });

  it('goes on to the next match after a decision made on the page', async () => {
    const headers = { cookie: analyst.cookie };
    const body = new URLSearchParams({ _csrf: analyst.csrfToken, outcome: 'confirm', reason: 'Same address' });
    const answer = await fetch(new URL(`/review/${ids.old}/decision`, portal.web), {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/review/${ids.young}`]);
    const next = await (await fetch(new URL(`/review/${ids.young}`, portal.web), { headers })).text();
    expect(next).toContain('Your decision is recorded');
    expect(next).toMatch(/<title>Match [0-9a-f]{8} - MASH hub<\/title>/);
  });

  it('no longer asks about a record that has ended', async () => {
    const row = await arrange.record('mansfield', 'housing', { person: referral.victim });
    const id = await arrange.match(theVictim, row);
    expect(await queued('')).toContain(id);
    await arrange.sql(`UPDATE ingest.record SET state = 'deleted', ended_at = now() WHERE id = $1`, [row.id]);
    expect(await queued('')).not.toContain(id);
    const home = await (await fetch(new URL('/', portal.web), { headers: { cookie: analyst.cookie } })).text();
    expect(home.replace(/\s+/g, ' ')).toContain(String((await queued('')).length));
  });

  it('is described in the OpenAPI document', async () => {
    const response = await fetch(new URL('/api/openapi.json', portal.web));
    const document = (await response.json()) as { openapi: string; paths: Record<string, object> };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/queue', '/api/matches/{id}', '/api/matches/{id}/decision']),
    );
  });
});

async function queued(query: string): Promise<string[]> {
  const response = await fetch(new URL(`/api/queue?${query}`, portal.web), { headers: { cookie: analyst.cookie } });
  return ((await response.json()) as { items: { id: string }[] }).items.map((item) => item.id);
}
