import { PlatformModule } from '#platform';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { AuditConfig } from './config.js';
import { LogFolder } from './publishing/log-folder.js';
import { Sequencing } from './sequencing/sequencing.js';
import { SealingLag } from './sequencing/sealing-metrics.js';
import { EntriesRepository } from './serving/entries.repository.js';
import { LogController } from './serving/log.controller.js';
import { ProofController } from './serving/proof.controller.js';
import { Proofs } from './serving/proofs.js';

@Module({})
export class AuditModule {
  static with(config: AuditConfig, logger: Logger): DynamicModule {
    return {
      module: AuditModule,
      imports: [PlatformModule.forService('audit', config, logger)],
      controllers: [LogController, ProofController],
      providers: [
        { provide: LogFolder, useValue: new LogFolder(config.AUDIT_DIR) },
        EntriesRepository,
        Proofs,
        SealingLag,
        Sequencing,
      ],
    };
  }
}
