import { AGENCIES, agencyById, HubError } from '#contracts';
import { Controller, Get, Inject, Query, Render } from '@nestjs/common';
import { Allow, CurrentUser } from '../allowing/allow.js';
import type { Role } from '../allowing/roles.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { feedQuality } from './feed-quality.js';
import { QualityRepository } from './quality.repository.js';

/** Who sees every agency's. */
const ALL: Role[] = ['administrator', 'data-protection'];

/** Is what agencies send good enough to find people by, and is it getting better? Counts only, no row. */
@Controller('quality')
export class QualityController {
  constructor(@Inject(QualityRepository) private readonly quality: QualityRepository) {}

  @Get()
  @Allow('agency', 'administrator', 'data-protection')
  @Render('quality/quality.njk')
  async page(@Query('agency') wanted: unknown, @CurrentUser() user: SessionUser) {
    const all = user.roles.some((role) => ALL.includes(role));
    const agency = all ? chosen(wanted) : own(user);
    const [counts, incomplete] = await Promise.all([this.quality.counts(agency), this.quality.incomplete(agency)]);
    const agencies = [
      { value: '', text: 'All agencies' },
      ...AGENCIES.map(({ id, name }) => ({ value: id, text: name, selected: id === agency })),
    ];
    return { title: 'Data quality', all, agency, agencies, feeds: feedQuality(counts), incomplete };
  }
}

/** The agency asked for; null, all of them, for anything that is none. */
function chosen(wanted: unknown): string | null {
  return typeof wanted === 'string' && agencyById(wanted) ? wanted : null;
}

/** Whatever is asked for: an agency sees its own. */
function own(user: SessionUser): string {
  if (agencyById(user.agency)) return user.agency;
  throw new HubError('wrong_agency', 'Your account is not bound to an agency. Ask your administrator.');
}
