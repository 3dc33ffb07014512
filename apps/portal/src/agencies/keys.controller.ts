import { fingerprintForReadOut } from '#crypto';
import { HubError } from '#contracts';
import { Body, Controller, Get, Inject, Param, Post, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { longDate } from '../answering/dates.js';
import { idOf } from '../answering/id-of.js';
import { mend, type Mend } from '../cases/form-errors.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { agencyOf, AgencyViews } from './agency-views.js';
import { fingerprintForm, revokeForm } from './key-forms.js';
import { KeyRegistering, MOST_TRIES, type Confirmed } from './registering/key-registering.js';
import { KeyRevoking } from './registering/key-revoking.js';
import { ProposalsRepository } from './registering/proposals.repository.js';

/** The second person's step, and the one that stops a key. */
@Controller('agencies/:agency')
@Allow('administrator', 'data-protection')
export class KeysController {
  constructor(
    @Inject(AgencyViews) private readonly views: AgencyViews,
    @Inject(ProposalsRepository) private readonly proposals: ProposalsRepository,
    @Inject(KeyRegistering) private readonly registering: KeyRegistering,
    @Inject(KeyRevoking) private readonly revoking: KeyRevoking,
  ) {}

  @Get('proposals/:id')
  @Render('agencies/registering/confirm.njk')
  proposal(@Param('agency') agency: string, @Param('id') id: string, @CurrentUser() user: SessionUser) {
    return this.confirmForm(agency, id, user);
  }

  @Post('proposals/:id/confirm')
  async confirm(
    @Param('agency') agency: string,
    @Param('id') id: string,
    @Body() body: Record<string, unknown>,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const { name, id: agencyId } = agencyOf(agency, user);
    const parsed = fingerprintForm.safeParse(body);
    if (!parsed.success) return this.again(response, agencyId, id, user, mend('proposal', body, parsed.error));
    const done = await this.registering.confirm(user, agencyId, idOf(id, 'proposal'), parsed.data.fingerprint);
    if (done.outcome === 'wrong') return this.again(response, agencyId, id, user, wrongTry(body, done.triesLeft));
    request.session.notice = told(done, name);
    response.redirect(303, `/agencies/${agencyId}`);
  }

  @Post('proposals/:id/withdraw')
  async withdraw(
    @Param('agency') agency: string,
    @Param('id') id: string,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const agencyId = agencyOf(agency, user).id;
    await this.registering.withdraw(user, agencyId, idOf(id, 'proposal'));
    request.session.notice = { kind: 'information', title: 'The key was withdrawn', text: 'It never counted.' };
    response.redirect(303, `/agencies/${agencyId}`);
  }

  @Get('keys/:fingerprint/revoke')
  @Render('agencies/registering/revoke.njk')
  revokePage(
    @Param('agency') agency: string,
    @Param('fingerprint') fingerprint: string,
    @CurrentUser() user: SessionUser,
  ) {
    return this.revokeForm(agency, fingerprint, user);
  }

  @Post('keys/:fingerprint/revoke')
  async revoke(
    @Param('agency') agency: string,
    @Param('fingerprint') fingerprint: string,
    @Body() body: Record<string, unknown>,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const agencyId = agencyOf(agency, user).id;
    const parsed = revokeForm.safeParse(body);
    if (!parsed.success) {
      const page = await this.revokeForm(agency, fingerprint, user, mend('revoke', body, parsed.error));
      return response.status(400).render('agencies/registering/revoke.njk', page);
    }
    await this.revoking.revoke(user, agencyId, fingerprint, parsed.data.reason);
    request.session.notice = {
      kind: 'success',
      title: 'The key is revoked',
      text: 'Nothing signed with it is accepted any more. Receipts and packs wait until the agency has another key.',
    };
    response.redirect(303, `/agencies/${agencyId}`);
  }

  private async again(response: Response, agency: string, id: string, user: SessionUser, wrong: Mend) {
    const page = await this.confirmForm(agency, id, user, wrong);
    response.status(400).render('agencies/registering/confirm.njk', page);
  }

  private async confirmForm(agencyId: string, text: string, user: SessionUser, wrong?: Mend) {
    const agency = agencyOf(agencyId, user);
    const proposal = await this.proposals.find(idOf(text, 'proposal'));
    if (!proposal || proposal.agency !== agency.id || proposal.state !== 'open')
      throw new HubError('not_found', 'There is no such proposal.');
    return {
      title: `A key of ${agency.name}`,
      agency,
      proposal,
      own: proposal.proposedBy === user.id,
      triesLeft: MOST_TRIES - proposal.wrongTries,
      typed: wrong?.typed ?? {},
      errors: wrong?.errors,
      faults: wrong?.faults ?? {},
    };
  }

  private async revokeForm(agencyId: string, fingerprint: string, user: SessionUser, wrong?: Mend) {
    const { agency, keys } = await this.views.one(agencyId, user);
    const key = keys.find((one) => one.fingerprint === fingerprint && one.state !== 'revoked');
    if (!key) throw new HubError('not_found', 'There is no such key.');
    const others = keys.filter((one) => one !== key && (one.state === 'active' || one.state === 'overlapping')).length;
    return {
      title: 'Revoke a key',
      agency,
      key,
      others,
      typed: wrong?.typed ?? {},
      errors: wrong?.errors,
      faults: wrong?.faults ?? {},
    };
  }
}

function wrongTry(typed: Record<string, unknown>, left: number): Mend {
  const text = `This is not the key that was handed in. ${left === 1 ? 'One try is' : `${left} tries are`} left. Have it read out again, slowly.`;
  return {
    form: 'proposal',
    typed,
    errors: [{ field: 'proposal-fingerprint', text }],
    faults: { 'proposal-fingerprint': text },
  };
}

function told(done: Exclude<Confirmed, { outcome: 'wrong' }>, agency: string) {
  if (done.outcome === 'closed')
    return {
      kind: 'information',
      title: 'The proposal is closed',
      text: `The key that was handed in is not the one ${agency} reads out, or it waited too long. It was not registered. Find out who handed it in, and have the agency’s key handed in again.`,
    } as const;
  const old = done.replaced
    ? ` The old key ${fingerprintForReadOut(done.replaced.fingerprint).slice(0, 9)} … counts beside it until ${longDate(done.replaced.until)}.`
    : '';
  return {
    kind: 'success',
    title: 'The key is registered',
    text: `What is signed with it from now on is accepted.${old}`,
  } as const;
}
