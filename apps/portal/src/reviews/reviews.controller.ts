import { AGENCIES } from '#contracts';
import { Body, Controller, Get, Inject, Param, Post, Render, Req, Res, type OnModuleInit } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { idOf } from '../answering/id-of.js';
import { mend, type Mend } from '../cases/form-errors.js';
import { WaitingWork } from '../home/waiting.js';
import { mayReadDecisions } from '../meetings/packs/decision-readers.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { Chronology } from './chronology/chronology.js';
import { lanesSvg } from './chronology/lanes-svg.js';
import { ReviewDecisions } from './review-decisions.js';
import { decisionForm, OUTCOME_WORDS, REGIMES, requestsForm, reviewForm } from './review-forms.js';
import { ReviewViews, STAGES, type ReviewView } from './review-view.js';

type Body = Record<string, unknown>;

const STAGE_WORDS = {
  notified: 'To be decided',
  histories: 'Gathering histories',
  writing: 'Writing',
  closed: 'Closed',
} as const;
const STEP_WORDS = { notified: 'Decision', histories: 'Histories', writing: 'Writing', closed: 'Closed' } as const;

@Controller('reviews')
export class ReviewsController implements OnModuleInit {
  constructor(
    @Inject(ReviewViews) private readonly views: ReviewViews,
    @Inject(ReviewDecisions) private readonly decisions: ReviewDecisions,
    @Inject(Chronology) private readonly chronology: Chronology,
    @Inject(WaitingWork) private readonly work: WaitingWork,
  ) {}

  onModuleInit() {
    this.work.add(['review-panel', 'chair'], async () => {
      const count = (await this.views.all()).filter(({ stage, overdue }) => stage === 'notified' || overdue > 0).length;
      if (count === 0) return null;
      return {
        count,
        text: count === 1 ? 'review waits for a decision or an answer' : 'reviews wait for a decision or an answer',
        href: '/reviews',
      };
    });
  }

  @Get()
  @Allow('review-panel', 'chair')
  @Render('reviews/list.njk')
  async all() {
    return {
      title: 'Reviews',
      reviews: await this.views.all(),
      stageWords: STAGE_WORDS,
      outcomeWords: OUTCOME_WORDS,
      now: new Date(),
    };
  }

  @Post()
  @Allow('review-panel', 'chair', 'coordinator')
  async notify(
    @Body() body: Body,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const { id, number } = await this.decisions.notify(user, reviewForm.parse(body));
    const text = 'Whether a review is held is decided within a month.';
    request.session.notice = { kind: 'success', title: `The death is notified as ${number}`, text };
    const sees = user.roles.some((role) => role === 'review-panel' || role === 'chair');
    response.redirect(303, sees ? `/reviews/${id}` : `/cases/${idOf(String(body['caseId']), 'case')}`);
  }

  @Get(':id')
  @Allow('review-panel', 'chair')
  async one(@Param('id') id: string, @CurrentUser() user: SessionUser, @Res() response: Response) {
    response.render('reviews/review.njk', await this.model(user, idOf(id, 'review')));
  }

  @Post(':id/decision')
  @Allow('review-panel', 'chair')
  async decide(
    @Param('id') text: string,
    @Body() body: Body,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const id = idOf(text, 'review');
    const dates = { scopeFrom: dayOf(body, 'scopeFrom'), scopeTo: dayOf(body, 'scopeTo') };
    const parsed = decisionForm.safeParse({ ...body, ...dates });
    if (!parsed.success)
      return response
        .status(400)
        .render('reviews/review.njk', await this.model(user, id, mend('decision', body, parsed.error)));
    await this.decisions.decide(user, id, parsed.data);
    const open = parsed.data.outcome === 'review';
    request.session.notice = {
      kind: 'success',
      title: 'The decision is recorded',
      text: open
        ? 'The review is open. Next, ask the agencies for their histories.'
        : 'It goes to the Home Office, with the reasons.',
    };
    response.redirect(303, `/reviews/${id}`);
  }

  @Post(':id/requests')
  @Allow('review-panel', 'chair')
  async ask(
    @Param('id') text: string,
    @Body() body: Body,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const id = idOf(text, 'review');
    const parsed = requestsForm.safeParse({ ...body, dueBy: dayOf(body, 'dueBy') });
    if (!parsed.success)
      return response
        .status(400)
        .render('reviews/review.njk', await this.model(user, id, mend('ask', body, parsed.error)));
    const asked = await this.decisions.ask(user, id, parsed.data);
    request.session.notice = {
      kind: 'success',
      title: `${asked.length} ${asked.length === 1 ? 'agency is' : 'agencies are'} asked`,
      text: 'Each gets a sealed request it can answer from its own system.',
    };
    response.redirect(303, `/reviews/${id}`);
  }

  @Post(':id/requests/again')
  @Allow('review-panel', 'chair')
  async askAgain(
    @Param('id') text: string,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const id = idOf(text, 'review');
    const { length } = await this.decisions.askAgain(user, id);
    request.session.notice = {
      kind: 'success',
      title: `${length} ${length === 1 ? 'request is' : 'requests are'} sent again`,
      text: 'Those that got out before are not sent twice.',
    };
    response.redirect(303, `/reviews/${id}#histories`);
  }

  @Post(':id/packs')
  @Allow('review-panel', 'chair')
  async packs(
    @Param('id') text: string,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const id = idOf(text, 'review');
    await this.decisions.requestPacks(user, id);
    request.session.notice = {
      kind: 'success',
      title: 'The packs are being prepared',
      text: 'Every item is decided on at the moment it is sent.',
    };
    response.redirect(303, `/reviews/${id}#packs`);
  }

  @Get(':id/chronology')
  @Allow('review-panel', 'chair')
  @Render('reviews/chronology/chronology.njk')
  async events(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    const view = await this.chronology.open(user, idOf(id, 'review'));
    return {
      ...view,
      title: `Chronology of ${view.number}`,
      picture: lanesSvg(view),
      events: view.entries.filter((entry) => entry.kind === 'event').length,
      gaps: view.entries.filter((entry) => entry.kind === 'gap').length,
    };
  }

  private async model(user: SessionUser, id: string, wrong?: Mend) {
    const review: ReviewView = await this.views.one(user, id);
    const asked = new Set(review.requests.map(({ agency }) => agency));
    const agencies = AGENCIES.map(({ id: value, name }) => ({ value, text: name }));
    return {
      ...review,
      title: `Review ${review.number}`,
      regimeWords: REGIMES[review.regime as keyof typeof REGIMES] ?? review.regime,
      outcomeWords: OUTCOME_WORDS,
      stages: STAGES.map((stage, index) => ({
        stage,
        text: STEP_WORDS[stage],
        state: stateOf(index, STAGES.indexOf(review.stage)),
      })),
      agencies,
      notAsked: agencies.filter(({ value }) => !asked.has(value)),
      maySend:
        review.openedAt !== null &&
        review.closedAt === null &&
        (review.packsRequestedAt === null || review.again) &&
        review.members.length > 0,
      maySendAgain:
        review.openedAt !== null && review.closedAt === null && review.requests.some(({ undelivered }) => undelivered),
      mayRead: mayReadDecisions(user),
      wrong,
      typed: wrong?.typed ?? {},
      errors: wrong?.errors,
      faults: wrong?.faults ?? {},
    };
  }
}

function stateOf(index: number, at: number): 'done' | 'now' | 'later' {
  if (index === at) return 'now';
  return index < at ? 'done' : 'later';
}

/** Three boxes as one day; undefined when all are empty, the text as typed (which the form then refuses) otherwise. */
function dayOf(body: Body, name: string): string | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => String(body[`${name}-${part}`] ?? '').trim());
  if (!day && !month && !year) return undefined;
  return `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}
