import { serviceConfig } from '#platform';
import { z } from 'zod';

/** What the portal needs beside what every service needs. No secret has a default. */
export const portalConfig = serviceConfig.extend({
  /** the address people type; cookies are `Secure` when it is https */
  PUBLIC_URL: z.url(),
  OIDC_ISSUER: z.url(),
  OIDC_CLIENT_ID: z.string().min(1),
  OIDC_CLIENT_SECRET: z.string().min(1),
  SESSION_SECRET: z.string().min(32, 'at least 32 characters'),
  AUDIT_URL: z.url(),
  /** '1' where the hub runs by itself with invented people: pages then say so */
  MASH_EMBEDDED: z.string().default('0'),
});
export type PortalConfig = z.output<typeof portalConfig>;
