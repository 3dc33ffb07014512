import { z } from 'zod';

/** What every service needs to know. */
export const serviceConfig = z.object({
  HUB_ID: z.string().regex(/^[a-z0-9-]{1,40}$/, 'lower-case letters, digits and hyphens'),
  DATABASE_URL: z.string().startsWith('postgres'),
  KEYS_DIR: z.string().min(1),
  KAFKA_BROKERS: z.string().transform((list) => list.split(',')),
  KAFKA_CA_FILE: z.string(),
  KAFKA_CERT_FILE: z.string(),
  KAFKA_KEY_FILE: z.string(),
  HTTP_HOST: z.string().default('127.0.0.1'),
  HTTP_PORT: z.coerce.number().int().min(0).max(65535),
  /** what `mash deadletter` and other commands of the operator show; without it nobody is the operator */
  OPERATOR_TOKEN: z.string().min(32).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});
export type ServiceConfig = z.output<typeof serviceConfig>;
