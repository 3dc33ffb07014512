import { HubError, isHubError } from '#contracts';
import { describeError, isTransient, LOGGER } from '#platform';
import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { ZodError } from 'zod';
import { errorWords } from './error-words.js';

/** The one place where an error becomes an answer: JSON under /api, a page elsewhere. Never a stack trace or a library's message. */
@Catch()
export class ErrorsFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    const known = codedError(error);
    if (known.status >= 500) this.log.error({ code: known.code, err: describeError(error) }, 'request failed');
    if (response.headersSent) return void response.end();
    const api = request.path.startsWith('/api/');
    if (api) return void response.status(known.status).json({ error: { code: known.code, message: known.message } });
    if (known.code === 'not_signed_in' && request.method === 'GET')
      return response.redirect(`/sign-in?next=${encodeURIComponent(request.originalUrl)}`);
    this.page(response, known);
  }

  private page(response: Response, { code, status }: HubError): void {
    const locals = { ...errorWords(code, status), code, signIn: status === 401 };
    response.status(status).render('answering/error.njk', locals, (failure: Error | null, html?: string) => {
      if (failure) this.log.error({ err: describeError(failure) }, 'the error page failed');
      response.type('html').send(html ?? `<h1>${locals.title}</h1><p>${locals.todo}</p>`);
    });
  }
}

const CODE_OF_STATUS: Record<number, string> = {
  400: 'bad_request',
  401: 'not_signed_in',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
};

function codedError(error: unknown): HubError {
  if (isHubError(error)) return error;
  if (error instanceof ZodError) {
    const faults = error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ');
    return new HubError('bad_request', faults, { cause: error });
  }
  // The vault's refusal: the record matches no subject any more (or never did).
  if (error instanceof Error && /record_sealed/.test(textOf(error)))
    return new HubError('not_found', 'The hub may not show this record.', { cause: error });
  if (isTransient(error)) return new HubError('busy', 'A part of the hub did not answer. Try again.', { cause: error });
  const status = error instanceof HttpException ? error.getStatus() : ((error as { status?: unknown })?.status ?? 500);
  const code = CODE_OF_STATUS[Number(status)];
  if (code) return new HubError(code, 'The request was not accepted.', { cause: error, status: Number(status) });
  return new HubError('internal', 'Something went wrong in the hub.', { cause: error });
}

function textOf(error: Error): string {
  return `${error.message} ${JSON.stringify((error as { meta?: unknown }).meta ?? '')}`;
}
