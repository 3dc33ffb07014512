import { serviceConfig } from '#platform';
import { tmpdir } from 'node:os';
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
  /** where large bodies wait for their turn, sealed as they came; default the system's folder for temporary files */
  SPOOL_DIR: z.string().default(() => tmpdir()),
  /** how long after its last batch a submission that is not whole is reported */
  INCOMPLETE_AFTER_MINUTES: z.coerce
    .number()
    .positive()
    .default(24 * 60),
  INCOMPLETE_CHECK_SECONDS: z.coerce.number().positive().max(86_400).default(60),
});
export type IngestConfig = z.output<typeof ingestConfig>;
