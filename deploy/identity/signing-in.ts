import { DEMO_PASSWORD } from './users.js';

/** A signed-in program: what it sends with every request to the portal's API. */
export interface SignedIn {
  cookie: string;
  csrfToken: string;
  user: { id: string; roles: string[]; agency: string };
}

/**
 * Signs in at the portal as a browser would, through the development identity provider: for the demonstration and for tests.
 * @param web base address of the portal
 */
export async function signInAs(web: string, username: string, password = DEMO_PASSWORD): Promise<SignedIn> {
  const jars = new Map<string, Map<string, string>>();
  let url = new URL('/sign-in', web);
  let init: RequestInit = {};
  for (let step = 0; step < 12; step++) {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: cookies(jars, url) },
    });
    keep(jars, url, response);
    const location = response.headers.get('location');
    const body = await response.text();
    if (location) {
      url = new URL(location, url);
      init = {};
      if (url.origin === new URL(web).origin && url.pathname !== '/sign-in' && url.pathname !== '/sign-in/callback')
        break;
      continue;
    }
    const action = /<form method="post" action="([^"]+)"/.exec(body)?.[1];
    if (!action || !url.pathname.startsWith('/interaction/') || response.status === 401)
      throw new Error(`Sign-in of ${username} ended with ${response.status} at ${url.pathname}`);
    url = new URL(action, url);
    init = { method: 'POST', body: new URLSearchParams({ username, password }) };
  }
  const cookie = cookies(jars, new URL(web));
  const session = await fetch(new URL('/api/session', web), { headers: { cookie } });
  if (!session.ok) throw new Error(`Sign-in of ${username} ended with ${session.status}`);
  const { user, csrfToken } = (await session.json()) as Omit<SignedIn, 'cookie'>;
  return { cookie, csrfToken, user };
}

function keep(jars: Map<string, Map<string, string>>, url: URL, response: Response): void {
  const jar = jars.get(url.origin) ?? new Map<string, string>();
  jars.set(url.origin, jar);
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    if (pair.slice(at + 1) === '') jar.delete(pair.slice(0, at));
    else jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

function cookies(jars: Map<string, Map<string, string>>, url: URL): string {
  return [...(jars.get(url.origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
}
