import { Body, Controller, Get, Inject, Param, Post, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { isHubError } from '#contracts';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { mend, type Mend } from '../cases/form-errors.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { agencyOf, AgencyViews, HUB_ROLES } from './agency-views.js';
import { newKeyForm } from './key-forms.js';
import { KeyRegistering, OPEN_DAYS } from './registering/key-registering.js';

/** Are every agency's keys and agreements well? An agency's officer sees his own agency, and may hand in a key for it. */
@Controller('agencies')
export class AgenciesController {
  constructor(
    @Inject(AgencyViews) private readonly views: AgencyViews,
    @Inject(KeyRegistering) private readonly registering: KeyRegistering,
  ) {}

  @Get()
  @Allow('administrator', 'data-protection', 'auditor')
  @Render('agencies/list.njk')
  async list() {
    const agencies = await this.views.all();
    return { title: 'Agencies', agencies, summary: summaryOf(agencies) };
  }

  @Get(':id')
  @Allow('administrator', 'data-protection', 'auditor', 'agency')
  @Render('agencies/agency.njk')
  async one(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    const view = await this.views.one(id, user);
    return {
      ...view,
      title: view.agency.name,
      fromList: user.roles.some((role) => HUB_ROLES.includes(role)),
      mayHandIn: mayHandIn(user),
      mayDecide: mayDecide(user),
      openDays: OPEN_DAYS,
    };
  }

  @Get(':id/keys/new')
  @Allow('administrator', 'data-protection', 'agency')
  @Render('agencies/registering/new.njk')
  new(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    return this.form(id, user, { overlapDays: '30' });
  }

  @Post(':id/keys')
  @Allow('administrator', 'data-protection', 'agency')
  async propose(
    @Param('id') id: string,
    @Body() body: Record<string, unknown>,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const agency = agencyOf(id, user).id;
    const parsed = newKeyForm.safeParse(body);
    if (!parsed.success) return this.again(response, id, user, body, mend('key', body, parsed.error));
    try {
      const { publicKey, replaces, overlapDays = null } = parsed.data;
      await this.registering.propose(user, agency, { publicKey, replaces, overlapDays });
    } catch (error) {
      if (!isHubError(error) || error.status >= 500) throw error;
      return this.again(response, id, user, body, refusedKey(body, error.message));
    }
    request.session.notice = {
      kind: 'success',
      title: 'The key is handed in',
      text: 'It counts once somebody else has called the agency and entered the fingerprint it reads out.',
    };
    response.redirect(303, `/agencies/${agency}`);
  }

  private async again(response: Response, id: string, user: SessionUser, body: Record<string, unknown>, wrong: Mend) {
    response.status(400).render('agencies/registering/new.njk', await this.form(id, user, body, wrong));
  }

  private async form(id: string, user: SessionUser, typed: Record<string, unknown>, wrong?: Mend) {
    const { agency, keys } = await this.views.one(id, user);
    // What was pasted may be a private key: it is not sent back.
    const { publicKey: _, ...rest } = typed;
    return {
      title: 'Hand in a key',
      agency,
      inUse: keys.filter(({ state }) => state === 'active' || state === 'overlapping'),
      typed: rest,
      errors: wrong?.errors,
      faults: wrong?.faults ?? {},
    };
  }
}

/** What needs somebody, in a sentence. */
function summaryOf(agencies: Awaited<ReturnType<AgencyViews['all']>>): string {
  const waiting = agencies.reduce((sum, one) => sum + one.waiting, 0);
  const ending = agencies.filter(({ warn }) => warn !== null).length;
  const without = agencies.filter(({ inUse }) => inUse === 0).length;
  const parts = [
    waiting && `${waiting} ${waiting === 1 ? 'key waits' : 'keys wait'} for a second person`,
    ending && `${ending} ${ending === 1 ? 'agency has a key that ends' : 'agencies have keys that end'} within 60 days`,
    without && `${without} ${without === 1 ? 'agency has' : 'agencies have'} no key in use`,
  ].filter((part) => part !== 0);
  return parts.length > 0 ? `${parts.join('; ')}.` : 'Every agency has a key in use, and none ends within 60 days.';
}

function refusedKey(typed: Record<string, unknown>, text: string): Mend {
  return { form: 'key', typed, errors: [{ field: 'key-publicKey', text }], faults: { 'key-publicKey': text } };
}

const mayDecide = (user: SessionUser) =>
  user.roles.some((role) => role === 'administrator' || role === 'data-protection');
const mayHandIn = (user: SessionUser) => mayDecide(user) || user.roles.includes('agency');
