import { AGENCIES, FEEDS } from '#contracts';
import { Body, Controller, Get, Inject, Param, Post, Query, Render, Req, Res, type OnModuleInit } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { idOf } from '../answering/id-of.js';
import { pages } from '../answering/pagination.js';
import { CONSENT_PURPOSES } from '../consent/consent.js';
import { WaitingWork } from '../home/waiting.js';
import { mayReadDecisions } from '../meetings/packs/decision-readers.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { CaseDecisions } from './case-decisions.js';
import { CaseFile, type CaseFileView } from './case-file.js';
import { conflictForm, consentForm, justificationForm, withoutConsentForm } from './case-forms.js';
import { CaseList, CASES_A_PAGE } from './case-list.js';
import { caseQuery } from './cases-api.controller.js';
import { mend, type Mend } from './form-errors.js';
import { CRITERIA_WORDS, riskInWords } from './opening/criteria.js';
import { purposeFor, VIEW_PURPOSES } from './purposes.js';

type Body = Record<string, unknown>;

/** What a form's name in the address does, and what the next page says. */
interface FormOfCase {
  schema: z.ZodType;
  /** the address of its part of the page */
  at: string;
  done: { title: string; text: string };
}

@Controller('cases')
export class CasesController implements OnModuleInit {
  constructor(
    @Inject(CaseList) private readonly list: CaseList,
    @Inject(CaseFile) private readonly file: CaseFile,
    @Inject(CaseDecisions) private readonly decisions: CaseDecisions,
    @Inject(WaitingWork) private readonly work: WaitingWork,
  ) {}

  onModuleInit() {
    this.work.add(['coordinator', 'chair'], async () => {
      const { total } = await this.list.page({ undiscussed: true, page: 1 });
      return total === 0
        ? null
        : {
            count: total,
            text: total === 1 ? 'case waits for a meeting' : 'cases wait for a meeting',
            href: '/cases?show=waiting',
          };
    });
  }

  @Get()
  @Allow('analyst', 'coordinator', 'chair', 'data-protection')
  @Render('cases/list.njk')
  async all(@Query() query: unknown) {
    const { show, page } = caseQuery.catch({ show: 'all', page: 1 }).parse(query);
    const [{ cases, total }, waiting] = await Promise.all([
      this.list.page({ undiscussed: show === 'waiting', page }),
      this.list.page({ undiscussed: true, page: 1 }),
    ]);
    const pagination = pages({
      page,
      size: CASES_A_PAGE,
      total,
      path: '/cases',
      query: { show: show === 'all' ? undefined : show },
    });
    return { title: 'Cases', cases, total, waiting: waiting.total, show, pagination };
  }

  @Get(':id')
  @Allow('analyst', 'coordinator', 'chair', 'data-protection')
  async one(
    @Param('id') text: string,
    @Query('purpose') given: unknown,
    @CurrentUser() user: SessionUser,
    @Res() response: Response,
  ) {
    const id = idOf(text, 'case');
    const purpose = purposeFor(user, given);
    if (!purpose)
      return response.render('cases/purpose.njk', { title: 'Why do you open this case?', id, purposes: VIEW_PURPOSES });
    response.render('cases/case.njk', this.model(user, await this.file.open(user, id, purpose)));
  }

  @Post(':id/consents')
  @Allow('analyst', 'coordinator')
  consent(
    @Param('id') id: string,
    @Body() body: Body,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const given = body['status'] === 'given';
    const title = given ? 'Consent is recorded' : 'The withdrawal is recorded';
    const text = given ? 'It counts from now.' : 'What rests on this consent and has not left the hub is stopped.';
    const form = { schema: consentForm, at: 'consent', done: { title, text } };
    return this.take(form, id, body, user, request, response, (caseId, value) =>
      this.decisions.consent(user, caseId, value as never),
    );
  }

  @Post(':id/without-consent')
  @Allow('coordinator', 'chair', 'analyst')
  withoutConsent(
    @Param('id') id: string,
    @Body() body: Body,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const told =
      body['told'] === 'yes'
        ? 'yes'
        : body['told'] === 'no'
          ? `no: ${String(body['notTold'] ?? '').trim()}`
          : undefined;
    const done = {
      title: 'The decision is recorded',
      text: 'It counts until the victim withdraws consent; then it has to be made anew.',
    };
    const form = { schema: withoutConsentForm, at: 'without-consent', done };
    return this.take(form, id, { ...body, victimTold: told }, user, request, response, (caseId, value) =>
      this.decisions.withoutConsent(user, caseId, value as never),
    );
  }

  @Post(':id/justification')
  @Allow('coordinator', 'chair', 'analyst')
  justify(
    @Param('id') id: string,
    @Body() body: Body,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const done = {
      title: 'Necessity and proportionality are recorded',
      text: 'They cover what is shared about the other people in this case.',
    };
    const form = { schema: justificationForm, at: 'justification', done };
    return this.take(form, id, body, user, request, response, (caseId, value) =>
      this.decisions.justify(user, caseId, value as never),
    );
  }

  @Post(':id/conflicts')
  @Allow('coordinator', 'chair', 'analyst', 'data-protection')
  conflict(
    @Param('id') id: string,
    @Body() body: Body,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const done = { title: 'The conflict is recorded', text: 'What it bars is withheld from this agency from now on.' };
    const form = { schema: conflictForm, at: 'conflict', done };
    return this.take(form, id, body, user, request, response, (caseId, value) =>
      this.decisions.declareConflict(user, caseId, value as never),
    );
  }

  @Post(':id/caldicott')
  @Allow('data-protection')
  async caldicott(
    @Param('id') id: string,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    await this.decisions.signCaldicott(user, idOf(id, 'case'));
    request.session.notice = {
      kind: 'success',
      title: 'Signed off',
      text: 'Health data of this case may be shared where every other rule allows it.',
    };
    response.redirect(303, `/cases/${idOf(id, 'case')}?purpose=caldicott-review`);
  }

  /** A form of the case's page: recorded and sent back there, or the page again with what to mend. */
  private async take(
    form: FormOfCase,
    text: string,
    body: Body,
    user: SessionUser,
    request: Request,
    response: Response,
    act: (caseId: string, value: unknown) => Promise<unknown>,
  ) {
    const id = idOf(text, 'case');
    const purpose = purposeFor(user, body['purpose']) ?? 'marac';
    const parsed = form.schema.safeParse(body);
    if (!parsed.success) {
      const view = await this.file.open(user, id, purpose);
      return response.status(400).render('cases/case.njk', this.model(user, view, mend(form.at, body, parsed.error)));
    }
    await act(id, parsed.data);
    request.session.notice = { kind: 'success', ...form.done };
    response.redirect(303, `/cases/${id}${purpose === 'marac' ? '' : `?purpose=${purpose}`}`);
  }

  private model(user: SessionUser, view: CaseFileView, wrong?: Mend) {
    const may = (...roles: SessionUser['roles']) => roles.some((role) => user.roles.includes(role));
    return {
      ...view,
      title: `Case ${view.number}`,
      risk: riskInWords(view.criteria),
      criteriaWords: CRITERIA_WORDS,
      purposeWords: midSentence(VIEW_PURPOSES[view.purpose as keyof typeof VIEW_PURPOSES]),
      byId: Object.fromEntries(view.people.map((person) => [person.subjectId, person])),
      agencies: AGENCIES.map(({ id, name }) => ({ value: id, text: name })),
      feeds: FEEDS,
      consentPurposes: CONSENT_PURPOSES,
      may: {
        consent: may('analyst', 'coordinator'),
        decide: may('analyst', 'coordinator', 'chair'),
        sign: may('data-protection'),
        plan: may('coordinator', 'chair'),
        read: mayReadDecisions(user),
        match: may('analyst', 'second-reviewer'),
      },
      wrong,
      errors: wrong?.errors,
      faults: wrong?.faults ?? {},
      typed: wrong?.typed ?? {},
    };
  }
}

function midSentence(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
