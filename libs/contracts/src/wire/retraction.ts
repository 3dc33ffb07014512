import { z } from 'zod';
import { agencyId, auditProof, instant } from './values.js';

const id = z.string().min(1).max(64);

/** Recalls a pack, or items of it, after a link was undone or consent withdrawn in error; acknowledged like a pack. */
export const retractionSchema = z.object({
  format: z.literal('mash.retraction/1'),
  id,
  pack: id,
  recipient: agencyId,
  /** Item ids; absent recalls the whole pack. */
  items: z.array(z.string()).optional(),
  reason: z.enum(['link_undone', 'released_in_error', 'record_erased', 'source_corrected']),
  createdAt: instant,
  audit: auditProof.optional(),
});
export type Retraction = z.infer<typeof retractionSchema>;
