import { z } from 'zod';
import { FEEDS } from '../feeds/feed.js';

/** Values several wire formats share. */

/** An agency's id: `newark-sherwood`. */
export const agencyId = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/);
/** Any 8-4-4-4-12 id, in lower case so that one id cannot be written two ways (a replay in capitals is a replay). */
export const uuid = z.guid().toLowerCase();
export const instant = z.iso.datetime({ offset: true });
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Of an OpenPGP key: 40 hex digits (v4) or 64 (v6), upper case. */
export const fingerprint = z.string().regex(/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/);
export const feedName = z.enum(FEEDS);
export const personRole = z.enum(['victim', 'perpetrator', 'child', 'other']);

/** Where an act stands in the audit log, with its tlog-proof (contracts.md, "A receipt"). */
export const auditProof = z.object({ index: z.int().nonnegative(), proof: z.string() });
export type AuditProof = z.infer<typeof auditProof>;

export const rowError = z.object({ path: z.string(), code: z.string(), message: z.string() });
