import { displayName } from '#person';
import { Body, Controller, Get, Inject, Param, Post, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { idOf } from '../answering/id-of.js';
import { describeApi } from '../api/registry.js';
import { DecidingService, decisionSchema, undoSchema, type Decided } from '../deciding/deciding.service.js';
import { QueueRepository } from '../queue/queue.repository.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { waterfall } from './evidence.js';
import { MatchViews } from './match-view.js';

/** What was typed, and what is wrong with it. */
interface Typed {
  outcome?: string;
  reason?: string;
  errors: { field: string; text: string }[];
}

const TOLD: Record<Decided['state'], string> = {
  waiting: 'A second person looks at this match too, without seeing what you decided.',
  linked: 'The two are now linked.',
  rejected: 'The two are recorded as different people.',
  parked: 'The match waits under "Waiting for information" until somebody decides.',
  undone: 'The match is back in the queue. What has not left yet is stopped. Tell recipients of what has left already.',
};

@Controller()
export class MatchController {
  constructor(
    @Inject(MatchViews) private readonly views: MatchViews,
    @Inject(QueueRepository) private readonly queue: QueueRepository,
    @Inject(DecidingService) private readonly deciding: DecidingService,
  ) {}

  @Get('review/:id')
  @Allow('analyst', 'second-reviewer')
  @Render('match/match.njk')
  page(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    return this.model(user, idOf(id, 'match'));
  }

  @Post('review/:id/decision')
  @Allow('analyst', 'second-reviewer')
  async decide(
    @Param('id') text: string,
    @Body() body: Record<string, unknown>,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const id = idOf(text, 'match');
    const parsed = decisionSchema.safeParse(body);
    if (!parsed.success)
      return response.status(400).render('match/match.njk', await this.model(user, id, typed(body, parsed.error)));
    const { next } = await this.queue.neighbours(user.id, {}, id);
    const { state } = await this.deciding.decide(user, id, parsed.data);
    const link = { href: `/review/${id}`, text: 'See the match you decided' };
    request.session.notice = { kind: 'success', title: 'Your decision is recorded', text: TOLD[state], link };
    response.redirect(303, next && next !== id ? `/review/${next}` : '/review');
  }

  @Post('review/:id/undo')
  @Allow('analyst')
  async undo(
    @Param('id') text: string,
    @Body() body: Record<string, unknown>,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const id = idOf(text, 'match');
    const parsed = undoSchema.safeParse(body);
    if (!parsed.success) {
      const wrong = typed(body, parsed.error);
      const undoErrors = wrong.errors.map((error) => ({ ...error, field: 'undo-reason' }));
      return response
        .status(400)
        .render('match/match.njk', await this.model(user, id, { ...wrong, errors: undoErrors }));
    }
    await this.deciding.undo(user, id, parsed.data);
    request.session.notice = { kind: 'success', title: 'The decision is undone', text: TOLD.undone };
    response.redirect(303, `/review/${id}`);
  }

  @Get('api/matches/:id')
  @Allow('analyst', 'second-reviewer')
  async json(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    const { match, ...view } = await this.views.open(user, idOf(id, 'match'));
    const { subjectRecordId, subjectPart, ...rest } = match;
    return { ...rest, ...view };
  }

  private async model(user: SessionUser, id: string, given?: Typed) {
    const [view, move] = await Promise.all([this.views.open(user, id), this.queue.neighbours(user.id, {}, id)]);
    const { cases } = view.match;
    return {
      ...view,
      title: cases.length > 0 ? `Match for case ${cases.join(', ')}` : `Match ${id.slice(0, 8)}`,
      picture: view.score.fields.length > 0 ? waterfall(view.score) : null,
      move: { previous: move.previous, next: move.next === id ? null : move.next },
      others: {
        subject: view.pair.subject?.others.map(nameOf) ?? [],
        record: view.pair.record?.others.map(nameOf) ?? [],
      },
      otherPeople: view.related.filter((one) => one.relation === 'record'),
      otherRecords: view.related.filter((one) => one.relation === 'subject'),
      typed: given,
      errors: given?.errors,
      errorOf: Object.fromEntries((given?.errors ?? []).map(({ field, text }) => [field, text])),
    };
  }
}

function nameOf(other: {
  role: string;
  name: Parameters<typeof displayName>[0] | null;
  written: string;
  relationship: string;
}) {
  return {
    name: other.name ? displayName(other.name) : other.written,
    role: other.role,
    relationship: other.relationship,
  };
}

function typed(body: Record<string, unknown>, error: z.ZodError): Typed {
  return {
    outcome: typeof body.outcome === 'string' ? body.outcome : '',
    reason: typeof body.reason === 'string' ? body.reason : '',
    errors: error.issues.map((issue) => ({ field: String(issue.path[0]), text: issue.message })),
  };
}

describeApi({
  method: 'get',
  path: '/api/matches/{id}',
  summary: 'A match with both records opened (audited as PersonViewed)',
});
