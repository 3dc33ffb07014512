import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/**
 * One JSON line an event, to standard output. Callers pass ids and codes only: an error is logged by its name, code and message,
 * and our messages never carry person data; messages of libraries may, so those are cut to the name.
 */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
  });
}

/** What of an error may stand in a log. */
export function describeError(error: unknown): { name: string; code?: string; message?: string; at?: string } {
  if (!(error instanceof Error)) return describeThing(error);
  const { code, type } = error as { code?: unknown; type?: unknown };
  const ours = error.constructor.name === 'HubError';
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : typeof type === 'string' ? { code: type } : {}),
    ...(ours ? { message: error.message } : {}),
    at:
      error.stack
        ?.split('\n')
        .filter((line) => /^\s+at /.test(line))[0]
        ?.trim() ?? '',
  };
}

/** Something thrown that is no Error: its own words may hold anything, so only what kind of thing it is. */
function describeThing(thing: unknown): { name: string; code?: string } {
  const { code, name, type } = (thing ?? {}) as { code?: unknown; name?: unknown; type?: unknown };
  const known = [type, code].find((word) => typeof word === 'string');
  return { name: typeof name === 'string' ? name : typeof thing, ...(known ? { code: String(known) } : {}) };
}

/** Nest's own messages, in the same form. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log(message: unknown, context?: unknown) {
    this.logger.debug({ context }, String(message));
  }
  warn(message: unknown, context?: unknown) {
    this.logger.warn({ context }, String(message));
  }
  error(message: unknown, ...rest: unknown[]) {
    this.logger.error({ context: rest.at(-1) }, message instanceof Error ? message.name : 'framework error');
  }
  debug(message: unknown, context?: unknown) {
    this.logger.debug({ context }, String(message));
  }
  verbose(message: unknown, context?: unknown) {
    this.logger.debug({ context }, String(message));
  }
  fatal(message: unknown, context?: unknown) {
    this.logger.fatal({ context }, message instanceof Error ? message.name : 'framework failure');
  }
}
