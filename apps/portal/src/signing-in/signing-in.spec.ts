import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signInAs, type SignedIn } from '../../../../deploy/identity/signing-in.js';
import { Arranging } from '../../test/arranged-matches.js';
import { runningPortal, type RunningPortal } from '../../test/running-portal.js';
import { SessionBox, sessionKey, storedId } from './session-box.js';

let portal: RunningPortal;
let arrange: Arranging;
let analyst: SignedIn;

beforeAll(async () => {
  portal = await runningPortal();
  arrange = await Arranging.in(portal);
  analyst = await signInAs(portal.web, 'analyst-1');
}, 60_000);

afterAll(async () => {
  await arrange?.end();
  await portal?.stop();
});

describe('signing in', () => {
  it('gives a session with the roles the identity provider names, and is in the audit', async () => {
    expect(analyst.user).toEqual({ id: 'analyst-1', name: 'Demo Analyst One', roles: ['analyst'], agency: 'mash' });
    const [row] = await arrange.sql(
      `SELECT entry -> 'actor' ->> 'id' AS actor FROM audit.entry WHERE entry ->> 'action' = 'SignedIn'`,
    );
    expect(row).toEqual({ actor: 'analyst-1' });
  });

  it('a wrong password gives no session', async () => {
    await expect(signInAs(portal.web, 'analyst-1', 'wrong')).rejects.toThrow('401');
  });

  it('a made-up callback is refused and in the audit', async () => {
    const begun = await fetch(new URL('/sign-in', portal.web), { redirect: 'manual' });
    const cookie = begun.headers.getSetCookie()[0]!.split(';')[0]!;
    const response = await fetch(new URL('/sign-in/callback?code=made-up&state=made-up', portal.web), {
      headers: { cookie },
    });
    expect(response.status).toBe(401);
    const rows = await arrange.sql(`SELECT 1 FROM audit.entry WHERE entry ->> 'action' = 'SignInFailed'`);
    expect(rows).toHaveLength(1);
  });

  it('the database holds sessions encrypted, under a hash of their id', async () => {
    const rows = await arrange.sql<{ id: string; data: object }>('SELECT id, data FROM portal.session');
    const text = JSON.stringify(rows);
    for (const plain of ['analyst', 'Demo', 'csrf', 'mash"']) expect(text).not.toContain(plain);
    const sid = decodeURIComponent(analyst.cookie.split('=')[1]!).slice(2).split('.')[0]!;
    expect(text).not.toContain(sid);
    expect(rows.map((row) => row.id)).toContain(storedId(sid));
  });

  it('a boxed session opens under its own id and key only', () => {
    const box = new SessionBox(sessionKey('a'.repeat(32), 'box'));
    const sealed = box.seal('one', { user: 'x' });
    expect(box.open('one', sealed)).toEqual({ user: 'x' });
    expect(box.open('two', sealed)).toBeNull();
    expect(new SessionBox(sessionKey('b'.repeat(32), 'box')).open('one', sealed)).toBeNull();
  });

  it('the cookie is not for scripts, not for other sites, and new after signing in', async () => {
    const begun = await fetch(new URL('/sign-in', portal.web), { redirect: 'manual' });
    const [cookie] = begun.headers.getSetCookie();
    expect(cookie).toMatch(/^mash\.sid=.*HttpOnly.*SameSite=Lax/);
    expect(analyst.cookie).not.toContain(cookie!.split(';')[0]!);
  });

  it('returns to the page asked for, and never to another site', async () => {
    for (const [next, expected] of [
      ['/review?feed=housing', '/review?feed=housing'],
      ['//elsewhere.example', '/'],
      ['https://elsewhere.example', '/'],
    ]) {
      const response = await fetch(new URL(`/sign-in?next=${encodeURIComponent(next!)}`, portal.web), {
        redirect: 'manual',
      });
      expect(response.headers.get('location')).toContain('code_challenge_method=S256');
      const landed = await finishInBrowser(response);
      expect(landed).toBe(expected);
    }
  });

  it('signing out ends the session', async () => {
    const own = await signInAs(portal.web, 'auditor-1');
    const headers = { cookie: own.cookie, 'x-csrf-token': own.csrfToken };
    await fetch(new URL('/sign-out', portal.web), { method: 'POST', headers, redirect: 'manual' });
    const after = await fetch(new URL('/api/session', portal.web), { headers: { cookie: own.cookie } });
    expect(after.status).toBe(401);
  });

  it('a session ends after half an hour without a request', async () => {
    const own = await signInAs(portal.web, 'auditor-1');
    await arrange.sql(`UPDATE portal.session SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      storedId(decodeURIComponent(own.cookie.split('=')[1]!).slice(2).split('.')[0]!),
    ]);
    const after = await fetch(new URL('/api/session', portal.web), { headers: { cookie: own.cookie } });
    expect(after.status).toBe(401);
  });
});

describe('forged requests', () => {
  it("a change without the session's token is refused", async () => {
    for (const headers of [{}, { 'x-csrf-token': 'made-up' }]) {
      const response = await fetch(new URL('/api/matches/00000000-0000-4000-8000-000000000000/decision', portal.web), {
        method: 'POST',
        headers: { cookie: analyst.cookie, 'content-type': 'application/json', ...headers },
        body: '{"outcome":"confirm","reason":"because"}',
      });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ error: { code: 'csrf_failed' } });
    }
  });

  it('a form without its token is refused with a page that says what to do', async () => {
    const response = await fetch(new URL('/sign-out', portal.web), {
      method: 'POST',
      headers: { cookie: analyst.cookie },
      body: new URLSearchParams({ _csrf: 'made-up' }),
    });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('This form has expired');
  });
});

describe('headers', () => {
  it('no inline script or style, no framing, nothing kept', async () => {
    const response = await fetch(new URL('/', portal.web), { headers: { cookie: analyst.cookie } });
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-powered-by')).toBeNull();
    const page = await response.text();
    expect(page).not.toMatch(/<script(?![^>]*src=)|\sstyle="|\son\w+="/);
    const css = /href="(\/assets\/hub-[^"]+\.css)"/.exec(page)![1]!;
    const sheet = await fetch(new URL(css, portal.web));
    expect(sheet.headers.get('cache-control')).toContain('immutable');
    expect(await sheet.text()).not.toContain('GDS Transport');
  });
});

/** Goes on where a browser would: types the password, follows back. @returns the path it lands on */
async function finishInBrowser(begun: Response): Promise<string> {
  const jar = new Map<string, string>();
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
  };
  const cookies = () =>
    [...jar]
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
  keep(begun);
  let url = new URL(begun.headers.get('location')!);
  for (;;) {
    let response = await fetch(url, { redirect: 'manual', headers: { cookie: cookies() } });
    keep(response);
    if (!response.headers.get('location')) {
      const body = new URLSearchParams({ username: 'analyst-1', password: 'demo-only-password' });
      response = await fetch(url, { method: 'POST', redirect: 'manual', headers: { cookie: cookies() }, body });
      keep(response);
    }
    const location = response.headers.get('location')!;
    const fromCallback = url.pathname === '/sign-in/callback';
    url = new URL(location, url);
    if (fromCallback) return location;
  }
}
