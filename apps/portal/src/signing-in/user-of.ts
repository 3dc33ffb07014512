import { createHash } from 'node:crypto';
import type { IDToken } from 'openid-client';
import { isRole } from '../allowing/roles.js';
import type { SessionUser } from './session-user.js';

/** What events and the audit take as somebody's id (libs/contracts, events). */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const MAPPED = 'sub-';

/**
 * The id the hub knows a subject by: the subject itself where it is plain, else a stable one made from its SHA-256. OpenID Connect Core,
 * section 2, lets a subject be any 255 ASCII characters (an address, `auth0|…`). A subject that looks like a made one is mapped
 * too, so that nobody can sign in as what another was mapped to.
 */
export function subjectId(sub: string): string {
  if (PLAIN.test(sub) && !sub.startsWith(MAPPED)) return sub;
  return `${MAPPED}${createHash('sha256').update(sub).digest('hex').slice(0, 40)}`;
}

/** Who signed in, by the claims of a verified identity token. Roles the hub does not know are left out. */
export function userOf(claims: IDToken): SessionUser {
  const { roles, agency, name } = claims as Record<string, unknown>;
  return {
    id: subjectId(claims.sub),
    name: typeof name === 'string' ? name : claims.sub,
    roles: Array.isArray(roles) ? roles.filter(isRole) : [],
    agency: typeof agency === 'string' ? agency : '',
  };
}
