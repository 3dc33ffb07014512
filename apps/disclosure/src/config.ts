import { serviceConfig } from '#platform';
import { z } from 'zod';

export const disclosureConfig = serviceConfig.extend({
  /** where entries are proved: nothing is sent whose entry the audit has not sealed */
  AUDIT_URL: z.url(),
  /** what the broker takes as one message; a pack above it goes without its PDF, one still above it is not sent */
  PACK_MAX_BYTES: z.coerce.number().int().min(10_000).default(1_048_576),
});
export type DisclosureConfig = z.output<typeof disclosureConfig>;
