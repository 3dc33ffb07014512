import { PlatformModule } from '#platform';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { IncompleteSubmissions } from './completing/incomplete-submissions.js';
import type { IngestConfig } from './config.js';
import { QualityRepository } from './measuring/quality.repository.js';
import { Opener } from './opening/opener.js';
import { RegisteredKeys } from './opening/registered-keys.js';
import { ReceiptSender } from './receipting/receipt-sender.js';
import { FeedConsumer } from './receiving/feed.consumer.js';
import { FeedIntake } from './receiving/feed-intake.js';
import { HttpsEntrance } from './receiving/https-entrance.js';
import { Lanes } from './receiving/lanes.js';
import { MayBeTaken } from './receiving/may-be-taken.js';
import { BatchesRepository } from './storing/batches.repository.js';
import { RecordsRepository } from './storing/records.repository.js';

@Module({})
export class IngestModule {
  static with(config: IngestConfig, logger: Logger): DynamicModule {
    return {
      module: IngestModule,
      imports: [PlatformModule.forService('ingest', config, logger)],
      controllers: [FeedConsumer],
      providers: [
        Opener,
        RegisteredKeys,
        FeedIntake,
        MayBeTaken,
        BatchesRepository,
        QualityRepository,
        IncompleteSubmissions,
        Lanes,
        RecordsRepository,
        ReceiptSender,
        HttpsEntrance,
      ],
    };
  }
}
