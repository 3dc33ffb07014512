import { Database, LOGGER, RegisteredKeys } from '#platform';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { AgreementsModule } from '../agreements/agreements.module.js';
import { WaitingWork } from '../home/waiting.js';
import { AgenciesController } from './agencies.controller.js';
import { AgencyKeysRepository } from './agency-keys.repository.js';
import { AgencyViews } from './agency-views.js';
import { KeysApiController } from './keys-api.controller.js';
import { KeysController } from './keys.controller.js';
import { OwnAgencyController } from './own-agency.controller.js';
import { KeyRegistering } from './registering/key-registering.js';
import { KeyRevoking } from './registering/key-revoking.js';
import { ProposalsRepository } from './registering/proposals.repository.js';
import { ExpiryWatch } from './warning/expiry-watch.js';

@Module({
  imports: [AgreementsModule],
  controllers: [AgenciesController, KeysController, KeysApiController, OwnAgencyController],
  providers: [
    {
      provide: RegisteredKeys,
      useFactory: (database: Database, log: Logger) => new RegisteredKeys(database, log, 'portal.agency_key'),
      inject: [Database, LOGGER],
    },
    AgencyKeysRepository,
    ProposalsRepository,
    KeyRegistering,
    KeyRevoking,
    AgencyViews,
    ExpiryWatch,
  ],
  exports: [KeyRegistering, AgencyViews],
})
export class AgenciesModule implements OnModuleInit {
  constructor(
    @Inject(WaitingWork) private readonly work: WaitingWork,
    @Inject(AgencyViews) private readonly views: AgencyViews,
  ) {}

  onModuleInit() {
    this.work.add(['administrator', 'data-protection'], async (user) => {
      const count = await this.views.waitingFor(user);
      if (count === 0) return null;
      return {
        count,
        text: count === 1 ? 'key to confirm by telephone' : 'keys to confirm by telephone',
        href: '/agencies',
      };
    });
    this.work.add(['administrator', 'data-protection'], async () =>
      ending(await this.views.endingSoon(null), '/agencies'),
    );
    this.work.add(['agency'], async ({ agency }) =>
      ending(await this.views.endingSoon(agency), `/agencies/${encodeURIComponent(agency)}`),
    );
  }
}

function ending(count: number, href: string) {
  if (count === 0) return null;
  return { count, text: count === 1 ? 'key ends within 60 days' : 'keys end within 60 days', href, urgent: true };
}
