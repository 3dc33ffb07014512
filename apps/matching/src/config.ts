import { serviceConfig } from '#platform';
import { z } from 'zod';

export const matchingConfig = serviceConfig.extend({
  /** version of the linkage model; the newest when not given */
  LINKAGE_MODEL: z.string().optional(),
  /** lets the operator export matches for judging the matching; without it there is no such way */
  OPERATOR_TOKEN: z.string().min(32).optional(),
});
export type MatchingConfig = z.output<typeof matchingConfig>;
