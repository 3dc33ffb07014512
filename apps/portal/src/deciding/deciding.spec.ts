import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signInAs, type SignedIn } from '../../../../deploy/identity/signing-in.js';
import { Arranging, referral, type ArrangedSubject } from '../../test/arranged-matches.js';
import { runningPortal, type RunningPortal } from '../../test/running-portal.js';

let portal: RunningPortal;
let arrange: Arranging;
let one: SignedIn;
let two: SignedIn;
let victim: ArrangedSubject;
let perpetrator: ArrangedSubject;

beforeAll(async () => {
  portal = await runningPortal();
  arrange = await Arranging.in(portal);
  [one, two] = [await signInAs(portal.web, 'analyst-1'), await signInAs(portal.web, 'analyst-2')];
  const referred = await arrange.record('health', 'marac-referral', referral);
  victim = await arrange.subject(referred, 'victim');
  perpetrator = await arrange.subject(referred, 'perpetrators.0');
}, 60_000);

afterAll(async () => {
  await arrange?.end();
  await portal?.stop();
});

describe('deciding on a match', () => {
  it('one confirm links a victim, tells matching, keeps the reason sealed and is in the audit', async () => {
    const id = await victimMatch();
    expect(await decide(one, id, 'confirm')).toMatchObject({ status: 200, body: { state: 'linked' } });
    const [decision] = await arrange.sql<{ reason_id: string; reviewer: string }>(
      'SELECT * FROM portal.decision WHERE match_id = $1',
      [id],
    );
    expect(decision).toMatchObject({ reviewer: 'analyst-1', stage: 1, outcome: 'confirm' });
    const [text] = await arrange.sql<{ body: Buffer }>('SELECT body FROM portal.sealed_text WHERE id = $1', [
      decision!.reason_id,
    ]);
    expect(text!.body.toString('latin1')).not.toContain('because');
    expect(await events(id)).toEqual(['linked']);
    expect(await audited(id, 'LinkDecided')).toEqual([
      // what was said stands there as a commitment only: a second reviewer may read the log
      { actor: 'analyst-1', outcome: 'recorded', purpose: 'match-review' },
    ]);
  });

  it('a second decision on a decided match is refused', async () => {
    const id = await victimMatch();
    await decide(one, id, 'reject');
    expect(await decide(two, id, 'confirm')).toMatchObject({
      status: 409,
      body: { error: { code: 'already_decided' } },
    });
    expect(await events(id)).toEqual(['rejected']);
  });

  it('two reviewers at once: one is taken, the other told', async () => {
    const id = await victimMatch();
    const answers = await Promise.all([decide(one, id, 'confirm'), decide(two, id, 'reject')]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect(await events(id)).toHaveLength(1);
  });

  it('an alleged perpetrator needs two confirms by different people', async () => {
    const id = await perpetratorMatch();
    expect(await decide(one, id, 'confirm')).toMatchObject({ body: { state: 'waiting' } });
    expect(await events(id)).toEqual([]);
    expect(await decide(one, id, 'confirm')).toMatchObject({
      status: 403,
      body: { error: { code: 'second_reviewer_must_differ' } },
    });
    expect(await decide(two, id, 'confirm')).toMatchObject({ body: { state: 'linked' } });
    expect(await events(id)).toEqual(['linked']);
  });

  it('a disagreement rejects, and both decisions are kept and shown', async () => {
    const id = await perpetratorMatch();
    await decide(one, id, 'confirm');
    expect(await decide(two, id, 'reject')).toMatchObject({ body: { state: 'rejected' } });
    const { body } = await get(one, `/api/matches/${id}`);
    expect(body.decisions.map((row: { outcome: string }) => row.outcome)).toEqual(['confirm', 'reject']);
  });

  it('two subjects of whom one is an alleged perpetrator need two confirms too', async () => {
    const row = await arrange.record('womens-aid', 'dv-service', {
      role: 'perpetrator',
      person: referral.perpetrators[0]!.person,
    });
    const other = await arrange.subject(row, 'person');
    const id = await arrange.match(victim, row, 'person', other);
    expect(await decide(one, id, 'confirm')).toMatchObject({ body: { state: 'waiting' } });
  });

  it('the second reviewer is not told of the first decision, and the first no longer has it in the queue', async () => {
    const id = await perpetratorMatch();
    await decide(one, id, 'confirm', 'A reason nobody else may read yet');
    const { body } = await get(two, `/api/matches/${id}`);
    expect(body).toMatchObject({ canDecide: true, decisions: [] });
    const page = await (await fetch(new URL(`/review/${id}`, portal.web), { headers: { cookie: two.cookie } })).text();
    expect(page).not.toContain('A reason nobody else may read yet');
    expect(page).not.toContain('Decisions so far');
    expect(await queued(two)).toContain(id);
    expect(await queued(one)).not.toContain(id);
    expect((await get(one, `/api/matches/${id}`)).body).toMatchObject({
      canDecide: false,
      decisions: [{ outcome: 'confirm' }],
    });
  });

  it('need-more parks a match until somebody decides', async () => {
    const id = await victimMatch();
    expect(await decide(one, id, 'need-more')).toMatchObject({ body: { state: 'parked' } });
    expect(await queued(one)).not.toContain(id);
    expect(await queued(one, 'state=parked')).toContain(id);
    expect(await decide(one, id, 'confirm')).toMatchObject({ body: { state: 'linked' } });
    expect(await events(id)).toEqual(['parked', 'linked']);
  });

  it('an undone decision is asked anew, and its history stays', async () => {
    const id = await perpetratorMatch();
    await decide(one, id, 'confirm');
    await decide(two, id, 'confirm');
    const undone = await post(one, `/api/matches/${id}/undo`, { reason: 'It was the brother' });
    expect(undone).toMatchObject({ status: 200, body: { state: 'undone' } });
    expect(await queued(two)).toContain(id);
    expect(await decide(one, id, 'confirm')).toMatchObject({ body: { state: 'waiting' } });
    expect(await decide(two, id, 'confirm')).toMatchObject({ body: { state: 'linked' } });
    expect(await events(id)).toEqual(['linked', 'undone', 'linked']);
    expect(await audited(id, 'LinkUndone')).toHaveLength(1);
  });

  it('whoever undoes is told what the hub does, and what they must do themselves', async () => {
    const id = await victimMatch();
    await decide(one, id, 'confirm');
    const headers = { cookie: one.cookie };
    const before = await (await fetch(new URL(`/review/${id}`, portal.web), { headers })).text();
    const body = new URLSearchParams({ _csrf: one.csrfToken, reason: 'It was the sister' });
    const form = { method: 'POST', headers, body, redirect: 'manual' } as const;
    expect((await fetch(new URL(`/review/${id}/undo`, portal.web), form)).status).toBe(303);
    const after = await (await fetch(new URL(`/review/${id}`, portal.web), { headers })).text();
    for (const page of [before, after]) {
      expect(page).toContain('What has not left yet is stopped. Tell recipients of what has left already.');
      expect(page).not.toContain('recalled');
    }
  });

  it('a link that matching put back for a closer look is asked anew', async () => {
    const id = await victimMatch();
    await decide(one, id, 'confirm');
    await arrange.sql(
      `UPDATE matching.match SET status = 'closer-look', updated_at = now() + interval '1 second' WHERE id = $1`,
      [id],
    );
    expect(await queued(one)).toContain(id);
  });

  it('a decision needs a reason and a known outcome', async () => {
    const id = await victimMatch();
    expect(await decide(one, id, 'confirm', 'no')).toMatchObject({
      status: 400,
      body: { error: { code: 'bad_request' } },
    });
    expect(await decide(one, id, 'maybe')).toMatchObject({ status: 400 });
    expect(await events(id)).toEqual([]);
  });

  it('what a reviewer writes is shown as text, whatever it looks like', async () => {
    const id = await victimMatch();
    await decide(one, id, 'reject', '<script>alert(1)</script> & more');
    const page = await (await fetch(new URL(`/review/${id}`, portal.web), { headers: { cookie: two.cookie } })).text();
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; more');
  });

  it('opening a match is in the audit, with its purpose', async () => {
    const id = await victimMatch();
    await get(one, `/api/matches/${id}`);
    expect(await audited(id, 'PersonViewed')).toEqual([
      { actor: 'analyst-1', outcome: 'opened', purpose: 'match-review' },
    ]);
  });
});

async function victimMatch(): Promise<string> {
  const { victim: person } = referral;
  return arrange.match(victim, await arrange.record('mansfield', 'housing', { person, tenancyRef: 'T-1' }));
}

async function perpetratorMatch(): Promise<string> {
  const { person } = referral.perpetrators[0]!;
  return arrange.match(perpetrator, await arrange.record('mansfield', 'housing', { person, tenancyRef: 'T-2' }));
}

type Answer = { status: number; body: any };

async function post(user: SignedIn, path: string, body: object): Promise<Answer> {
  const headers = { cookie: user.cookie, 'x-csrf-token': user.csrfToken, 'content-type': 'application/json' };
  const response = await fetch(new URL(path, portal.web), { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

async function get(user: SignedIn, path: string): Promise<Answer> {
  const response = await fetch(new URL(path, portal.web), { headers: { cookie: user.cookie } });
  return { status: response.status, body: await response.json() };
}

function decide(user: SignedIn, id: string, outcome: string, reason = 'because it fits'): Promise<Answer> {
  return post(user, `/api/matches/${id}/decision`, { outcome, reason });
}

async function queued(user: SignedIn, query = ''): Promise<string[]> {
  const { body } = await get(user, `/api/queue?limit=1000&${query}`);
  return body.items.map((item: { id: string }) => item.id);
}

async function events(id: string): Promise<string[]> {
  const rows = await arrange.sql<{ value: Buffer }>(
    `SELECT value FROM portal.outbox WHERE topic = 'decisions.taken' AND key = $1 ORDER BY id`,
    [id],
  );
  return rows.map((row) => (JSON.parse(row.value.toString()) as { outcome: string }).outcome);
}

async function audited(id: string, action: string): Promise<object[]> {
  return arrange.sql(
    `SELECT entry -> 'actor' ->> 'id' AS actor, entry ->> 'outcome' AS outcome, entry ->> 'purpose' AS purpose FROM audit.entry
     WHERE entry -> 'object' ->> 'id' = $1 AND entry ->> 'action' = $2`,
    [id, action],
  );
}
