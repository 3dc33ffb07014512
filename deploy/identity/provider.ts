import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import Provider, { type JWK } from 'oidc-provider';
import { MemoryAdapter } from './memory-adapter.js';
import { problemPage } from './sign-in-page.js';
import type { DemoUser } from './users.js';

export interface ProviderSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  users: readonly DemoUser[];
}

const MINUTE = 60;

/**
 * An OpenID provider with one client (the portal), keys and cookies made anew at every start. Authorization code with PKCE only;
 * consent is given for our own client without asking; roles and agency stand in the ID token.
 */
export function createProvider(settings: ProviderSettings): Provider {
  const users = new Map(settings.users.map((user) => [user.username, user]));
  const provider = new Provider(settings.issuer, {
    adapter: MemoryAdapter,
    jwks: { keys: [signingKey()] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clients: [
      {
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        redirect_uris: [settings.redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'RS256',
      },
    ],
    scopes: ['openid'],
    claims: { openid: ['sub', 'name', 'roles', 'agency'] },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    // Signing in again always asks for the password: the demonstration changes roles often.
    ttl: {
      AccessToken: 10 * MINUTE,
      IdToken: 10 * MINUTE,
      Interaction: 30 * MINUTE,
      Session: 30 * MINUTE,
      Grant: 30 * MINUTE,
    },
    renderError(ctx, out) {
      ctx.type = 'html';
      ctx.body = problemPage(out.error);
    },
    async findAccount(_ctx, id) {
      const user = users.get(id);
      if (!user) return undefined;
      return {
        accountId: id,
        claims: async () => ({ sub: id, name: user.name, roles: user.roles, agency: user.agency }),
      };
    },
    async loadExistingGrant(ctx) {
      const { client, session } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  return provider;
}

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: randomUUID() } as JWK;
}
