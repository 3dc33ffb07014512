import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { WaitingWork } from '../home/waiting.js';
import { AgreementsController } from './agreements.controller.js';
import { FeedAgreeing } from './feeds/feed-agreeing.js';
import { FeedAgreementsController } from './feeds/feed-agreements.controller.js';
import { FeedAgreementsRepository } from './feeds/feed-agreements.repository.js';

@Module({
  controllers: [FeedAgreementsController, AgreementsController],
  providers: [FeedAgreementsRepository, FeedAgreeing],
  exports: [FeedAgreementsRepository],
})
export class AgreementsModule implements OnModuleInit {
  constructor(
    @Inject(WaitingWork) private readonly work: WaitingWork,
    @Inject(FeedAgreementsRepository) private readonly agreements: FeedAgreementsRepository,
  ) {}

  onModuleInit() {
    this.work.add(['data-protection', 'administrator'], async (user) => {
      const all = await this.agreements.list();
      const count = all.filter(({ state, enteredBy }) => state === 'proposed' && enteredBy !== user.id).length;
      if (count === 0) return null;
      return { count, text: count === 1 ? 'agreement to approve' : 'agreements to approve', href: '/agreements/feeds' };
    });
    this.work.add(['data-protection'], async () => {
      const all = await this.agreements.list();
      const count = all.filter((one) => one.state === 'in-force' && one.reviewBy && one.reviewBy < new Date()).length;
      if (count === 0) return null;
      const text = count === 1 ? 'agreement to look at again' : 'agreements to look at again';
      return { count, text, href: '/agreements/feeds', urgent: true };
    });
  }
}
