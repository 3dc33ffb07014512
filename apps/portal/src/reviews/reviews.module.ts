import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { HistoriesConsumer } from './asking/histories.consumer.js';
import { HistoriesReceived } from './asking/histories-received.js';
import { Chronology } from './chronology/chronology.js';
import { ReviewDecisions } from './review-decisions.js';
import { ReviewViews } from './review-view.js';
import { ReviewsApiController } from './reviews-api.controller.js';
import { ReviewsController } from './reviews.controller.js';
import { ReviewsRepository } from './reviews.repository.js';

@Module({
  imports: [CasesModule],
  controllers: [ReviewsController, ReviewsApiController, HistoriesConsumer],
  providers: [Chronology, HistoriesReceived, ReviewDecisions, ReviewViews, ReviewsRepository],
})
export class ReviewsModule {}
