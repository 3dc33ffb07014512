import { AGENCIES, FEEDS, HubError, type FeedName } from '#contracts';
import { agreeableFields } from '#platform';
import { Body, Controller, Get, Inject, Param, Post, Query, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Allow, CurrentUser } from '../../allowing/allow.js';
import { idOf } from '../../answering/id-of.js';
import { feedWords } from '../../answering/words.js';
import { mend, type Mend } from '../../cases/form-errors.js';
import type { SessionUser } from '../../signing-in/session-user.js';
import { FeedAgreeing } from './feed-agreeing.js';
import { agencyAndFeed, agreedFields, datesOf, feedAgreementForm } from './feed-agreement-form.js';
import { FeedAgreementsRepository } from './feed-agreements.repository.js';
import { fieldsInWords } from './field-words.js';

/** What may each agency send, which fields, for how long is it kept? */
@Controller('agreements/feeds')
export class FeedAgreementsController {
  constructor(
    @Inject(FeedAgreementsRepository) private readonly agreements: FeedAgreementsRepository,
    @Inject(FeedAgreeing) private readonly agreeing: FeedAgreeing,
  ) {}

  @Get()
  @Allow('data-protection', 'administrator', 'auditor')
  @Render('agreements/feeds/list.njk')
  async list(@Query() query: Record<string, unknown>, @CurrentUser() user: SessionUser) {
    const chosen = AGENCIES.find(({ id }) => id === query['agency'])?.id ?? null;
    const all = await this.agreements.list(chosen);
    return {
      title: 'What agencies may send',
      waiting: all.filter(({ state }) => state === 'proposed'),
      running: all.filter(({ state }) => state === 'in-force' || state === 'future'),
      past: all.filter(({ state }) => ['ended', 'refused', 'withdrawn'].includes(state)),
      soon: new Date(Date.now() + SOON_MS),
      chosen,
      agencies: [{ value: '', text: 'Every agency' }, ...agencyChoices],
      mayEnter: mayEnter(user),
    };
  }

  @Get('new')
  @Allow('data-protection')
  @Render('agreements/feeds/new.njk')
  new(@Query() query: Record<string, unknown>) {
    const { data } = agencyAndFeed.safeParse(query);
    return this.form(data ? { ...data, ...DEFAULTS, fields: undefined } : query);
  }

  @Post()
  @Allow('data-protection')
  async enter(
    @Body() body: Record<string, unknown>,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const parsed = feedAgreementForm.safeParse({ ...body, ...datesOf(body) });
    if (!parsed.success)
      return response
        .status(400)
        .render('agreements/feeds/new.njk', this.form(body, mend('agreement', body, parsed.error)));
    const { agency, feed, retentionDays, fields, start, end, review } = parsed.data;
    const id = await this.agreeing.enter(user, {
      agency,
      feed,
      retentionDays,
      fields: agreedFields(feed, fields),
      validFrom: start,
      validTo: end,
      reviewBy: review,
    });
    request.session.notice = {
      kind: 'success',
      title: 'The agreement is entered',
      text: 'It counts once somebody else has approved it.',
    };
    response.redirect(303, `/agreements/feeds/${id}`);
  }

  @Get(':id')
  @Allow('data-protection', 'administrator', 'auditor')
  @Render('agreements/feeds/agreement.njk')
  async one(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    const agreement = await this.agreements.find(idOf(id, 'agreement'));
    if (!agreement) throw new HubError('not_found', 'There is no such agreement.');
    const feed = agreement.feed as FeedName;
    return {
      title: `${feedWords(feed)}: agreement`,
      agreement,
      fields: fieldsInWords(feed, agreement.fields),
      own: agreement.enteredBy === user.id,
      mayDecide: agreement.state === 'proposed' && mayDecide(user),
      mayEnd: ['in-force', 'future'].includes(agreement.state) && mayEnter(user),
    };
  }

  @Post(':id/decide')
  @Allow('data-protection', 'administrator')
  async decide(
    @Param('id') text: string,
    @Body() body: Record<string, unknown>,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const id = idOf(text, 'agreement');
    const outcome = body['outcome'] === 'approved' ? 'approved' : 'refused';
    await this.agreeing.decide(user, id, outcome);
    request.session.notice =
      outcome === 'approved'
        ? { kind: 'success', title: 'Approved', text: 'From its first day on the hub takes this feed by it.' }
        : { kind: 'information', title: 'Not approved', text: 'Nothing changes for the agency.' };
    response.redirect(303, `/agreements/feeds/${id}`);
  }

  @Post(':id/end')
  @Allow('data-protection')
  async end(
    @Param('id') text: string,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const id = idOf(text, 'agreement');
    await this.agreeing.end(user, id);
    request.session.notice = {
      kind: 'information',
      title: 'The agreement has ended',
      text: 'The feed is refused from now on. Records already here are kept to the end of their time.',
    };
    response.redirect(303, `/agreements/feeds/${id}`);
  }

  private form(typed: Record<string, unknown>, wrong?: Mend) {
    const { data } = agencyAndFeed.safeParse(typed);
    const fields = data ? agreeableFields(data.feed) : [];
    const ticked =
      typed['fields'] === undefined && !wrong ? fields.map(({ name }) => name) : [typed['fields'] ?? []].flat();
    return {
      title: 'Enter an agreement for a feed',
      chosen: data ?? null,
      agencies: [{ value: '', text: 'Choose an agency' }, ...agencyChoices],
      feeds: [{ value: '', text: 'Choose a feed' }, ...FEEDS.map((feed) => ({ value: feed, text: feedWords(feed) }))],
      groups: data ? fieldsInWords(data.feed, null) : null,
      ticked,
      typed,
      errors: wrong?.errors,
      faults: wrong?.faults ?? {},
    };
  }
}

const SOON_MS = 30 * 24 * 3600 * 1000;
const DEFAULTS = { retentionDays: '365' };
const agencyChoices = AGENCIES.map(({ id, name }) => ({ value: id, text: name }));
const mayEnter = (user: SessionUser) => user.roles.includes('data-protection');
const mayDecide = (user: SessionUser) => mayEnter(user) || user.roles.includes('administrator');
