import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { WaitingWork } from '../home/waiting.js';
import { ReceiptsController } from './receipts.controller.js';
import { ReceiptsRepository } from './receipts.repository.js';

@Module({ controllers: [ReceiptsController], providers: [ReceiptsRepository] })
export class ReceiptsModule implements OnModuleInit {
  constructor(
    @Inject(WaitingWork) private readonly work: WaitingWork,
    @Inject(ReceiptsRepository) private readonly receipts: ReceiptsRepository,
  ) {}

  onModuleInit() {
    this.work.add(['agency'], async (user) => {
      const { quarantined } = await this.receipts.totals(user.agency);
      return {
        count: quarantined,
        text: 'rows or fields to correct',
        href: '/agency/receipts',
        urgent: quarantined > 0,
      };
    });
  }
}
