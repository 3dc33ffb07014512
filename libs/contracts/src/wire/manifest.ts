import { z } from 'zod';
import { agencyId, feedName, fingerprint, instant, sha256, uuid } from './values.js';

/**
 * Line 1 of a feed batch (contracts.md, "A sealed feed batch"). Fields not named here are ignored, so that a newer
 * connector can talk to an older hub; the ones named are all signed and all checked.
 */
export const manifestSchema = z
  .object({
    format: z.literal('mash.feed/1'),
    sender: agencyId,
    recipient: fingerprint,
    feed: feedName,
    submission: uuid,
    batch: z.int().min(1).max(100_000),
    batches: z.int().min(1).max(100_000),
    sequence: z.int().nonnegative(),
    mode: z.enum(['full', 'delta']),
    extractedAt: instant,
    createdAt: instant,
    rows: z.int().min(0).max(10_000_000),
    sha256,
  })
  .refine((manifest) => manifest.batch <= manifest.batches, { path: ['batch'], message: 'batch is above batches' });
export type Manifest = z.infer<typeof manifestSchema>;
