import type { KeyProvider } from '#crypto';
import { CONFIG, describeError, KEYS, LOGGER } from '#platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { originOf, type AuditConfig } from '../config.js';
import { LogFolder } from '../publishing/log-folder.js';
import { Sequencer } from './sequencer.js';

/** The service's sequencer: the service does not start, and does not go on, with a log that disagrees with itself. */
@Injectable()
export class Sequencing implements OnApplicationBootstrap, OnModuleDestroy {
  private sequencer: Sequencer | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: AuditConfig,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(KEYS) private readonly keys: KeyProvider,
    @Inject(LogFolder) private readonly folder: LogFolder,
  ) {}

  async onApplicationBootstrap() {
    this.sequencer = new Sequencer({
      databaseUrl: this.config.DATABASE_URL,
      folder: this.folder,
      signer: { origin: originOf(this.config), key: await this.keys.ledgerKey() },
      log: this.log,
      onFatal: (error) => {
        this.log.fatal({ err: describeError(error) }, 'the log cannot go on');
        process.stderr.write(`${error.message}\n`);
        process.exit(1);
      },
    });
    await this.sequencer.start();
  }

  async onModuleDestroy() {
    await this.sequencer?.stop();
  }
}
