import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { HubError } from '#contracts';
import type { Actor } from '#platform';
import type { Request } from 'express';
import type { SessionUser } from '../signing-in/session-user.js';
import { ROLES, type Role } from './roles.js';

export const ALLOWED = 'portal:allowed';

/** Who may use a route. A route without it is refused to everybody. */
export const Allow = (first: Role, ...others: Role[]) => SetMetadata(ALLOWED, [first, ...others]);
/** Everybody who is signed in, whatever their role. */
export const AllowSignedIn = () => SetMetadata(ALLOWED, [...ROLES]);
/** Without signing in: the sign-in itself and nothing that tells of a person. */
export const AllowEverybody = () => SetMetadata(ALLOWED, 'everybody');

/** The signed-in user, as a handler's parameter. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): SessionUser => {
  const { user } = context.switchToHttp().getRequest<Request>().session;
  if (!user) throw new HubError('not_signed_in', 'Sign in first.');
  return user;
});

/** The user as the audit names them. */
export function actorOf(user: SessionUser): Actor {
  return { type: 'user', id: user.id };
}
