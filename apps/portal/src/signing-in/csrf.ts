import { HubError } from '#contracts';
import { csrfSync } from 'csrf-sync';
import type { NextFunction, Request, Response } from 'express';

const { generateToken, isRequestValid } = csrfSync({
  getTokenFromRequest: (request) => {
    const header = request.headers['x-csrf-token'];
    return typeof header === 'string' ? header : (request.body as { _csrf?: string } | undefined)?._csrf;
  },
});

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** The session's token, made on first use: in every form as `_csrf`, for programs as the header `x-csrf-token`. */
export function csrfToken(request: Request): string {
  return generateToken(request);
}

/** Refuses a changing request that does not carry its session's token. */
export function refuseForgedRequests(request: Request, _response: Response, next: NextFunction): void {
  if (SAFE.includes(request.method)) return next();
  // The operator's commands carry a token of their own and no cookie: there is nothing to forge.
  if (request.path.startsWith('/operator/')) return next();
  if (request.session && isRequestValid(request)) return next();
  if (!request.session?.user) return next(new HubError('not_signed_in', 'Sign in first.'));
  next(new HubError('csrf_failed', 'The form was too old, or did not come from this site. Nothing was changed.'));
}
