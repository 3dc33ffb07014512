import { HubError } from '#contracts';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { idOf } from '../answering/id-of.js';
import { describeApi } from '../api/registry.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { CaseDecisions } from './case-decisions.js';
import { CaseFile } from './case-file.js';
import { caldicottForm, conflictForm, consentForm, justificationForm, withoutConsentForm } from './case-forms.js';
import { CaseList, CASES_A_PAGE } from './case-list.js';
import { purposeFor, VIEW_PURPOSES } from './purposes.js';

export const caseQuery = z.object({
  show: z.enum(['all', 'waiting']).default('all'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
const viewQuery = z.object({ purpose: z.enum(Object.keys(VIEW_PURPOSES) as [string, ...string[]]).optional() });

@Controller('api/cases')
export class CasesApiController {
  constructor(
    @Inject(CaseList) private readonly list: CaseList,
    @Inject(CaseFile) private readonly file: CaseFile,
    @Inject(CaseDecisions) private readonly decisions: CaseDecisions,
  ) {}

  @Get()
  @Allow('analyst', 'coordinator', 'chair', 'data-protection')
  async all(@Query() query: unknown) {
    const { show, page } = caseQuery.parse(query);
    return { ...(await this.list.page({ undiscussed: show === 'waiting', page })), page, size: CASES_A_PAGE };
  }

  @Get(':id')
  @Allow('analyst', 'coordinator', 'chair', 'data-protection')
  one(@Param('id') caseId: string, @Query() query: unknown, @CurrentUser() user: SessionUser) {
    const purpose = purposeFor(user, viewQuery.parse(query).purpose);
    if (!purpose) throw new HubError('purpose_required', 'Say for what purpose the case is opened.');
    return this.file.open(user, idOf(caseId, 'case'), purpose);
  }

  @Post(':id/consents')
  @Allow('analyst', 'coordinator')
  async consent(@Param('id') caseId: string, @Body() body: unknown, @CurrentUser() user: SessionUser) {
    return { id: await this.decisions.consent(user, idOf(caseId, 'case'), consentForm.parse(body)) };
  }

  @Post(':id/without-consent')
  @Allow('coordinator', 'chair', 'analyst')
  async withoutConsent(@Param('id') caseId: string, @Body() body: unknown, @CurrentUser() user: SessionUser) {
    return { id: await this.decisions.withoutConsent(user, idOf(caseId, 'case'), withoutConsentForm.parse(body)) };
  }

  @Post(':id/justification')
  @HttpCode(200)
  @Allow('coordinator', 'chair', 'analyst')
  async justify(@Param('id') caseId: string, @Body() body: unknown, @CurrentUser() user: SessionUser) {
    await this.decisions.justify(user, idOf(caseId, 'case'), justificationForm.parse(body));
    return { id: caseId };
  }

  @Post(':id/caldicott')
  @HttpCode(200)
  @Allow('data-protection')
  async caldicott(@Param('id') caseId: string, @Body() body: unknown, @CurrentUser() user: SessionUser) {
    caldicottForm.parse(body);
    await this.decisions.signCaldicott(user, idOf(caseId, 'case'));
    return { id: caseId };
  }

  @Post(':id/conflicts')
  @HttpCode(200)
  @Allow('coordinator', 'chair', 'analyst', 'data-protection')
  async conflict(@Param('id') caseId: string, @Body() body: unknown, @CurrentUser() user: SessionUser) {
    await this.decisions.declareConflict(user, idOf(caseId, 'case'), conflictForm.parse(body));
    return { id: caseId };
  }
}

const made = z.object({ id: z.uuid() });
describeApi({ method: 'get', path: '/api/cases', summary: 'Cases, without names', query: caseQuery });
describeApi({ method: 'get', path: '/api/cases/{id}', summary: 'One case, opened for a purpose', query: viewQuery });
describeApi({
  method: 'post',
  path: '/api/cases/{id}/consents',
  summary: 'Record consent or its withdrawal',
  body: consentForm,
  answer: made,
});
describeApi({
  method: 'post',
  path: '/api/cases/{id}/without-consent',
  summary: 'Record a decision to share without consent',
  body: withoutConsentForm,
  answer: made,
});
describeApi({
  method: 'post',
  path: '/api/cases/{id}/justification',
  summary: 'Record why sharing about the other people is necessary and proportionate',
  body: justificationForm,
  answer: made,
});
describeApi({
  method: 'post',
  path: '/api/cases/{id}/caldicott',
  summary: 'Sign off health data',
  body: caldicottForm,
  answer: made,
});
describeApi({
  method: 'post',
  path: '/api/cases/{id}/conflicts',
  summary: 'Declare a conflict of interest',
  body: conflictForm,
  answer: made,
});
