import makeFetchCookie from 'fetch-cookie';
import { DEMO_PASSWORD } from '../identity/users.js';

/** Somebody at a browser: signs in at the identity provider's page as a person would, then uses the same API as the pages. */
export class SignedIn {
  private constructor(
    private readonly web: string,
    private readonly fetch: typeof globalThis.fetch,
    private readonly csrf: string,
  ) {}

  static async as(web: string, username: string): Promise<SignedIn> {
    const fetch = makeFetchCookie(globalThis.fetch) as typeof globalThis.fetch;
    const page = await fetch(new URL('/sign-in', web));
    const html = await page.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1];
    if (!action) throw new Error('The sign-in page was not found.');
    const hidden = [...html.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(
      ([, name, value]): [string, string] => [name!, value!],
    );
    const form = new URLSearchParams([...hidden, ['username', username], ['password', DEMO_PASSWORD]]);
    const signedIn = await fetch(new URL(decode(action), page.url), { method: 'POST', body: form });
    if (!signedIn.ok) throw new Error(`Signing in as ${username} failed (${signedIn.status}).`);
    const session = (await (await fetch(new URL('/api/session', web))).json()) as { csrfToken?: string };
    if (!session.csrfToken) throw new Error(`Signing in as ${username} gave no session.`);
    return new SignedIn(web, fetch, session.csrfToken);
  }

  async get<T>(path: string): Promise<T> {
    return this.answer<T>(await this.fetch(new URL(path, this.web), { headers: { accept: 'application/json' } }), path);
  }

  async post<T>(path: string, body: object): Promise<T> {
    const response = await this.fetch(new URL(path, this.web), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': this.csrf },
      body: JSON.stringify(body),
    });
    return this.answer<T>(response, path);
  }

  private async answer<T>(response: Response, path: string): Promise<T> {
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 300)}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}

const decode = (text: string) => text.replaceAll('&amp;', '&');
