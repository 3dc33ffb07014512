import type { Role } from '../allowing/roles.js';

/** Who is signed in. `id` is the identity provider's subject, or stands for it (subjectId()): what the audit names. */
export interface SessionUser {
  id: string;
  /** the member of staff's own name, for the top of the page; in the database only encrypted */
  name: string;
  roles: Role[];
  agency: string;
}

/** What a page tells once, after a redirect. */
export interface Notice {
  kind: 'success' | 'information';
  title: string;
  text: string;
  link?: { href: string; text: string };
}

declare module 'express-session' {
  interface SessionData {
    user: SessionUser;
    /** milliseconds since 1970: a session ends 8 hours after sign-in however busy it is */
    startedAt: number;
    signIn: { state: string; nonce: string; verifier: string; returnTo: string };
    idToken: string;
    notice: Notice;
  }
}
