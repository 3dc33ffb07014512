import type { Database } from '#platform';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import type { PortalConfig } from '../config.js';
import { SessionBox, sessionKey } from './session-box.js';
import { SessionStore } from './session-store.js';

export const IDLE_MS = 30 * 60_000;
export const LONGEST_MS = 8 * 60 * 60_000;

/** Over HTTPS with the prefix that binds a cookie to this very host (RFC 6265bis, section 4.1.3.2). */
export function cookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-mash.sid' : 'mash.sid';
}

/** Sessions end after 30 minutes without a request, and 8 hours after signing in. */
export function sessions(database: Database, config: PortalConfig): RequestHandler[] {
  const secure = config.PUBLIC_URL.startsWith('https:');
  const store = new SessionStore(database, new SessionBox(sessionKey(config.SESSION_SECRET, 'box')), IDLE_MS);
  const handle = session({
    name: cookieName(config.PUBLIC_URL),
    secret: sessionKey(config.SESSION_SECRET, 'cookie').toString('base64url'),
    store,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: IDLE_MS },
  });
  return [
    (request, response, next) => (sessionless(request) ? next() : handle(request, response, next)),
    endOldSession,
    keepNoticeFirst,
  ];
}

/** Probes come every second and must not touch the session table. */
function sessionless(request: Request): boolean {
  return request.path === '/health' || request.path === '/metrics';
}

function endOldSession(request: Request, _response: Response, next: NextFunction): void {
  const started = request.session?.startedAt;
  if (started === undefined || Date.now() - started < LONGEST_MS) return next();
  request.session.regenerate(next);
}

/**
 * A redirect's headers leave before express-session has saved, so a quick browser asked for the next page before the notice was there:
 * the session is saved first.
 */
function keepNoticeFirst(request: Request, response: Response, next: NextFunction): void {
  const redirect = response.redirect.bind(response) as (...to: unknown[]) => void;
  response.redirect = ((...to: unknown[]) => {
    if (!request.session?.notice) return redirect(...to);
    request.session.save((failure?: unknown) => (failure ? next(failure) : redirect(...to)));
  }) as Response['redirect'];
  next();
}
