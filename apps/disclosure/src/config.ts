import { serviceConfig } from '#platform';
import { z } from 'zod';

export const disclosureConfig = serviceConfig.extend({
  /** where entries are proved: nothing is sent whose entry the audit has not sealed */
  AUDIT_URL: z.url(),
  /** what the broker takes as one message (the embedded one: 8 MiB); a pack above it goes without its PDF, one still above it is not sent */
  PACK_MAX_BYTES: z.coerce.number().int().min(10_000).default(8_000_000),
});
export type DisclosureConfig = z.output<typeof disclosureConfig>;
