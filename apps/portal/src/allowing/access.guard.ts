import { HubError } from '#contracts';
import { appendAudit, Database, DeadLettersController, HealthController } from '#platform';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { SessionUser } from '../signing-in/session-user.js';
import { ALLOWED, actorOf } from './allow.js';
import type { Role } from './roles.js';

/** Default deny: a route is open only to the roles it names, and every refusal of a signed-in user is in the audit. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Database) private readonly database: Database,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (context.getClass() === HealthController) return healthOrLocal(request);
    // It asks for the operator's token itself.
    if (context.getClass() === DeadLettersController) return healthOrLocal(request);
    const allowed = this.reflector.getAllAndOverride<Role[] | 'everybody' | undefined>(ALLOWED, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (allowed === 'everybody') return true;
    const { user } = request.session;
    if (!user) throw new HubError('not_signed_in', 'Sign in first.');
    if (allowed && user.roles.some((role) => allowed.includes(role))) return true;
    await this.refuse(user, `${context.getClass().name}.${context.getHandler().name}`);
    throw new HubError('wrong_role', 'Your role does not open this page.');
  }

  /** The page is named by its handler: an address may hold an id that the refused person has only guessed. */
  private async refuse(user: SessionUser, page: string): Promise<void> {
    await this.database.unitOfWork((tx) =>
      appendAudit(tx, {
        actor: actorOf(user),
        action: 'AccessRefused',
        object: { type: 'page', id: page },
        outcome: 'wrong_role',
      }),
    );
  }
}

/** /health is for everybody; /metrics and the operator's commands for this machine, and not for what a proxy on this machine passes on. */
function healthOrLocal(request: Request): boolean {
  if (request.path === '/health') return true;
  const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '');
  if (local && request.headers['x-forwarded-for'] === undefined) return true;
  throw new HubError('not_found', 'There is nothing here.');
}
