import { serviceConfig } from '#platform';
import { z } from 'zod';

/** What ingest needs beside what every service needs. */
export const ingestConfig = serviceConfig.extend({
  AUDIT_URL: z.url(),
  /** where agencies send over HTTPS; mutual TLS */
  FEEDS_PORT: z.coerce.number().int().min(0).max(65535),
  FEEDS_HOST: z.string().default('127.0.0.1'),
  TLS_CERT_FILE: z.string(),
  TLS_KEY_FILE: z.string(),
  TLS_CA_FILE: z.string(),
  /** how long after its last batch a submission that is not whole is reported */
  INCOMPLETE_AFTER_MINUTES: z.coerce
    .number()
    .positive()
    .default(24 * 60),
  INCOMPLETE_CHECK_SECONDS: z.coerce.number().positive().max(86_400).default(60),
});
export type IngestConfig = z.output<typeof ingestConfig>;
