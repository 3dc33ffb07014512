import { agencyById } from '#contracts';
import { Controller, Get, Inject, Param, Render } from '@nestjs/common';
import { Allow, CurrentUser } from '../../allowing/allow.js';
import { idOf } from '../../answering/id-of.js';
import type { SessionUser } from '../../signing-in/session-user.js';
import { DECISION_READERS } from './decision-readers.js';
import { PackDecisions } from './pack-decisions.js';

/** Why each item of a pack was let go or held back. */
@Controller('decisions')
export class DecisionsController {
  constructor(@Inject(PackDecisions) private readonly decisions: PackDecisions) {}

  @Get(':id')
  @Allow(...DECISION_READERS)
  @Render('meetings/packs/decisions.njk')
  async one(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    const view = await this.decisions.of(user, idOf(id, 'pack'));
    return { ...view, title: `Why: pack for ${agencyById(view.pack.recipient)?.name ?? view.pack.recipient}` };
  }
}
