import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { AuditingModule } from '../auditing/auditing.module.js';
import { WaitingWork } from '../home/waiting.js';
import { DeadLetterCounts, DeadLettersPageController } from './dead-letters.controller.js';
import { SystemController } from './system.controller.js';

@Module({
  imports: [AuditingModule],
  controllers: [SystemController, DeadLettersPageController],
  providers: [DeadLetterCounts],
})
export class SystemModule implements OnModuleInit {
  constructor(
    @Inject(WaitingWork) private readonly work: WaitingWork,
    @Inject(DeadLetterCounts) private readonly deadLetters: DeadLetterCounts,
  ) {}

  onModuleInit() {
    this.work.add(['administrator'], async () => {
      const count = await this.deadLetters.total();
      return {
        count,
        text: count === 1 ? 'dead letter' : 'dead letters',
        href: '/system/dead-letters',
        urgent: count > 0,
      };
    });
  }
}
