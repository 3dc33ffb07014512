import { HubError, isHubError } from '#contracts';
import {
  Catch,
  Controller,
  Get,
  Headers,
  Inject,
  Param,
  Post,
  Query,
  UseFilters,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Response } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { ServiceConfig } from '../config/service-config.js';
import { CONFIG } from '../tokens.js';
import { DeadLetterWork, DROP_REASONS, type DropReason } from './dead-letter-work.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Who acts, as the audit names them. */
const NAME = /^[\w.-]{1,40}$/;

/** The command line reads `{error: {code, message}}` of every service, also of one that answers people with pages. */
@Catch()
class OperatorErrors implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost) {
    const known = isHubError(error) ? error : new HubError('internal', 'It failed on our side. Nothing was changed.');
    const { status, code, message } = known;
    host.switchToHttp().getResponse<Response>().status(status).json({ error: { code, message } });
  }
}

/** `mash deadletter`, one service's part: for whoever has the operator's token of this hub, and nobody else. */
@Controller('operator/dead-letters')
@UseFilters(OperatorErrors)
export class DeadLettersController {
  constructor(
    @Inject(CONFIG) private readonly config: ServiceConfig,
    @Inject(DeadLetterWork) private readonly work: DeadLetterWork,
  ) {}

  @Get()
  async list(@Headers() headers: Given, @Query('all') all?: string) {
    this.requireOperator(headers);
    return { letters: await this.work.list(all === '1' ? ['dead', 'retrying', 'handled', 'dropped'] : undefined) };
  }

  @Get(':id')
  async show(@Headers() headers: Given, @Param('id') id: string) {
    this.requireOperator(headers);
    return this.work.show(letterId(id));
  }

  @Post(':id/retry')
  async retry(@Headers() headers: Given, @Param('id') id: string, @Query('by') by?: string) {
    this.requireOperator(headers);
    return this.work.retry(letterId(id), operator(by));
  }

  @Post(':id/drop')
  async drop(
    @Headers() headers: Given,
    @Param('id') id: string,
    @Query('reason') reason?: string,
    @Query('by') by?: string,
  ) {
    this.requireOperator(headers);
    if (!DROP_REASONS.includes(reason as DropReason))
      throw new HubError('bad_request', `Say why: ${DROP_REASONS.join(', ')}.`);
    await this.work.drop(letterId(id), reason as DropReason, operator(by));
    return { outcome: 'dropped' };
  }

  private requireOperator({ authorization = '' }: Given): void {
    const digest = (text: string) => createHash('sha256').update(text).digest();
    const token = this.config.OPERATOR_TOKEN;
    if (!token || !timingSafeEqual(digest(authorization), digest(`Bearer ${token}`)))
      throw new HubError('not_signed_in', 'Only the operator of this hub may do this.');
  }
}

interface Given {
  authorization?: string;
}

function letterId(text: string): string {
  if (!UUID.test(text)) throw new HubError('not_found', 'There is no such dead letter in this service.');
  return text.toLowerCase();
}

function operator(by = 'operator') {
  if (!NAME.test(by)) throw new HubError('bad_request', 'Name who acts: letters, digits, dots and hyphens.');
  return { type: 'operator', id: by } as const;
}
