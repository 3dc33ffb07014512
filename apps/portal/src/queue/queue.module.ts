import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { WaitingWork } from '../home/waiting.js';
import { QueueController } from './queue.controller.js';
import { QueueRepository } from './queue.repository.js';

@Module({ controllers: [QueueController], providers: [QueueRepository], exports: [QueueRepository] })
export class QueueModule implements OnModuleInit {
  constructor(
    @Inject(WaitingWork) private readonly work: WaitingWork,
    @Inject(QueueRepository) private readonly queue: QueueRepository,
  ) {}

  onModuleInit() {
    this.work.add(['analyst', 'second-reviewer'], async (user) => {
      const count = await this.queue.count(user.id, {});
      return { count, text: count === 1 ? 'match to review' : 'matches to review', href: '/review' };
    });
  }
}
