import { HubError } from '#contracts';
import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { describeApi } from '../api/registry.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { agencyOf, AgencyViews } from './agency-views.js';
import { newKeyForm } from './key-forms.js';
import { KeyRegistering } from './registering/key-registering.js';

const keys = z.object({
  keys: z.array(
    z.object({
      fingerprint: z.string(),
      state: z.string(),
      validFrom: z.iso.datetime(),
      end: z.iso.datetime().nullable(),
    }),
  ),
  proposals: z.array(z.object({ id: z.string(), proposedAt: z.iso.datetime() })),
});

/** An agency's keys for programs: the browser's upload hands in the key it has made, and asks whether it counts yet. */
@Controller('api/agencies/:id/keys')
export class KeysApiController {
  constructor(
    @Inject(AgencyViews) private readonly views: AgencyViews,
    @Inject(KeyRegistering) private readonly registering: KeyRegistering,
  ) {}

  @Get()
  @Allow('administrator', 'data-protection', 'auditor', 'agency')
  async list(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    const view = await this.views.one(id, user);
    return {
      keys: view.keys.map(({ fingerprint, state, validFrom, end }) => ({ fingerprint, state, validFrom, end })),
      proposals: view.proposals.map(({ id: proposal, proposedAt }) => ({ id: proposal, proposedAt })),
    };
  }

  /** @returns the proposal's id: it counts once a second person at the hub has confirmed it */
  @Post()
  @Allow('administrator', 'data-protection', 'agency')
  async propose(@Param('id') id: string, @Body() body: unknown, @CurrentUser() user: SessionUser) {
    const { publicKey, replaces, overlapDays = null } = parse(body);
    const agency = agencyOf(id, user).id;
    return { proposal: await this.registering.propose(user, agency, { publicKey, replaces, overlapDays }) };
  }
}

function parse(body: unknown) {
  const { data, error } = newKeyForm.safeParse(body);
  if (!data) throw new HubError('bad_request', error.issues.map(({ message }) => message).join('; '), { cause: error });
  return data;
}

describeApi({
  method: 'get',
  path: '/api/agencies/{id}/keys',
  summary: 'The keys registered for an agency, and those that wait for a second person',
  answer: keys,
});
describeApi({
  method: 'post',
  path: '/api/agencies/{id}/keys',
  summary: 'Hand in a public key for an agency',
  body: z.object({ publicKey: z.string(), replaces: z.string().nullish(), overlapDays: z.number().optional() }),
  answer: z.object({ proposal: z.string() }),
});
