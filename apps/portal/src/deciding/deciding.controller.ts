import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { idOf } from '../answering/id-of.js';
import { describeApi } from '../api/registry.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { DecidingService, decisionSchema, undoSchema } from './deciding.service.js';

const answer = z.object({
  decisionId: z.uuid(),
  state: z.enum(['waiting', 'linked', 'rejected', 'parked', 'undone']),
});

@Controller('api/matches')
export class DecidingController {
  constructor(@Inject(DecidingService) private readonly deciding: DecidingService) {}

  @Post(':id/decision')
  @HttpCode(200)
  @Allow('analyst', 'second-reviewer')
  decide(@Param('id') id: string, @Body() body: unknown, @CurrentUser() user: SessionUser) {
    return this.deciding.decide(user, idOf(id, 'match'), decisionSchema.parse(body));
  }

  @Post(':id/undo')
  @HttpCode(200)
  @Allow('analyst')
  undo(@Param('id') id: string, @Body() body: unknown, @CurrentUser() user: SessionUser) {
    return this.deciding.undo(user, idOf(id, 'match'), undoSchema.parse(body));
  }
}

describeApi({
  method: 'post',
  path: '/api/matches/{id}/decision',
  summary: 'Decide on a match',
  body: decisionSchema,
  answer,
});
describeApi({
  method: 'post',
  path: '/api/matches/{id}/undo',
  summary: 'Take a decision back',
  body: undoSchema,
  answer,
});
