import { HubError } from '#contracts';
import { rateLimit } from 'express-rate-limit';
import type { RequestHandler } from 'express';

/** Sign-ins per address and minute: an office behind one address gets in, a guessing program is slowed. */
const LIMIT = 120;

/** Refuses sign-ins above the limit with 429. */
export function signInLimit(): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: LIMIT,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) =>
      next(new HubError('rate_limited', 'Too many sign-ins from here. Wait a minute.')),
  });
}
