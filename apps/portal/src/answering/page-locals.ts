import type { RequestHandler } from 'express';
import type { PortalConfig } from '../config.js';
import { csrfToken } from '../signing-in/csrf.js';
import type { AssetAddresses } from './assets.js';
import { navigationFor } from './navigation.js';

/** What the layout needs on every page: who is signed in, where they may go, the form token, a notice to show once. */
export function pageLocals(config: PortalConfig, assets: AssetAddresses): RequestHandler {
  const embedded = config.MASH_EMBEDDED === '1';
  return (request, response, next) => {
    Object.assign(response.locals, { assets, embedded, path: request.path });
    const { session } = request;
    if (!session?.user || request.path.startsWith('/api/')) return next();
    const { user } = session;
    Object.assign(response.locals, {
      user,
      csrfToken: csrfToken(request),
      navigation: navigationFor(user.roles, request.path),
    });
    // A notice belongs to the page after the redirect, not to whatever else the browser fetches.
    if (request.method === 'GET' && session.notice && request.accepts('html')) {
      response.locals.notice = session.notice;
      delete session.notice;
    }
    next();
  };
}
