import { PlatformModule } from '#platform';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { Logger } from 'pino';
import { AgenciesModule } from './agencies/agencies.module.js';
import { AgreementsModule } from './agreements/agreements.module.js';
import { AccessGuard } from './allowing/access.guard.js';
import { ErrorsFilter } from './answering/errors.filter.js';
import { ApiModule } from './api/api.module.js';
import { AuditingModule } from './auditing/auditing.module.js';
import { CasesModule } from './cases/cases.module.js';
import type { PortalConfig } from './config.js';
import { DecidingModule } from './deciding/deciding.module.js';
import { HomeModule } from './home/home.module.js';
import { MatchModule } from './match/match.module.js';
import { MeetingsModule } from './meetings/meetings.module.js';
import { PeopleModule } from './people/people.module.js';
import { QualityModule } from './quality/quality.module.js';
import { QueueModule } from './queue/queue.module.js';
import { ReceiptsModule } from './receipts/receipts.module.js';
import { ReviewsModule } from './reviews/reviews.module.js';
import { SealingModule } from './sealing/sealing.module.js';
import { SignInModule } from './signing-in/sign-in.module.js';
import { SystemModule } from './system/system.module.js';
import { UploadingModule } from './uploading/uploading.module.js';

/** One module a step of the work. A new page: a module here, a line in answering/navigation.ts, `@Allow` on every route. */
const STEPS = [
  SignInModule,
  HomeModule,
  QueueModule,
  MatchModule,
  DecidingModule,
  PeopleModule,
  CasesModule,
  MeetingsModule,
  ReviewsModule,
  UploadingModule,
  ReceiptsModule,
  QualityModule,
  AuditingModule,
  AgreementsModule,
  AgenciesModule,
  SystemModule,
  ApiModule,
];

@Module({})
export class PortalModule {
  static with(config: PortalConfig, logger: Logger): DynamicModule {
    return {
      module: PortalModule,
      imports: [PlatformModule.forService('portal', config, logger), SealingModule, ...STEPS],
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ErrorsFilter },
      ],
    };
  }
}
