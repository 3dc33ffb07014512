import { HubError } from '#contracts';
import { appendAudit, Database } from '#platform';
import { Controller, Get, Inject, Param, Query, Render } from '@nestjs/common';
import { actorOf, Allow, CurrentUser } from '../allowing/allow.js';
import { idOf } from '../answering/id-of.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { AuditRepository } from './audit.repository.js';
import { explainEntry } from './explaining.js';

const SHOWN = 50;

/** Who saw what, why, and is the log whole? Looking is itself an entry. */
@Controller('audit')
export class AuditController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
  ) {}

  @Get()
  @Allow('auditor', 'data-protection')
  @Render('auditing/audit.njk')
  async latest(@Query('action') given: unknown, @CurrentUser() user: SessionUser) {
    const action = typeof given === 'string' && /^[A-Za-z]{1,40}$/.test(given) ? given : undefined;
    return this.database.unitOfWork(async (tx) => {
      await this.wasRead(tx, user, action ?? 'latest');
      const [checkpoint, entries, actions] = [
        await this.audit.checkpoint(tx),
        await this.audit.latest(tx, action, SHOWN),
        await this.audit.actions(tx),
      ];
      const choices = [
        { value: '', text: 'Every action' },
        ...actions.map((value) => ({ value, text: value, selected: value === action })),
      ];
      return { title: 'Audit', checkpoint, entries, choices, action };
    });
  }

  @Get(':id')
  @Allow('auditor', 'data-protection')
  @Render('auditing/entry.njk')
  async one(@Param('id') text: string, @CurrentUser() user: SessionUser) {
    const id = idOf(text, 'audit entry');
    return this.database.unitOfWork(async (tx) => {
      const found = await this.audit.entry(tx, id);
      if (!found) throw new HubError('not_found', 'There is no such audit entry.');
      await this.wasRead(tx, user, id);
      const title = found.index === null ? 'Audit entry, not sealed yet' : `Audit entry ${found.index}`;
      return { title, ...found, lines: explainEntry(found.entry), json: JSON.stringify(found.entry, null, 2) };
    });
  }

  private wasRead(tx: Parameters<typeof appendAudit>[0], user: SessionUser, id: string): Promise<string> {
    const object = { type: 'audit', id };
    return appendAudit(tx, { actor: actorOf(user), action: 'AuditRead', object, purpose: 'audit', outcome: 'read' });
  }
}
