import { HubError } from '#contracts';
import type { z } from 'zod';

/**
 * Reads a service's configuration from the environment, once, at start.
 * @param schema zod object whose keys are environment variables; no secret may have a default
 * @throws HubError `config_invalid` naming every variable that is missing or wrong, never its value
 */
export function readConfig<S extends z.ZodObject>(schema: S, environment = process.env): z.output<S> {
  const given = Object.fromEntries(Object.keys(schema.shape).map((key) => [key, environment[key] || undefined]));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new HubError('config_invalid', `Set these environment variables and start again: ${faults}`);
}

/** The configuration as one may show it: values of secrets hidden. */
export function describeConfig(config: Record<string, unknown>): string {
  const secret = /SECRET|PASSWORD|DATABASE_URL|TOKEN/;
  return Object.entries(config)
    .map(([key, value]) => `${key}=${secret.test(key) ? '(hidden)' : withoutPassword(String(value))}`)
    .join('\n');
}

function withoutPassword(value: string): string {
  return value.replace(/(\w+:\/\/)[^/@\s]*@/g, '$1(hidden)@');
}
