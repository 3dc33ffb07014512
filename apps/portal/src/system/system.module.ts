import { Database } from '#platform';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { AuditingModule } from '../auditing/auditing.module.js';
import { WaitingWork } from '../home/waiting.js';
import { SystemController } from './system.controller.js';

@Module({ imports: [AuditingModule], controllers: [SystemController] })
export class SystemModule implements OnModuleInit {
  constructor(
    @Inject(WaitingWork) private readonly work: WaitingWork,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit() {
    this.work.add(['administrator'], async () => {
      const count = await this.database.client.portalDeadLetter.count({ where: { state: 'dead' } });
      return { count, text: count === 1 ? 'dead letter' : 'dead letters', href: '/system', urgent: count > 0 };
    });
  }
}
