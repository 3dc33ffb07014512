import { signInAs, type SignedIn } from '../../../deploy/identity/signing-in.js';

/** Signed-in people who ask for pages and send forms, as a browser without scripts does. */
export class PageVisits {
  private readonly people = new Map<string, SignedIn>();

  constructor(private readonly web: string) {}

  async signIn(...names: string[]): Promise<void> {
    for (const name of names) this.people.set(name, await signInAs(this.web, name));
  }

  async get(name: string, path: string): Promise<{ status: number; text: string }> {
    const headers = { cookie: this.people.get(name)!.cookie };
    const response = await fetch(new URL(path, this.web), { headers, redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  }

  /** Sends a form. @returns where it leads, and what is told there */
  async send(name: string, path: string, form: Record<string, string | string[]>) {
    const { cookie, csrfToken } = this.people.get(name)!;
    const body = new URLSearchParams(
      Object.entries(form).flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, one])),
    );
    const response = await fetch(new URL(path, this.web), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, 'x-csrf-token': csrfToken, 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
    });
    return { status: response.status, location: response.headers.get('location'), text: await response.text() };
  }
}

/** What the page tells after a form: the notice's words. */
export function noticeOf(text: string): string {
  const banner = /<div class="govuk-notification-banner__content">([^]*?)<\/div>/.exec(text)?.[1] ?? '';
  return banner
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What is wrong with a form, from the summary at its head. */
export function problemsOf(text: string): string[] {
  const summary = /govuk-error-summary__list">([^]*?)<\/ul>/.exec(text)?.[1] ?? '';
  return [...summary.matchAll(/<a href="[^"]*">([^<]*)</g)].map(([, words]) => words!.trim());
}
