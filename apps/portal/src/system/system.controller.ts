import { Database } from '#platform';
import { Controller, Get, Inject, Render } from '@nestjs/common';
import { Allow } from '../allowing/allow.js';
import { AuditRepository } from '../auditing/audit.repository.js';
import { DeadLetterCounts } from './dead-letters.controller.js';

/** Are queues, feeds and the audit well? The portal sees its own outbox and every service's dead letters; the rest is on their metrics. */
@Controller('system')
export class SystemController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(DeadLetterCounts) private readonly deadLetters: DeadLetterCounts,
  ) {}

  @Get()
  @Allow('administrator')
  @Render('system/system.njk')
  async state() {
    const { client } = this.database;
    const [outbox, oldest, dead, checkpoint, matches, batches] = await Promise.all([
      client.portalOutbox.count({ where: { sentAt: null } }),
      client.portalOutbox.findFirst({ where: { sentAt: null }, orderBy: { id: 'asc' }, select: { createdAt: true } }),
      this.deadLetters.total(),
      this.audit.checkpoint(),
      client.$queryRaw<{ status: string; count: number }[]>`
        SELECT status, count(*)::int AS count FROM portal.match GROUP BY status ORDER BY status`,
      client.$queryRaw<{ count: number; latest: Date | null; unreceipted: number }[]>`
        SELECT count(*)::int AS count, max(received_at) AS latest, count(*) FILTER (WHERE receipted_at IS NULL)::int AS unreceipted
        FROM portal.batch`,
    ]);
    const lagMs = checkpoint && checkpoint.unsealed > 0 ? Date.now() - checkpoint.signedAt.getTime() : 0;
    return {
      title: 'System',
      outbox,
      oldest: oldest?.createdAt,
      dead,
      checkpoint,
      lag: Math.round(lagMs / 1000),
      matches,
      batches: batches[0],
    };
  }
}
