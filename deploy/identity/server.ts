import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { createProvider, type ProviderSettings } from './provider.js';
import { problemPage, signInPage } from './sign-in-page.js';
import { DEMO_PASSWORD } from './users.js';

/** The provider behind HTTP, with the sign-in page at /interaction/<uid>. Not listening yet. */
export function createIdentityServer(settings: ProviderSettings): Server {
  const provider = createProvider(settings);
  const handle = provider.callback();
  return createServer((request, response) => {
    const path = new URL(request.url ?? '/', settings.issuer).pathname;
    if (path === '/health')
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    if (!path.startsWith('/interaction/')) return void handle(request, response);
    signIn(provider, settings, request, response).catch((error: unknown) => {
      const code = (error as { error?: string }).error ?? 'server_error';
      html(response, code === 'server_error' ? 500 : 400, problemPage(code));
    });
  });
}

async function signIn(
  provider: Provider,
  settings: ProviderSettings,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const { uid } = await provider.interactionDetails(request, response);
  const action = `/interaction/${uid}`;
  if (request.method !== 'POST') return html(response, 200, signInPage(action, false));
  const form = new URLSearchParams(await bodyOf(request));
  const username = form.get('username')?.trim() ?? '';
  const user = settings.users.find((known) => known.username === username);
  if (!user || !same(form.get('password') ?? '', DEMO_PASSWORD))
    return html(response, 401, signInPage(action, true, username));
  await provider.interactionFinished(request, response, { login: { accountId: user.username } });
}

const CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'";

function html(response: ServerResponse, status: number, body: string): void {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': CSP,
  };
  response.writeHead(status, headers).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 10_000) throw Object.assign(new Error('too large'), { error: 'invalid_request' });
  }
  return body;
}

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
