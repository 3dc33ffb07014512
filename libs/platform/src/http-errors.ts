import { isHubError } from '#contracts';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { describeError } from './logging/logger.js';

/** Answers an error as `{error: {code, message}}`. What is not ours is logged and answered without detail. */
@Catch()
export class HttpErrors implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost) {
    const response = host.switchToHttp().getResponse<Response>();
    // Half an answer is out: there is nothing left to say, and the connection must not look as if it ended well.
    if (response.headersSent) {
      this.log.error({ err: describeError(error) }, 'an answer broke off');
      return response.destroy();
    }
    if (isHubError(error))
      return response.status(error.status).json({ error: { code: error.code, message: error.message } });
    if (error instanceof HttpException) {
      const status = error.getStatus();
      const code = status === 404 ? 'not_found' : status < 500 ? 'bad_request' : 'internal';
      return response.status(status).json({
        error: { code, message: status === 404 ? 'There is nothing here.' : 'The request was not understood.' },
      });
    }
    this.log.error({ err: describeError(error) }, 'request failed');
    return response
      .status(500)
      .json({ error: { code: 'internal', message: 'It failed on our side. Nothing was changed.' } });
  }
}
