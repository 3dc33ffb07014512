import { HubError } from '#contracts';
import { appendAudit, CONFIG, Database, type Actor } from '#platform';
import { Controller, Get, Inject, Post, Query, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { promisify } from 'node:util';
import { AllowEverybody } from '../allowing/allow.js';
import type { PortalConfig } from '../config.js';
import { IdentityProvider } from './identity-provider.js';

@Controller()
export class SignInController {
  constructor(
    @Inject(IdentityProvider) private readonly provider: IdentityProvider,
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: PortalConfig,
  ) {}

  @Get('sign-in')
  @AllowEverybody()
  async begin(@Query('next') next: unknown, @Req() request: Request, @Res() response: Response) {
    // The cookie must be of the host the provider sends people back to.
    const own = new URL(this.config.PUBLIC_URL);
    if (request.headers.host !== own.host) return response.redirect(new URL('/sign-in', own).href);
    const { url, attempt } = await this.provider.begin();
    request.session.signIn = { ...attempt, returnTo: ownPath(next) };
    await promisify(request.session.save.bind(request.session))();
    response.redirect(url.href);
  }

  @Get('sign-in/callback')
  @AllowEverybody()
  async finish(@Req() request: Request, @Res() response: Response) {
    const attempt = request.session.signIn;
    if (!attempt) return response.redirect('/sign-in');
    delete request.session.signIn;
    const query = new URL(request.originalUrl, this.config.PUBLIC_URL).search;
    const { user, idToken } = await this.provider.finish(query, attempt).catch(async (error: unknown) => {
      await this.record(
        { type: 'service', id: 'portal' },
        'SignInFailed',
        error instanceof HubError ? error.code : 'internal',
      );
      throw error;
    });
    await this.record({ type: 'user', id: user.id }, 'SignedIn', 'signed-in');
    await promisify(request.session.regenerate.bind(request.session))();
    Object.assign(request.session, { user, idToken, startedAt: Date.now() });
    await promisify(request.session.save.bind(request.session))();
    response.redirect(attempt.returnTo);
  }

  @Post('sign-out')
  @AllowEverybody()
  async end(@Req() request: Request, @Res() response: Response) {
    const { user, idToken } = request.session;
    if (user) await this.record({ type: 'user', id: user.id }, 'SignedOut', 'signed-out');
    await promisify(request.session.destroy.bind(request.session))();
    const url = await this.provider.endSessionUrl(idToken);
    response.redirect(url?.href ?? '/signed-out');
  }

  @Get('signed-out')
  @AllowEverybody()
  @Render('signing-in/signed-out.njk')
  ended() {
    return {};
  }

  private async record(actor: Actor, action: string, outcome: string): Promise<void> {
    await this.database.unitOfWork((tx) =>
      appendAudit(tx, { actor, action, object: { type: 'session', id: actor.id }, outcome }),
    );
  }
}

/** Only a path of ours: never another site's address. */
function ownPath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[\w\-./?=&%]*$/.test(next) ? next : '/';
}
