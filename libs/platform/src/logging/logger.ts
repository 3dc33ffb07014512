import type { LoggerService } from '@nestjs/common';
import { types } from 'node:util';
import { pino, type Logger } from 'pino';
import { isHubError } from '#contracts';

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
  const { code, type } = (error ?? {}) as { code?: unknown; type?: unknown };
  const known = [code, type].find((word) => typeof word === 'string' && CODE.test(word)) as string | undefined;
  return {
    name: nameOf(error),
    ...(known ? { code: known } : {}),
    ...(isHubError(error) ? { message: error.message } : {}),
    ...(types.isNativeError(error) ? { at: firstFrame(error) } : {}),
  };
}

/** Codes as PostgreSQL, Prisma, Node, Kafka and we write them: `42P01`, `P2002`, `ECONNRESET`, `NOT_COORDINATOR`, `consent_withdrawn`. */
const CODE =
  /^(?:(?=[0-9A-Z]*\d)[0-9A-Z]{5}|E[A-Z]{3,20}|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z][a-z0-9]*(?:_[a-z0-9]+)+|busy|timeout)$/;

/** Something thrown that is no error has words that may hold anything: then only what kind of thing it is. */
function nameOf(error: unknown): string {
  const name = (error as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' && /^[A-Z]\w{0,60}$/.test(name) && (types.isNativeError(error) || /Error$/.test(name))
    ? name
    : typeof error;
}

/** The message stands at the head of the stack, and one of several lines may look like a frame. */
function firstFrame(error: Error): string {
  const stack = error.stack ?? '';
  const head = stack.indexOf(error.message);
  const frames = head === -1 ? '' : stack.slice(head + error.message.length);
  return (
    frames
      .split('\n')
      .find((line) => /^\s+at /.test(line))
      ?.trim() ?? ''
  );
}

/** Nest's own messages, in the same form. An error, and the stack that may come with it, is told by its name alone. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log(message: unknown, ...rest: unknown[]) {
    this.logger.debug(where(rest), words(message));
  }
  warn(message: unknown, ...rest: unknown[]) {
    this.logger.warn(where(rest), words(message));
  }
  error(message: unknown, ...rest: unknown[]) {
    this.logger.error(where(rest), types.isNativeError(message) ? nameOf(message) : 'framework error');
  }
  debug(message: unknown, ...rest: unknown[]) {
    this.logger.debug(where(rest), words(message));
  }
  verbose(message: unknown, ...rest: unknown[]) {
    this.logger.debug(where(rest), words(message));
  }
  fatal(message: unknown, ...rest: unknown[]) {
    this.logger.fatal(where(rest), types.isNativeError(message) ? nameOf(message) : 'framework failure');
  }
}

function words(message: unknown): string {
  return typeof message === 'string' ? message : nameOf(message);
}

/** Nest gives the class that speaks as the last thing. */
function where(rest: unknown[]): { context?: string } {
  const context = rest.at(-1);
  return typeof context === 'string' && /^[\w :.-]{1,80}$/.test(context) ? { context } : {};
}
