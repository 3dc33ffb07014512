import { z } from 'zod';
import { agencyId, instant, sha256, uuid } from './values.js';

/**
 * The recipient's signed acknowledgement, on `acks.<agency>`: the digest is of the opened pack's bytes. The pack's id goes into the
 * audit log, so it can be nothing but an id.
 */
export const ackSchema = z.object({
  format: z.literal('mash.ack/1'),
  pack: uuid,
  recipient: agencyId,
  openedAt: instant,
  sha256,
});
export type Ack = z.infer<typeof ackSchema>;
