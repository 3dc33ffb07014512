import { FEEDS, HubError, refusalWords, type BatchRefusal } from '#contracts';
import { Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { idOf } from '../answering/id-of.js';
import { describeApi } from '../api/registry.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { agencyOf, HandingOn } from './handing-on.js';
import { readBody } from './sealed-body.js';
import { UploadsRepository, type SentBatch } from './uploads.repository.js';

/** Rows a page lists of one batch; the signed receipt names more. */
const MOST_ROWS = 1_000;

const label = z.object({
  'x-mash-feed': z.enum(FEEDS),
  'x-mash-submission': z.guid().toLowerCase(),
  'x-mash-batch': z.coerce.number().int().min(1).max(10_000),
  'x-mash-batches': z.coerce.number().int().min(1).max(10_000),
});

/** The way in for what the page has sealed, and the way back for its receipts. */
@Controller('api/agency/uploads')
export class UploadsApiController {
  constructor(
    @Inject(HandingOn) private readonly handingOn: HandingOn,
    @Inject(UploadsRepository) private readonly uploads: UploadsRepository,
  ) {}

  @Post()
  @HttpCode(202)
  @Allow('agency')
  async take(@Req() request: Request, @CurrentUser() user: SessionUser) {
    const given = label.parse(request.headers);
    const [submission, batch, batches] = [given['x-mash-submission'], given['x-mash-batch'], given['x-mash-batches']];
    if (batch > batches) throw new HubError('bad_request', 'x-mash-batch is above x-mash-batches.');
    const body = await readBody(request);
    const { again } = await this.handingOn.take(user, { feed: given['x-mash-feed'], submission, batch, batches }, body);
    return { submission, batch, again };
  }

  @Get(':submission')
  @Allow('agency')
  async sent(@Param('submission') submission: string, @CurrentUser() user: SessionUser) {
    const sent = await this.uploads.sent(agencyOf(user), idOf(submission, 'submission'));
    if (sent.length === 0) throw new HubError('not_found', 'Your agency has sent no such submission from here.');
    return { submission, batches: await Promise.all(sent.map((batch) => this.told(batch))) };
  }

  private async told({ batch, batches, sentAt, receipt, status, reason, accepted, quarantined }: SentBatch) {
    if (receipt === null) return { batch, batches, sentAt, receipt: null };
    const words = reason ? refusalWords[reason as BatchRefusal] : undefined;
    const rows = status === 'rejected' ? [] : await this.uploads.rowsToCorrect(receipt, MOST_ROWS);
    const fields = (await this.uploads.rowsNamed(receipt)) - (quarantined ?? 0);
    return {
      batch,
      batches,
      sentAt,
      receipt: { id: receipt, status, reason, words, accepted, quarantined, fields, rows },
    };
  }
}

describeApi({
  method: 'post',
  path: '/api/agency/uploads',
  summary:
    'A sealed feed batch of the signed-in user’s agency, as application/octet-stream, at most 1 MiB; headers x-mash-*',
  answer: z.object({ submission: z.uuid(), batch: z.int(), again: z.boolean() }),
});
describeApi({
  method: 'get',
  path: '/api/agency/uploads/{submission}',
  summary: 'What became of a submission sent from a browser: a receipt a batch, null until it is there',
});
