import { agencyById } from '#contracts';
import { Controller, Get, Inject, Param, Render } from '@nestjs/common';
import { Allow } from '../../allowing/allow.js';
import { idOf } from '../../cases/cases-api.controller.js';
import { PackDecisions } from './pack-decisions.js';

/** Why each item of a pack was let go or held back. */
@Controller('decisions')
export class DecisionsController {
  constructor(@Inject(PackDecisions) private readonly decisions: PackDecisions) {}

  @Get(':id')
  @Allow('data-protection', 'auditor', 'coordinator', 'chair', 'analyst', 'review-panel')
  @Render('meetings/packs/decisions.njk')
  async one(@Param('id') id: string) {
    const view = await this.decisions.of(idOf(id));
    return { ...view, title: `Why: pack for ${agencyById(view.pack.recipient)?.name ?? view.pack.recipient}` };
  }
}
