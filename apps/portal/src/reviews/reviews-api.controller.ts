import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { idOf } from '../answering/id-of.js';
import { describeApi } from '../api/registry.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { Chronology } from './chronology/chronology.js';
import { ReviewDecisions } from './review-decisions.js';
import { decisionForm, requestsForm, reviewForm } from './review-forms.js';
import { ReviewViews } from './review-view.js';

@Controller('api/reviews')
export class ReviewsApiController {
  constructor(
    @Inject(ReviewViews) private readonly views: ReviewViews,
    @Inject(ReviewDecisions) private readonly decisions: ReviewDecisions,
    @Inject(Chronology) private readonly chronology: Chronology,
  ) {}

  @Get()
  @Allow('review-panel', 'chair', 'coordinator')
  async all() {
    return { reviews: await this.views.all() };
  }

  @Get(':id')
  @Allow('review-panel', 'chair')
  one(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    return this.views.one(user, idOf(id, 'review'));
  }

  @Get(':id/chronology')
  @Allow('review-panel', 'chair')
  events(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    return this.chronology.open(user, idOf(id, 'review'));
  }

  @Post()
  @Allow('review-panel', 'chair', 'coordinator')
  notify(@Body() body: unknown, @CurrentUser() user: SessionUser) {
    return this.decisions.notify(user, reviewForm.parse(body));
  }

  @Post(':id/decision')
  @HttpCode(200)
  @Allow('review-panel', 'chair')
  async decide(@Param('id') id: string, @Body() body: unknown, @CurrentUser() user: SessionUser) {
    await this.decisions.decide(user, idOf(id, 'review'), decisionForm.parse(body));
    return { id };
  }

  @Post(':id/requests')
  @Allow('review-panel', 'chair')
  async ask(@Param('id') id: string, @Body() body: unknown, @CurrentUser() user: SessionUser) {
    return { requestIds: await this.decisions.ask(user, idOf(id, 'review'), requestsForm.parse(body)) };
  }

  @Post(':id/requests/again')
  @HttpCode(202)
  @Allow('review-panel', 'chair')
  async askAgain(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    return { requestIds: await this.decisions.askAgain(user, idOf(id, 'review')) };
  }

  @Post(':id/packs')
  @HttpCode(202)
  @Allow('review-panel', 'chair')
  async packs(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    await this.decisions.requestPacks(user, idOf(id, 'review'));
    return { id };
  }
}

const path = '/api/reviews/{id}';
const asked = z.object({ requestIds: z.array(z.uuid()) });
const made = z.object({ id: z.uuid(), number: z.string() });
describeApi({ method: 'get', path: '/api/reviews', summary: 'Reviews, without names' });
describeApi({ method: 'post', path: '/api/reviews', summary: 'Notify a death', body: reviewForm, answer: made });
describeApi({ method: 'get', path, summary: 'A review: stage, deadlines, who owes what' });
describeApi({ method: 'get', path: `${path}/chronology`, summary: 'The integrated chronology' });
describeApi({ method: 'post', path: `${path}/decision`, summary: 'Decide on a review', body: decisionForm });
describeApi({
  method: 'post',
  path: `${path}/requests`,
  summary: 'Ask agencies for their histories',
  body: requestsForm,
  answer: asked,
});
describeApi({
  method: 'post',
  path: `${path}/requests/again`,
  summary: 'Send the requests that did not get out again',
  answer: asked,
});
describeApi({ method: 'post', path: `${path}/packs`, summary: "Send the panel's packs" });
