import { PlatformModule } from '#platform';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { Acknowledgements } from './acknowledging/acknowledgements.js';
import { AcksConsumer } from './acknowledging/acks.consumer.js';
import { HistoryRequests } from './asking/history-requests.js';
import { RequestsRepository } from './asking/requests.repository.js';
import { UnsentRequests } from './asking/unsent-requests.js';
import type { DisclosureConfig } from './config.js';
import { RecipientsRepository } from './deciding/recipients.repository.js';
import { CasesRepository } from './gathering/cases.repository.js';
import { Gatherer } from './gathering/gatherer.js';
import { HistoriesRepository } from './gathering/histories.repository.js';
import { Opening } from './gathering/opening.js';
import { PeopleRepository } from './gathering/people.repository.js';
import { SealedRepository } from './gathering/sealed.repository.js';
import { PackSealer } from './preparing/pack-sealer.js';
import { PackWorker } from './preparing/pack-worker.js';
import { PacksRepository } from './preparing/packs.repository.js';
import { Preparation } from './preparing/preparation.js';
import { RegisteredKeys } from './registered/registered-keys.js';
import { OccasionsRepository } from './requesting/occasions.repository.js';
import { PackRequests } from './requesting/pack-requests.js';
import { RequestsConsumer } from './requesting/requests.consumer.js';
import { OutboxRepository } from './sending/outbox.repository.js';
import { PackRelay } from './sending/pack-relay.js';
import { ChangesConsumer } from './standing/changes.consumer.js';
import { Standing } from './standing/standing.js';
import { UnsentPacks } from './standing/unsent-packs.js';

/** What a pack goes through, from the facts to the outbox. */
export const STEPS = [
  PeopleRepository,
  CasesRepository,
  SealedRepository,
  HistoriesRepository,
  Opening,
  Gatherer,
  RecipientsRepository,
  RegisteredKeys,
  PacksRepository,
  OutboxRepository,
  Standing,
  UnsentPacks,
  PackSealer,
  Preparation,
  OccasionsRepository,
  PackRequests,
  RequestsRepository,
  UnsentRequests,
  HistoryRequests,
  Acknowledgements,
];

@Module({})
export class DisclosureModule {
  static with(config: DisclosureConfig, logger: Logger): DynamicModule {
    return {
      module: DisclosureModule,
      imports: [PlatformModule.forService('disclosure', config, logger)],
      controllers: [RequestsConsumer, ChangesConsumer, AcksConsumer],
      providers: [...STEPS, PackRelay, PackWorker],
    };
  }
}
