import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { idOf } from '../answering/id-of.js';
import { describeApi } from '../api/registry.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { meetingForm } from './meeting-forms.js';
import { MeetingPlanning } from './meeting-planning.js';
import { MeetingViews } from './meeting-view.js';
import { DECISION_READERS } from './packs/decision-readers.js';
import { PackDecisions } from './packs/pack-decisions.js';
import { readiness } from './readiness.js';

@Controller('api')
export class MeetingsApiController {
  constructor(
    @Inject(MeetingPlanning) private readonly planning: MeetingPlanning,
    @Inject(MeetingViews) private readonly views: MeetingViews,
    @Inject(PackDecisions) private readonly decisions: PackDecisions,
  ) {}

  @Get('meetings')
  @Allow('coordinator', 'chair', 'analyst')
  async all() {
    return { meetings: await this.views.all() };
  }

  @Get('meetings/:id')
  @Allow('coordinator', 'chair', 'analyst')
  async one(@Param('id') id: string) {
    const meeting = await this.views.one(idOf(id, 'meeting'));
    return { ...meeting, readiness: readiness(meeting) };
  }

  @Post('meetings')
  @Allow('coordinator', 'chair')
  plan(@Body() body: unknown, @CurrentUser() user: SessionUser) {
    return this.planning.plan(user, meetingForm.parse(body));
  }

  @Post('meetings/:id/packs')
  @HttpCode(202)
  @Allow('coordinator', 'chair')
  async packs(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    await this.planning.requestPacks(user, idOf(id, 'meeting'));
    return { id };
  }

  @Get('decisions/:id')
  @Allow(...DECISION_READERS)
  pack(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    return this.decisions.of(user, idOf(id, 'pack'));
  }
}

describeApi({ method: 'get', path: '/api/meetings', summary: 'MARAC meetings, latest first' });
describeApi({ method: 'get', path: '/api/meetings/{id}', summary: 'A meeting: agenda, readiness, packs' });
describeApi({
  method: 'post',
  path: '/api/meetings',
  summary: 'Plan a meeting',
  body: meetingForm,
  answer: z.object({ id: z.uuid(), number: z.string() }),
});
describeApi({ method: 'post', path: '/api/meetings/{id}/packs', summary: "Send the meeting's packs" });
describeApi({
  method: 'get',
  path: '/api/decisions/{id}',
  summary: 'Why the items of a pack were released or withheld',
});
