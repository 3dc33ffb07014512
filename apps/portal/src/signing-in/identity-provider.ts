import { HubError } from '#contracts';
import { CONFIG } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import type { PortalConfig } from '../config.js';
import type { SessionUser } from './session-user.js';
import { userOf } from './user-of.js';

/** What the portal remembers between sending somebody to the identity provider and their coming back. */
export interface SignInAttempt {
  state: string;
  nonce: string;
  verifier: string;
}

/** OpenID Connect, authorization code with PKCE (RFC 7636), state and nonce. */
@Injectable()
export class IdentityProvider {
  private found: Promise<oidc.Configuration> | null = null;

  constructor(@Inject(CONFIG) private readonly config: PortalConfig) {}

  async begin(): Promise<{ url: URL; attempt: SignInAttempt }> {
    const provider = await this.discover();
    const verifier = oidc.randomPKCECodeVerifier();
    const attempt = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier };
    const url = oidc.buildAuthorizationUrl(provider, {
      redirect_uri: this.redirectUri(),
      scope: 'openid',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      // Shared computers: whoever signs in here says who they are.
      prompt: 'login',
    });
    return { url, attempt };
  }

  /** @param query the callback's query string @throws HubError `sign_in_failed` */
  async finish(query: string, attempt: SignInAttempt): Promise<{ user: SessionUser; idToken: string }> {
    const provider = await this.discover();
    const url = new URL(this.redirectUri());
    url.search = query;
    const tokens = await oidc
      .authorizationCodeGrant(provider, url, {
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.verifier,
        idTokenExpected: true,
      })
      .catch((cause: unknown) => {
        throw new HubError('sign_in_failed', 'The identity provider did not confirm the sign-in.', {
          cause,
          status: 401,
        });
      });
    const claims = tokens.claims();
    if (!claims || !tokens.id_token)
      throw new HubError('sign_in_failed', 'The identity provider sent no identity.', { status: 401 });
    return { user: userOf(claims), idToken: tokens.id_token };
  }

  /** Where the provider ends its own session, or null when it has no such page. */
  async endSessionUrl(idToken: string | undefined): Promise<URL | null> {
    const provider = await this.discover().catch(() => null);
    if (!provider?.serverMetadata().end_session_endpoint) return null;
    return oidc.buildEndSessionUrl(provider, {
      post_logout_redirect_uri: new URL('/signed-out', this.config.PUBLIC_URL).href,
      ...(idToken ? { id_token_hint: idToken } : {}),
    });
  }

  private redirectUri(): string {
    return new URL('/sign-in/callback', this.config.PUBLIC_URL).href;
  }

  private discover(): Promise<oidc.Configuration> {
    this.found ??= this.ask().catch((cause: unknown) => {
      this.found = null; // it may just be starting: the next sign-in asks again
      throw new HubError('identity_provider_unavailable', 'The identity provider does not answer.', {
        cause,
        status: 503,
      });
    });
    return this.found;
  }

  private ask(): Promise<oidc.Configuration> {
    const issuer = new URL(this.config.OIDC_ISSUER);
    const options = issuer.protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : {};
    return oidc.discovery(issuer, this.config.OIDC_CLIENT_ID, this.config.OIDC_CLIENT_SECRET, undefined, options);
  }
}
