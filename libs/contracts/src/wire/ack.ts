import { z } from 'zod';
import { agencyId, instant, sha256 } from './values.js';

const id = z.string().min(1).max(64);

/** The recipient's signed acknowledgement, on `acks.<agency>`: the digest is of the opened pack's bytes. */
export const ackSchema = z.object({
  format: z.literal('mash.ack/1'),
  pack: id,
  recipient: agencyId,
  openedAt: instant,
  sha256,
});
export type Ack = z.infer<typeof ackSchema>;
