import { signInAs, type SignedIn as Session } from '../identity/signing-in.js';

/** Somebody signed in: uses the same API as the pages. */
export class SignedIn {
  private constructor(
    private readonly web: string,
    private readonly session: Session,
  ) {}

  static async as(web: string, username: string): Promise<SignedIn> {
    return new SignedIn(web, await signInAs(web, username));
  }

  async get<T>(path: string): Promise<T> {
    return this.ask<T>(path, { headers: { accept: 'application/json', cookie: this.session.cookie } });
  }

  async post<T>(path: string, body: object): Promise<T> {
    const { cookie, csrfToken } = this.session;
    return this.ask<T>(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', cookie, 'x-csrf-token': csrfToken },
      body: JSON.stringify(body),
    });
  }

  private async ask<T>(path: string, init: RequestInit): Promise<T> {
    const response = await fetch(new URL(path, this.web), init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 300)}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}
