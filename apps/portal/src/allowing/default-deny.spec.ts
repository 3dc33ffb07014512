import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadLettersController, HealthController } from '#platform';
import { ModulesContainer } from '@nestjs/core';
import { signInAs } from '../../../../deploy/identity/signing-in.js';
import { Arranging } from '../../test/arranged-matches.js';
import { runningPortal, type RunningPortal } from '../../test/running-portal.js';
import { ALLOWED } from './allow.js';
import { ROLES } from './roles.js';

let portal: RunningPortal;
let arrange: Arranging;

beforeAll(async () => {
  portal = await runningPortal();
  arrange = await Arranging.in(portal);
}, 60_000);

afterAll(async () => {
  await arrange?.end();
  await portal?.stop();
});

/** Routes anybody may reach without signing in; a new one must be added here on purpose. */
const OPEN = [
  'GET /health',
  'GET /metrics',
  'GET /sign-in',
  'GET /sign-in/callback',
  'POST /sign-out',
  'GET /signed-out',
  'GET /api/openapi.json',
];
const ID = '00000000-0000-4000-8000-000000000000';

describe('who may use a route', () => {
  it('every handler of every controller says who may use it', () => {
    const silent: string[] = [];
    for (const module of portal.app.get(ModulesContainer).values())
      for (const { metatype } of module.controllers.values()) {
        if (!metatype || metatype === HealthController || metatype === DeadLettersController) continue;
        for (const name of Object.getOwnPropertyNames(metatype.prototype)) {
          const handler = (metatype.prototype as Record<string, unknown>)[name] as object;
          if (name === 'constructor' || !Reflect.hasMetadata('path', handler)) continue;
          const allowed: unknown = Reflect.getMetadata(ALLOWED, handler) ?? Reflect.getMetadata(ALLOWED, metatype);
          const known =
            allowed === 'everybody' ||
            (Array.isArray(allowed) && allowed.length > 0 && allowed.every((role) => ROLES.includes(role)));
          if (!known) silent.push(`${metatype.name}.${name}`);
        }
      }
    expect(silent).toEqual([]);
  });

  it('no route but the sign-in answers somebody who is not signed in', async () => {
    const answered: string[] = [];
    for (const { method, path } of routes()) {
      const response = await fetch(new URL(path.replace(/:\w+/g, ID), portal.web), { method, redirect: 'manual' });
      await response.arrayBuffer();
      const toSignIn = response.status === 302 && response.headers.get('location')?.startsWith('/sign-in');
      if (!toSignIn && response.status !== 401) answered.push(`${method} ${path}`);
    }
    expect(answered.filter((route) => !OPEN.includes(route))).toEqual([]);
    expect(routes().length).toBeGreaterThan(15);
  }, 60_000);

  it('a role that a route does not name is refused, and the refusal is in the audit', async () => {
    const officer = await signInAs(portal.web, 'officer-ashfield');
    const response = await fetch(new URL('/review', portal.web), { headers: { cookie: officer.cookie } });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('You cannot open this page');
    const api = await fetch(new URL('/api/queue', portal.web), { headers: { cookie: officer.cookie } });
    expect(await api.json()).toMatchObject({ error: { code: 'wrong_role' } });
    const rows = await arrange.sql<{ actor: string; page: string }>(
      `SELECT entry -> 'actor' ->> 'id' AS actor, entry -> 'object' ->> 'id' AS page FROM audit.entry WHERE entry ->> 'action' = 'AccessRefused' ORDER BY appended_at`,
    );
    expect(rows).toEqual([
      { actor: 'officer-ashfield', page: 'QueueController.page' },
      { actor: 'officer-ashfield', page: 'QueueController.list' },
    ]);
  });

  it('metrics are for this machine only, not for what a proxy passes on', async () => {
    const direct = await fetch(new URL('/metrics', portal.web));
    expect(direct.status).toBe(200);
    const proxied = await fetch(new URL('/metrics', portal.web), { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(proxied.status).toBe(404);
  });

  it('an address that does not exist and an id that cannot be one are pages, not stack traces', async () => {
    const analyst = await signInAs(portal.web, 'analyst-1');
    for (const path of ['/nothing-here', '/review/1%27%20OR%201=1', `/review/${ID}`]) {
      const response = await fetch(new URL(path, portal.web), { headers: { cookie: analyst.cookie } });
      expect(response.status).toBe(404);
      const text = await response.text();
      expect(text).toContain('Page not found');
      expect(text).not.toMatch(/\.ts:|\.js:\d|node_modules/);
    }
  });
});

function routes(): { method: string; path: string }[] {
  const { router } = portal.app.getHttpAdapter().getInstance() as {
    router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
  };
  return router.stack.flatMap(({ route }) =>
    route ? Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path: route.path })) : [],
  );
}
