import { serviceConfig } from '#platform';
import { z } from 'zod';

/** What audit needs beside what every service needs. */
export const auditConfig = serviceConfig.extend({
  /** where the log's files stand, as served and exported; a stand-by instance is given the same folder */
  AUDIT_DIR: z.string().min(1),
});
export type AuditConfig = z.output<typeof auditConfig>;

/** The log's name: first line of every checkpoint. */
export function originOf(config: Pick<AuditConfig, 'HUB_ID'>): string {
  return `mash-hub/${config.HUB_ID}`;
}
