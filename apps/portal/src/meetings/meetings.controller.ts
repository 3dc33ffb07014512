import { AGENCIES } from '#contracts';
import { Body, Controller, Get, Inject, Param, Post, Query, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { idOf } from '../answering/id-of.js';
import { CaseList } from '../cases/case-list.js';
import { mend, type Mend } from '../cases/form-errors.js';
import { instantsOf } from '../consent/feed-instant.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { agendaOrder } from './agenda.js';
import { meetingForm } from './meeting-forms.js';
import { MeetingPlanning } from './meeting-planning.js';
import { MeetingViews, type MeetingView } from './meeting-view.js';
import { packsOfAsking, PATIENCE_MS } from './packs/asking-again.js';
import { mayReadDecisions } from './packs/decision-readers.js';
import { readiness } from './readiness.js';

/** While packs are on their way the page looks again by itself; after this long somebody should look why. */
const WATCH_MS = PATIENCE_MS;
const ON_THE_WAY = ['requested', 'prepared'];
/** Who a MARAC usually sits with: ticked beforehand, unticked with one click. */
const USUAL = ['police', 'probation', 'health', 'childrens-services', 'adult-services', 'idva', 'womens-aid'];

@Controller('meetings')
export class MeetingsController {
  constructor(
    @Inject(MeetingPlanning) private readonly planning: MeetingPlanning,
    @Inject(MeetingViews) private readonly views: MeetingViews,
    @Inject(CaseList) private readonly cases: CaseList,
  ) {}

  @Get()
  @Allow('coordinator', 'chair', 'analyst')
  @Render('meetings/list.njk')
  async all(@CurrentUser() user: SessionUser) {
    const meetings = await this.views.all();
    const now = new Date();
    return {
      title: 'Meetings',
      coming: meetings.filter(({ heldAt }) => heldAt >= now).reverse(),
      held: meetings.filter(({ heldAt }) => heldAt < now),
      mayPlan: mayPlan(user),
    };
  }

  @Get('new')
  @Allow('coordinator', 'chair')
  @Render('meetings/new.njk')
  new(@Query('case') chosen: unknown) {
    return this.form({ caseIds: typeof chosen === 'string' ? [chosen] : [], attendees: USUAL });
  }

  @Post()
  @Allow('coordinator', 'chair')
  async plan(
    @Body() body: Record<string, unknown>,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const parsed = meetingForm.safeParse({ ...body, heldAt: heldAtOf(body) });
    if (!parsed.success)
      return response
        .status(400)
        .render('meetings/new.njk', await this.form(body, mend('meeting', body, parsed.error)));
    const { id, number } = await this.planning.plan(user, parsed.data);
    request.session.notice = {
      kind: 'success',
      title: `Meeting ${number} is planned`,
      text: 'Cases with children stand first on its agenda.',
    };
    response.redirect(303, `/meetings/${id}`);
  }

  @Get(':id')
  @Allow('coordinator', 'chair', 'analyst')
  @Render('meetings/meeting.njk')
  async one(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    const meeting = await this.views.one(idOf(id, 'meeting'));
    const checks = readiness(meeting);
    return {
      ...meeting,
      title: `Meeting ${meeting.number}`,
      checks,
      ready: checks.every(({ done }) => done),
      numbers: Object.fromEntries(meeting.cases.map((entry) => [entry.id, entry.number])),
      totals: totalsOf(meeting),
      watching: watching(meeting),
      maySend: mayPlan(user) && (meeting.packsRequestedAt === null || meeting.again),
      mayRead: mayReadDecisions(user),
    };
  }

  @Post(':id/packs')
  @Allow('coordinator', 'chair')
  async packs(
    @Param('id') text: string,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const id = idOf(text, 'meeting');
    await this.planning.requestPacks(user, id);
    request.session.notice = {
      kind: 'success',
      title: 'The packs are being prepared',
      text: 'Every item is decided on at the moment it is sent. You can leave this page and come back.',
    };
    response.redirect(303, `/meetings/${id}#packs`);
  }

  private async form(typed: Record<string, unknown>, wrong?: Mend) {
    const { cases } = await this.cases.page({ undiscussed: true, page: 1 });
    return {
      title: 'Plan a meeting',
      cases: agendaOrder(cases),
      agencies: AGENCIES.map(({ id, name }) => ({ value: id, text: name })),
      typed: { ...typed, caseIds: [typed['caseIds'] ?? []].flat(), attendees: [typed['attendees'] ?? []].flat() },
      errors: wrong?.errors,
      faults: wrong?.faults ?? {},
    };
  }
}

function mayPlan(user: SessionUser): boolean {
  return user.roles.some((role) => role === 'coordinator' || role === 'chair');
}

/** Day, month, year and time as typed, in British time; undefined when they are no day and time. */
function heldAtOf(body: Record<string, unknown>): string | undefined {
  const [day, month, year] = ['heldAt-day', 'heldAt-month', 'heldAt-year'].map((name) =>
    String(body[name] ?? '').trim(),
  );
  const time = /^(\d{1,2})[:.](\d{2})$/.exec(String(body['time'] ?? '').trim());
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  if (!time || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  // A date such as 31 February rolls over: then it is not the day that was typed.
  const utc = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(utc.getTime()) || utc.toISOString().slice(0, 10) !== date) return undefined;
  if (Number(time[1]) > 23 || Number(time[2]) > 59) return undefined;
  return instantsOf(`${date}T${time[1]!.padStart(2, '0')}:${time[2]}`).first.toISOString();
}

function totalsOf(meeting: MeetingView) {
  const packs = packsOfAsking(meeting.packs, meeting.packsRequestedAt);
  const sum = (key: 'released' | 'withheld') => packs.reduce((total, pack) => total + pack[key], 0);
  return {
    packs: packs.length,
    released: sum('released'),
    withheld: sum('withheld'),
    onTheWay: packs.filter(({ state }) => ON_THE_WAY.includes(state)).length,
  };
}

function watching({ packs: all, packsRequestedAt, attendees }: MeetingView): boolean {
  if (!packsRequestedAt || Date.now() - packsRequestedAt.getTime() > WATCH_MS) return false;
  const packs = packsOfAsking(all, packsRequestedAt);
  return packs.length < attendees.length || packs.some(({ state }) => ON_THE_WAY.includes(state));
}
